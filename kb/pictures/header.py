"""What the first bytes of a picture say it is, before anything is unpacked.

Neither the name of a file nor the type a browser gives it is asked. Sources: RFC 2083
(PNG), ITU-T T.81 (JPEG), RFC 9649 (WebP), the APNG specification of W3C.
"""

from dataclasses import dataclass

from kb.errors import NotValid
from kb.language import _
from kb.pictures.refusing import refused

PNG, RIFF = b"\x89PNG\r\n\x1a\n", b"RIFF"
OTHERS = {
    b"GIF8": "GIF",
    b"%PDF": "PDF",
    b"PK\x03\x04": "ZIP",
    b"<svg": "SVG",
    b"<?xm": "SVG",
    b"BM": "BMP",
    b"II*\0": "TIFF",
    b"MM\0*": "TIFF",
}
"""First bytes of what people send by mistake, so that the answer can name it."""
PHONES = (b"heic", b"heix", b"mif1", b"avif")
"""Marks of what newer phones keep pictures as."""
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Markers of JPEG before the size of the picture."""
_SCAN = 0xDA


@dataclass(frozen=True)
class Header:
    """What a picture says of itself."""

    kind: str
    """``JPEG``, ``PNG`` or ``WEBP``."""
    width: int
    height: int
    moves: bool = False


def read_header(data: bytes) -> Header:
    """Read what a picture says of itself.

    :raises NotValid: it is none of the three kinds, or cut short.
    """
    try:
        found = _header(data)
    except IndexError as cut:
        raise damaged() from cut
    if not (found.width and found.height):
        raise damaged()
    return found


def damaged() -> NotValid:
    """Give the refusal of a picture that cannot be read to its end."""
    return refused(
        _("This picture is damaged or did not arrive whole. Please send it again.")
    )


def _header(data: bytes) -> Header:
    if data.startswith(b"\xff\xd8\xff"):
        return Header("JPEG", *_jpeg_size(data))
    if data.startswith(PNG):
        return _png(data)
    if data.startswith(RIFF) and data[8:12] == b"WEBP":
        return _webp(data)
    raise _not_ours(data)


def _png(data: bytes) -> Header:
    if data[12:16] != b"IHDR":
        raise damaged()
    width, height = _big(data, 16, 4), _big(data, 20, 4)
    return Header("PNG", width, height, _is_animated(data))


def _is_animated(data: bytes) -> bool:
    """Say whether a PNG has a chunk ``acTL`` before its first pixels."""
    place = len(PNG)
    while data[place + 4 : place + 8] not in {b"IDAT", b"IEND", b""}:
        if data[place + 4 : place + 8] == b"acTL":
            return True
        place += 12 + _big(data, place, 4)
    return False


def _jpeg_size(data: bytes) -> tuple[int, int]:
    place = 2
    while True:
        while data[place] == data[place + 1] == 0xFF:
            place += 1
        mark = data[place + 1]
        if data[place] != 0xFF or mark == _SCAN:
            raise damaged()
        if mark in _FRAMES:
            return _big(data, place + 7, 2), _big(data, place + 5, 2)
        place += 2 + _big(data, place + 2, 2)


def _webp(data: bytes) -> Header:
    form, place = data[12:16], 20
    if form == b"VP8X":
        moves = bool(data[place] & 2)
        wide, high = _little(data, place + 4, 3) + 1, _little(data, place + 7, 3) + 1
        return Header("WEBP", wide, high, moves)
    if form == b"VP8L":
        bits = _little(data, place + 1, 4)
        return Header("WEBP", (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    if form == b"VP8 ":
        wide, high = _little(data, place + 6, 2), _little(data, place + 8, 2)
        return Header("WEBP", wide & 0x3FFF, high & 0x3FFF)
    raise damaged()


def _not_ours(data: bytes) -> NotValid:
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:4]
    named = [name for first, name in OTHERS.items() if start.startswith(first)]
    if data[4:8] == b"ftyp" and data[8:12] in PHONES:
        named = ["AVIF" if data[8:12] == b"avif" else "HEIC"]
    if named:
        said = _("This is %(kind)s. Please send JPEG, PNG or WebP.", kind=named[0])
        return refused(said)
    return refused(
        _("This is no picture that we can read. Please send JPEG, PNG or WebP.")
    )


def _big(data: bytes, place: int, length: int) -> int:
    return int.from_bytes(_bytes(data, place, length), "big")


def _little(data: bytes, place: int, length: int) -> int:
    return int.from_bytes(_bytes(data, place, length), "little")


def _bytes(data: bytes, place: int, length: int) -> bytes:
    found = data[place : place + length]
    if len(found) < length:
        raise IndexError
    return found
