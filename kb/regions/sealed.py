"""Files of the atlas: a checksum, a header that says what it is, a compressed body.

Four parts, one after another: the line ``humus-map 1`` (format version), a line with
the SHA-256 of all that follows, the header as one line of JSON, the body (zlib).
"""

import hashlib
import json
import sys
import zlib
from array import array
from pathlib import Path
from typing import Any, NamedTuple

from kb.errors import Unavailable
from kb.language import _
from kb.whole_file import write_whole

NAME, VERSION = b"humus-map", 1


class Sealed(NamedTuple):
    """What a file holds once it was found whole."""

    header: dict[str, Any]
    body: bytes


def write_sealed(path: Path, kind: str, header: dict[str, Any], body: bytes) -> None:
    """Write a file whole or not at all; one that stood there stays until then."""
    line = json.dumps({"kind": kind} | header, sort_keys=True, ensure_ascii=False)
    rest = line.encode() + b"\n" + zlib.compress(body, 9)
    seal = hashlib.sha256(rest).hexdigest().encode()
    whole = b"%s %d\n%s\n%s" % (NAME, VERSION, seal, rest)
    write_whole(path, whole)


def read_sealed(path: Path, kind: str, *, mend: str) -> Sealed:
    """Read a file and hold it against its checksum.

    :param mend: what a person should do if it cannot be used, such as a command.
    :raises Unavailable: it is missing, foreign, of another version, cut or damaged.
    """
    try:
        name, seal, rest = path.read_bytes().split(b"\n", 2)
    except FileNotFoundError as refused:
        raise unusable(path, _("it is not there"), mend) from refused
    except OSError as refused:
        raise unusable(path, refused.strerror, mend) from refused
    except ValueError as refused:
        raise unusable(path, _("it is not a map of this program"), mend) from refused
    if name.split(b" ")[0] != NAME:
        raise unusable(path, _("it is not a map of this program"), mend)
    if name != b"%s %d" % (NAME, VERSION):
        raise unusable(path, _("it has another format version"), mend)
    if hashlib.sha256(rest).hexdigest().encode() != seal:
        raise unusable(path, _("it is damaged or cut short"), mend)
    line, body = rest.split(b"\n", 1)
    header: dict[str, Any] = json.loads(line)
    if header["kind"] != kind:
        raise unusable(path, _("it is a map of something else"), mend)
    return Sealed(header, zlib.decompress(body))


def seal_of(path: Path) -> str:
    """Give the checksum that a file bears, unchecked; nothing if there is no file."""
    try:
        with path.open("rb") as held:
            return held.read(len(NAME) + 80).split(b"\n")[1].decode("ascii")
    except (OSError, IndexError, UnicodeDecodeError):
        return ""


def unusable(path: Path, why: object, mend: str) -> Unavailable:
    """Give the refusal, with what to do about it."""
    return Unavailable(
        _(
            "The map %(file)s cannot be used: %(why)s. To mend it: %(mend)s",
            file=path.name,
            why=why,
            mend=mend,
        )
    )


def little(numbers: "array[int]") -> "array[int]":
    """Turn numbers between this machine's order of bytes and the files': low first."""
    if sys.byteorder == "big":
        numbers = array(numbers.typecode, numbers)
        numbers.byteswap()
    return numbers
