"""The files of pictures: named by what they hold, written whole, thrown away.

A file is kept while a picture that is held or published has its digest. It is written
before its row is committed, so a crash leaves at most a file that nobody asks for;
`throw_away` takes it off the disk.
"""

import re
import time
from pathlib import Path

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from kb.pictures.models import Picture, State
from kb.pictures.sizes import SIZES, TYPES
from kb.pictures.taking_in import TakenIn
from kb.whole_file import write_whole

NAMED = re.compile(
    rf"([0-9a-f]{{32}})-({'|'.join(s.name for s in SIZES)})\.({'|'.join(TYPES)})"
)
"""The name of a file: digest, size, ending."""
GRACE_SECONDS = 3600
"""How long a file may wait for its row; longer than any request takes."""


def name_of(digest: str, size: str, ending: str) -> str:
    """Give the name of a file."""
    return f"{digest}-{size}.{ending}"


def path_of(folder: Path, name: str) -> Path:
    """Give where a file is kept."""
    return folder / name[:2] / name


def write_files(folder: Path, taken: TakenIn) -> None:
    """Put a picture on the disk, each size in each type."""
    for made in taken.made:
        for ending, content in made.files.items():
            name = name_of(taken.digest, made.size.name, ending)
            write_whole(path_of(folder, name), content)


def throw_away(session: Session, folder: Path) -> int:
    """Throw away the files that no picture needs; give how many.

    The session must write: nobody puts a file there while it looks.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("LOCK TABLE picture IN SHARE ROW EXCLUSIVE MODE"))
    needed = select(Picture.digest).where(Picture.state != State.WITHDRAWN)
    digests, gone = set(session.scalars(needed.distinct())), 0
    for path in list(folder.glob("??/*")):
        found = NAMED.fullmatch(path.name)
        if found and found[1] in digests:
            continue
        if time.time() - path.stat().st_mtime > GRACE_SECONDS:
            path.unlink(missing_ok=True)
            gone += 1
    return gone
