"""Making the files of a picture: each size in each type, within its bytes."""

from collections.abc import Callable
from io import BytesIO
from math import sqrt

from PIL import Image

from kb.pictures.made import Made
from kb.pictures.sizes import Size

QUALITIES = (82, 74, 66, 58, 50, 42)
"""Tried from the best on, until a file is small enough."""
SHRINK_MOST, SHRINK_LEAST = 0.5, 0.9


def made(picture: Image.Image, size: Size) -> Made:
    """Make one size: first quality is given up for bytes, then width and height."""
    small = picture.copy()
    small.thumbnail((size.side, size.side), Image.Resampling.LANCZOS)
    while True:
        files = {ending: _smallest(small, size, save) for ending, save in SAVED.items()}
        largest = max(map(len, files.values()))
        if largest <= size.most_bytes:
            return Made(size, *small.size, files)
        by = min(max(sqrt(size.most_bytes / largest), SHRINK_MOST), SHRINK_LEAST)
        wide, high = (max(1, int(side * by)) for side in small.size)
        small = picture.resize((wide, high), Image.Resampling.LANCZOS)


Save = Callable[[Image.Image, int], bytes]


def _smallest(picture: Image.Image, size: Size, save: Save) -> bytes:
    """Give the best file that is small enough, or the smallest if none is."""
    written = save(picture, QUALITIES[-1])
    if len(written) > size.most_bytes:
        return written
    tried = (save(picture, quality) for quality in QUALITIES[:-1])
    return next((one for one in tried if len(one) <= size.most_bytes), written)


def _webp(picture: Image.Image, quality: int) -> bytes:
    out = BytesIO()
    picture.save(out, "WEBP", quality=quality, method=4)
    return out.getvalue()


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    out = BytesIO()
    picture.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
    return out.getvalue()


SAVED: dict[str, Save] = {"webp": _webp, "jpg": _jpeg}
