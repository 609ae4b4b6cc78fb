"""One file of arrays: written once, mapped into memory, checked before it is used.

Layout: eight signs that name the format; the arrays, each on a boundary of 64 bytes;
a JSON header that says where each array lies; the length of the header; the CRC-32 of
all that stands before. Both are little-endian numbers of 8 bytes. Nothing is executed.
"""

import json
import mmap
import os
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

FORMAT = b"HUMARR02"
ALIGNED = 64
_TAIL = 16


class Damaged(Exception):  # noqa: N818
    """A file is not what was written: cut, changed, or of another make."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path.name}: {why}")


class Container:
    """The arrays of one file, read where they lie on disk."""

    def __init__(self, path: Path) -> None:
        """Map and check the file.

        :raises Damaged: it was cut short or changed, or something else wrote it.
        :raises OSError: it cannot be read.
        """
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size < len(FORMAT) + _TAIL:
                raise Damaged(path, "cut short")
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        try:
            header = self._checked(path)
            self.about: Mapping[str, Any] = header["about"]
            self._where: dict[str, tuple[str, list[int], int]] = header["arrays"]
        except (ValueError, LookupError, TypeError) as foreign:
            raise Damaged(path, "its header cannot be read") from foreign

    def _checked(self, path: Path) -> dict[str, Any]:
        if self._map[: len(FORMAT)] != FORMAT:
            raise Damaged(path, "not a container of this version")
        with memoryview(self._map) as whole:
            if zlib.crc32(whole[:-8]) != int.from_bytes(whole[-8:], "little"):
                raise Damaged(path, "its checksum does not agree")
            length = int.from_bytes(whole[-_TAIL:-8], "little")
            header = bytes(whole[-_TAIL - length : -_TAIL])
        self._map.madvise(mmap.MADV_DONTNEED)  # what is not asked for takes no memory
        said: dict[str, Any] = json.loads(header)
        return said

    def __contains__(self, name: str) -> bool:
        return name in self._where

    def __getitem__(self, name: str) -> Array:
        """Give one array; it is read-only."""
        kind, shape, start = self._where[name]
        count = int(np.prod(shape))
        if not count:
            return np.zeros(shape, kind)
        flat = np.frombuffer(self._map, dtype=kind, count=count, offset=start)
        return flat.reshape(shape)

    def under(self, prefix: str) -> dict[str, Array]:
        """Give all arrays whose names begin so, by what follows."""
        names = [name for name in self._where if name.startswith(prefix)]
        return {name.removeprefix(prefix): self[name] for name in names}

    def signs(self, name: str) -> tuple[mmap.mmap, int]:
        """Give the map and where an array of bytes begins in it, to cut from."""
        return self._map, self._where[name][2]


def write_container(
    path: Path, arrays: Mapping[str, Array], about: Mapping[str, Any]
) -> int:
    """Write a file and see it safely on disk; give its size in bytes."""
    with path.open("wb", buffering=1 << 20) as file:
        out = _Summed(file)
        out.write(FORMAT)
        where = {name: _put(out, array) for name, array in arrays.items()}
        header = json.dumps({"about": dict(about), "arrays": where}).encode()
        out.write(header)
        out.write(len(header).to_bytes(8, "little"))
        out.write(out.checksum.to_bytes(8, "little"))
        file.flush()
        os.fsync(file.fileno())
    return out.length


def _put(out: "_Summed", array: Array) -> tuple[str, list[int], int]:
    array = np.ascontiguousarray(array)
    out.write(b"\0" * (-out.length % ALIGNED))
    start = out.length
    if array.size:
        out.write(array.data.cast("B"))
    return array.dtype.str, list(array.shape), start


class _Summed:
    """A file that counts and sums what is written to it."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self.length, self.checksum = file, 0, 0

    def write(self, signs: bytes | memoryview) -> None:
        self._file.write(signs)
        self.length += len(signs)
        self.checksum = zlib.crc32(signs, self.checksum)
