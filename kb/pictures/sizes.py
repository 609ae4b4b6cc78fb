"""What pictures may measure: those that come in, and those that are shown."""

from dataclasses import dataclass

MOST_BYTES = 8 * 1024 * 1024
"""Of a picture that comes in."""
MOST_PIXELS = {"JPEG": 25_000_000, "PNG": 20_000_000, "WEBP": 10_000_000}
"""By kind, so that unpacking one takes some 220 MB at the very most.

A JPEG is unpacked at a fraction of its size; a WebP is held four times over.
"""
LEAST_SIDE, LONGEST_BY_SHORTEST = 200, 6
"""Pixels of the longer side; and how long and narrow a picture may be."""
MOST_SCANS = 100
"""Of a JPEG that sharpens step by step; usual are ten, each as dear as a whole."""


@dataclass(frozen=True)
class Size:
    """One size in which every picture is kept."""

    name: str
    side: int
    """Pixels of the longer side, at most; a smaller picture stays as small."""
    most_bytes: int
    """Of each of its files."""


SIZES = (
    Size("card", 256, 8_000),
    Size("step", 480, 18_000),
    Size("page", 960, 40_000),
)
"""In a list, with a step, and with the title."""
TYPES = {"webp": "image/webp", "jpg": "image/jpeg"}
"""Ending of a file → its type; the second is for phones that cannot show the first."""
