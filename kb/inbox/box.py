"""The letterbox: a folder where mail lies, safe on the disk, until it is taken in.

Each mail is a file. Whoever takes one in counts a try in its name first, so that a mail
at which the program breaks off is left alone after some tries, and the others go on.
This module is loaded for each mail that comes: it imports little.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kb.whole_file import write_whole

MOST_BYTES = 12 * 1024 * 1024
"""Of one mail; some 8 MB of pictures with what mail adds to them."""
MOST_TRIES = 3
LOCK = ".lock"


def put(box: Path, raw: bytes) -> Path:
    """Put a mail into the box; when this returns, it is on the disk."""
    path = box / f"{time.time_ns():020}-{os.urandom(4).hex()}.0"
    write_whole(path, raw)
    path.chmod(0o600)
    return path


def lying(box: Path) -> list[Path]:
    """Give the mails that wait, the first that came first."""
    return [path for path in _mails(box) if _tries(path) < MOST_TRIES]


def given_up(box: Path) -> list[Path]:
    """Give the mails at which the program broke off each time."""
    return [path for path in _mails(box) if _tries(path) >= MOST_TRIES]


def begin(path: Path) -> Path:
    """Count a try to take a mail in; give its file, which has another name now."""
    return path.rename(path.with_suffix(f".{_tries(path) + 1}"))


def put_back(path: Path) -> None:
    """Take a try back, as it was not the mail's fault."""
    path.rename(path.with_suffix(f".{_tries(path) - 1}"))


def done(path: Path) -> None:
    """Take a mail out of the box: it was taken in."""
    path.unlink(missing_ok=True)


@contextmanager
def emptying(box: Path) -> Iterator[bool]:
    """Be the only one who empties the box; gives whether that is so."""
    box.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(box / LOCK, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        alone = True
    except BlockingIOError:
        alone = False
    try:
        yield alone
    finally:
        os.close(descriptor)


def _mails(box: Path) -> list[Path]:
    return sorted(path for path in box.glob("*.*") if path.name[0].isdigit())


def _tries(path: Path) -> int:
    return int(path.suffix[1:] or 0)
