"""What changes in an index while it is filled anew beside the one that stands.

Filling may take minutes and holds no lock: its segments are written in a room of their
own, where nobody clears them away. Who changes the index in that time writes down which
groups it touched. At the end, under the lock, these are taken over as they then stand,
for they were put in after the filling had begun.
"""

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kb.search.whoosh_index.locks import is_locked, locked

ROOM, TOUCHED, LOCK, WRITING = "filling", "touched", "FILLING", "LOCK"


@contextmanager
def a_room(folder: Path) -> Iterator[Path]:
    """Make a room for one who fills the index anew; it is gone afterwards.

    No change is under way when the room begins to be there, so that each change either
    ended before anything was read for the filling, or is written down.

    :raises LockError: somebody else fills it and does not come to an end.
    """
    with locked(folder / LOCK):
        room = folder / ROOM
        with locked(folder / WRITING):
            shutil.rmtree(room, ignore_errors=True)
            room.mkdir()
            (room / TOUCHED).touch()
        try:
            yield room
        finally:
            shutil.rmtree(room, ignore_errors=True)


def write_down(folder: Path, groups: Iterable[int]) -> None:
    """Note groups that were just changed, if somebody fills the index anew.

    It is done after the change and before anybody is told that it is done: a change
    that was told of is written down, one that was not is made again by whoever asked.
    Each number begins a line: one that was cut short spoils no other.
    """
    try:
        with (folder / ROOM / TOUCHED).open("r+") as log:
            log.seek(0, 2)
            log.writelines(f"\n{group}" for group in groups)
    except FileNotFoundError:
        return


def touched(room: Path) -> set[int]:
    """Give the groups that were written down."""
    return {int(line) for line in (room / TOUCHED).read_text().split()}


def clear_away_the_dead(folder: Path) -> None:
    """Remove the room of one who was killed."""
    if (folder / ROOM).exists() and not is_locked(folder / LOCK):
        shutil.rmtree(folder / ROOM, ignore_errors=True)
