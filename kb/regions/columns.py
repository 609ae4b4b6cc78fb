"""Columns of texts and of numbers, laid so that they pack small and unpack quickly.

Texts stand one to a line. Numbers are cut into bytes: first the low bytes of all, then
the next ones; what is alike stands together, and the machine puts it back at a stroke.
"""

from array import array
from collections.abc import Mapping
from typing import TypeAlias

from kb.regions.sealed import little

NUMBER = "I"
"""Numbers are whole, 0 to 4,294,967,295."""
BYTES = array(NUMBER).itemsize
Column: TypeAlias = "list[str] | array[int]"
TEXTS = 0
Laid = list[tuple[str, int, int]]
"""Name of each column, bytes of each number in it (0 for texts), bytes of the whole."""


def lay(columns: Mapping[str, Column]) -> tuple[Laid, bytes]:
    """Give where each column stands, and the columns one after another.

    :raises ValueError: a text has more than one line.
    """
    where: Laid = []
    parts = []
    for name, column in columns.items():
        width = _width(column) if isinstance(column, array) else TEXTS
        part = _planes(column, width) if isinstance(column, array) else _lines(column)
        where.append((name, width, len(part)))
        parts.append(part)
    return where, b"".join(parts)


def lift(where: Laid, laid: bytes) -> dict[str, Column]:
    """Give the columns back.

    :raises ValueError: lengths do not fit, or texts are not UTF-8.
    """
    columns: dict[str, Column] = {}
    first = 0
    for name, width, length in where:
        part = laid[first : first + length]
        first += length
        columns[name] = _numbers(part, width) if width else _texts(part)
    if first != len(laid):
        raise ValueError(first, len(laid))
    return columns


def _width(numbers: "array[int]") -> int:
    return (max(numbers, default=0).bit_length() + 7) // 8 or 1


def _planes(numbers: "array[int]", width: int) -> bytes:
    whole = little(numbers).tobytes()
    return b"".join(whole[plane::BYTES] for plane in range(width))


def _numbers(part: bytes, width: int) -> "array[int]":
    count = len(part) // width
    whole = bytearray(BYTES * count)
    for plane in range(width):
        whole[plane::BYTES] = part[plane * count : (plane + 1) * count]
    return little(array(NUMBER, bytes(whole)))


def _lines(texts: list[str]) -> bytes:
    whole = "".join(f"{text}\n" for text in texts)
    if whole.count("\n") != len(texts):
        raise ValueError("a text has more than one line")
    return whole.encode()


def _texts(part: bytes) -> list[str]:
    return part.decode().split("\n")[:-1]
