"""Taking a picture in: checked, and made anew in our sizes by a process of its own.

Only pixels come through. What else a file holds, such as where and by whom it was
taken, or another file behind its end, is left behind.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from kb.language import _
from kb.pictures.apart import made_apart
from kb.pictures.header import Header, damaged, read_header
from kb.pictures.made import Made, Unreadable
from kb.pictures.refusing import refused
from kb.pictures.sizes import (
    LEAST_SIDE,
    LONGEST_BY_SHORTEST,
    MOST_BYTES,
    MOST_PIXELS,
    MOST_SCANS,
)

_ONE_AT_A_TIME = Lock()
"""A machine that answers with four threads would else need four times the memory."""
_SCAN = b"\xff\xda"

Maker = Callable[[bytes, str, int, int], tuple[Made, ...]]
"""Makes every size of a picture of some kind, width and height."""


@dataclass(frozen=True)
class TakenIn:
    """A picture made anew in all sizes."""

    digest: str
    """Names it by what its files hold: 32 signs."""
    made: tuple[Made, ...]


def take_in(data: bytes, make: Maker = made_apart) -> TakenIn:
    """Make a picture anew, one at a time in each process that answers.

    :raises NotValid: it is no JPEG, PNG or WebP, moves, is damaged, too small, too long
        and narrow, or too large to be unpacked.
    """
    check_length(len(data))
    header = read_header(data)
    _check(header, data)
    try:
        with _ONE_AT_A_TIME:
            sizes = make(data, header.kind, header.width, header.height)
    except Unreadable as why:
        raise damaged() from why
    whole = hashlib.sha256()
    for one in sizes:
        for content in one.files.values():
            whole.update(content)
    return TakenIn(whole.hexdigest()[:32], sizes)


def check_length(length: int) -> None:
    """Refuse a file that is empty or too large.

    :raises NotValid: it is.
    """
    if not length:
        raise refused(_("Please choose a picture."))
    if length > MOST_BYTES:
        most = MOST_BYTES // 1024 // 1024
        raise refused(_("A picture may have up to %(most)s MB.", most=most))


def _check(header: Header, data: bytes) -> None:
    """Refuse what should not be unpacked at all."""
    said = _what_is_wrong(header)
    if said:
        raise refused(said)
    if header.kind == "JPEG" and data.count(_SCAN) > MOST_SCANS:
        raise damaged()


def _what_is_wrong(header: Header) -> object:
    longer, shorter = sorted((header.width, header.height), reverse=True)
    most = MOST_PIXELS[header.kind]
    if header.moves:
        return _("This picture moves. Please send one that stands still.")
    if longer * shorter > most:
        return _(
            "This picture has too many pixels: at most %(most)s million, please.",
            most=most // 1_000_000,
        )
    if longer < LEAST_SIDE:
        return _(
            "This picture is too small: its longer side needs %(n)s pixels.",
            n=LEAST_SIDE,
        )
    if longer > LONGEST_BY_SHORTEST * shorter:
        return _("This picture is too long and narrow.")
    return None
