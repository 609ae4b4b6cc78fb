"""A picture made anew: its files in each size, and how they go between processes."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kb.pictures.sizes import SIZES, TYPES, Size

UNREADABLE = 3
"""What a process that makes pictures ends with when it cannot read one."""


class Unreadable(Exception):  # noqa: N818
    """A picture could not be read to its end."""


@dataclass(frozen=True)
class Made:
    """A picture in one size."""

    size: Size
    width: int
    height: int
    files: Mapping[str, bytes]
    """Ending → content."""


def packed(sizes: Iterable[Made]) -> bytes:
    """Give all sizes as one line that says what they are, and their files after it."""
    sizes = tuple(sizes)
    said = [
        [made.width, made.height, [len(made.files[ending]) for ending in TYPES]]
        for made in sizes
    ]
    contents = (made.files[ending] for made in sizes for ending in TYPES)
    return b"\n".join([json.dumps(said).encode(), b"".join(contents)])


def unpacked(data: bytes) -> tuple[Made, ...]:
    """Give the sizes that were packed.

    :raises Unreadable: it is nothing that `packed` gives.
    """
    line, _end, contents = data.partition(b"\n")
    try:
        return tuple(_sizes(json.loads(line), memoryview(contents)))
    except (ValueError, TypeError) as broken:
        raise Unreadable from broken


def _sizes(said: list[tuple[int, int, list[int]]], left: memoryview) -> Iterable[Made]:
    for size, (width, height, lengths) in zip(SIZES, said, strict=True):
        files = {}
        for ending, length in zip(TYPES, lengths, strict=True):
            files[ending], left = bytes(left[:length]), left[length:]
            if len(files[ending]) != length:
                raise ValueError(length)
        yield Made(size, width, height, files)
