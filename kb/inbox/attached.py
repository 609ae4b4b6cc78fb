"""What came with a mail: pictures are taken in, all else is named and left out.

What something is, is seen from its content. What its name or its mail says of it counts
for nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kb.errors import NotValid
from kb.inbox.parts import File
from kb.pictures.sizes import MOST_BYTES
from kb.pictures.taking_in import TakenIn, take_in

MOST_PICTURES = 5
LEAST_BYTES = 3000
"""Smaller pictures are the marks of companies, not photos."""


class Why(StrEnum):
    """Why something that came with a mail was left out."""

    NO_PICTURE = "no-picture"
    TOO_MANY = "too-many"
    TOO_LARGE = "too-large"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Attached:
    """One thing that came with a mail."""

    name: str
    content: bytes
    """Only of what looks like a picture."""


@dataclass(frozen=True)
class Kept:
    """What is kept of what came with a mail."""

    pictures: tuple[TakenIn, ...]
    left_out: tuple[tuple[str, Why], ...]


def looked_at(file: File) -> Attached:
    """Look at the first bytes of a file; the content of no picture is let go."""
    return Attached(file.name, file.content if _is_picture(file.content) else b"")


def kept_of(
    attached: Sequence[Attached], take: Callable[[bytes], TakenIn] = take_in
) -> Kept:
    """Take the pictures in, each made anew in our sizes; name all that is left out."""
    pictures: dict[str, TakenIn] = {}
    left_out: list[tuple[str, Why]] = []
    for one in attached:
        why = _why_not(one, len(pictures))
        if why is None:
            try:
                taken = take(one.content)
                pictures[taken.digest] = taken
            except NotValid:
                why = Why.UNREADABLE
        if why is not None:
            left_out.append((one.name, why))
    return Kept(tuple(pictures.values()), tuple(left_out))


def _why_not(one: Attached, many: int) -> Why | None:
    if not one.content:
        return Why.NO_PICTURE
    if len(one.content) > MOST_BYTES:
        return Why.TOO_LARGE
    if len(one.content) < LEAST_BYTES:
        return Why.UNREADABLE
    return Why.TOO_MANY if many >= MOST_PICTURES else None


def _is_picture(content: bytes) -> bool:
    webp = content[:4] == b"RIFF" and content[8:12] == b"WEBP"
    return webp or content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"))
