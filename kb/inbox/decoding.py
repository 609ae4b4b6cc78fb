"""From bytes to words, whatever somebody's program says that they are written in."""

import codecs
import re
from email.errors import HeaderParseError
from email.header import decode_header

REAL = re.compile(
    r"utf|iso8859|iso2022|cp\d|koi8|gb|hz|big5|euc|shift_jis|johab|ascii|mac_"
    r"|tis|ptcp|kz1048"
)
"""Codecs that are ways of writing words. Others unpack, or take very long."""
READ_AS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso8859-9": "cp1254",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
"""What is said → what is often meant: the same with more signs."""
_OF_WINDOWS = {"windows874": "cp874", "iso88598i": "iso8859-8", "utf8mb4": "utf-8"}
LONGEST_HEADER = 4000
"""Signs of a header that are looked at."""


def decoded(data: bytes, charset: str = "") -> str:
    """Give words, with a sign for what cannot be read; it never fails.

    >>> decoded("Größe".encode("latin-1"), "us-ascii"), decoded(b"ok", "zlib")
    ('Größe', 'ok')
    """
    said = _codec(charset)
    for name in (_marked(data), said if said != "cp1252" else "", "utf-8"):
        if name:
            try:
                return data.decode(name)
            except UnicodeError:
                continue
    try:
        return data.decode(said or "cp1252", "replace")
    except UnicodeError:
        return data.decode("cp1252", "replace")


def header(value: str) -> str:
    """Give what a header says, on one line.

    >>> header("=?utf-8?q?Gr=C3=B6=C3=9Fe?= of pits =?x-none?q?!?=")
    'Größe of pits !'
    """
    said = raw_header(value)
    try:
        parts = decode_header(said)
    except (HeaderParseError, ValueError, LookupError):
        parts = [(said, None)]
    words = [
        part if isinstance(part, str) else decoded(part, charset or "")
        for part, charset in parts
    ]
    return " ".join(storable("".join(words)).split())


def storable(text: str) -> str:
    """Take out what no database keeps."""
    return text.encode("utf-8", "replace").decode().replace("\x00", "")


def raw_header(value: str) -> str:
    """Give a header as it was sent, but in signs that can be read, cut if very long."""
    cut = value[:LONGEST_HEADER]
    if cut.isascii():
        return cut
    return decoded(cut.encode("utf-8", "surrogateescape"))


def _marked(data: bytes) -> str:
    """Give what the first bytes say of themselves."""
    if data.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    marked = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return "utf-16" if marked else ""


def _codec(charset: str) -> str:
    plain = charset.strip().strip("'\"").casefold()
    plain = _OF_WINDOWS.get(re.sub(r"[-_ ]", "", plain), plain)
    try:
        name = codecs.lookup(plain).name if plain else ""
    except (LookupError, ValueError):
        return ""
    return READ_AS.get(name, name) if REAL.match(name) else ""
