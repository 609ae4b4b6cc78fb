"""One at a time on this machine; the system lets go for whoever is killed."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

from whoosh.index import LockError

WAIT_SECONDS = 60
"""How long a second writer waits for the first."""


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock that a file stands for.

    :raises LockError: another has held it for `WAIT_SECONDS`.
    :raises OSError: the folder cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as lock:
        _acquire(lock.fileno(), monotonic() + WAIT_SECONDS)
        yield


def is_locked(path: Path) -> bool:
    """Say whether somebody holds a lock."""
    try:
        with path.open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    return False


def _acquire(lock: int, deadline: float) -> None:
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if monotonic() > deadline:
                raise LockError from None
            sleep(0.005)
        else:
            return
