"""Making a picture anew: its pixels alone, in each of our sizes."""

from kb.pictures.made import Made
from kb.pictures.making import made
from kb.pictures.sizes import SIZES
from kb.pictures.unpacking import pixels


def made_anew(data: bytes, kind: str, width: int, height: int) -> tuple[Made, ...]:
    """Make every size of a picture.

    :param kind: ``JPEG``, ``PNG`` or ``WEBP``; no other is tried.
    :param width: in pixels, as its header says, and ``height`` likewise.
    :raises Unreadable: it cannot be read to its end, or is of another size.
    """
    picture = pixels(data, kind, (width, height))
    return tuple(made(picture, size) for size in SIZES)
