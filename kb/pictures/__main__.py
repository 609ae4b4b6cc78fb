"""A process of its own that makes one picture anew, within limits, and ends.

``python -m kb.pictures KIND WIDTH HEIGHT``: the file comes in at standard input, what
was made goes out, see `kb.pictures.made.packed`. What strangers send is unpacked here
and nowhere else: should the unpacking fail or be taken over, this process holds no
key, no password and no open file, and gives its memory back.
"""

import resource
import sys

from kb.pictures.anew import made_anew
from kb.pictures.made import UNREADABLE, Unreadable, packed

MOST_MEMORY = 1024**3
"""Bytes that may be asked for; a picture at the limits takes less than a third."""
MOST_SECONDS = 60


def main(kind: str, width: str, height: str) -> None:
    """Make the picture at standard input anew."""
    for what, most in (
        (resource.RLIMIT_AS, MOST_MEMORY),
        (resource.RLIMIT_CPU, MOST_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    try:
        sizes = made_anew(sys.stdin.buffer.read(), kind, int(width), int(height))
    except Unreadable:
        raise SystemExit(UNREADABLE) from None
    sys.stdout.buffer.write(packed(sizes))


if __name__ == "__main__":
    main(*sys.argv[1:])
