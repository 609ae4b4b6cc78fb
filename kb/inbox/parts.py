"""The parts of a mail: its words, and what came with it as files.

A mail within a mail is a file, and nothing is unpacked: an archive stays one.
"""

import binascii
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message

from kb.inbox.automatic import parts_within
from kb.inbox.decoding import decoded, header, storable
from kb.inbox.html_words import words_of

MOST_FILES = 20
"""So many files are looked at and named."""
MOST_TEXT = 1_200_000
"""Signs of words that are kept."""
LONGEST_FILE_NAME = 80
DEEPEST = 30
WRITTEN = ("text/plain", "text/html")
CUT_OFF = ("multipart/mixed", "multipart/alternative", "multipart/related")
"""What should have parts; where none can be found, all of it is words."""
SILENT = frozenset(
    {
        "application/pgp-signature",
        "application/pkcs7-signature",
        "application/x-pkcs7-signature",
        "message/delivery-status",
        "text/rfc822-headers",
    }
)
"""What is neither words nor worth naming."""


@dataclass(frozen=True)
class File:
    """What came with a mail as a file; its name is only what somebody says."""

    name: str
    content: bytes


@dataclass
class Parts:
    """The words of a mail, and its files."""

    text: str = ""
    files: list[File] = field(default_factory=list)


def parts_of(mail: Message) -> Parts:
    """Take a mail apart."""
    parts = Parts()
    texts = list(_texts(mail, parts, 0))
    text = "\n\n".join(filter(None, (one.strip() for one in texts)))
    parts.text = storable(text[:MOST_TEXT])
    return parts


def _texts(part: Message, parts: Parts, depth: int) -> Iterator[str]:
    kind = part.get_content_type()
    within = parts_within(part)
    if kind.startswith("message/") or kind in SILENT:
        if kind == "message/rfc822":
            _keep(part, parts, b"")
    elif part.is_multipart():
        if depth < DEEPEST:
            yield from _of_many(kind, within, parts, depth + 1)
    elif kind in {*WRITTEN, *CUT_OFF} and not _is_file(part):
        yield _words(part, kind)
    else:
        _keep(part, parts, _content(part))


def _of_many(
    kind: str, within: list[Message], parts: Parts, depth: int
) -> Iterator[str]:
    if kind != "multipart/alternative":
        for part in within:
            yield from _texts(part, parts, depth)
        return
    ways = [(one, "\n\n".join(_texts(one, parts, depth))) for one in within]
    plain = [text for one, text in ways if one.get_content_type() == "text/plain"]
    texts = [text for text in (*plain, *(text for _one, text in ways)) if text.strip()]
    yield from texts[:1]


def _is_file(part: Message) -> bool:
    return str(part.get("Content-Disposition", "")).lower().startswith("attachment")


def _words(part: Message, kind: str) -> str:
    text = decoded(_content(part), _said(part, "charset"))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if kind == "text/html":
        return words_of(text)
    flowed = _said(part, "format").lower() == "flowed"
    return _joined(text, _said(part, "delsp").lower() == "yes") if flowed else text


def _joined(text: str, without_space: bool) -> str:
    """Make one line of those that belong together (RFC 3676)."""
    out: list[str] = []
    goes_on = False
    for line in text.split("\n"):
        here = line.removeprefix(" ")
        more = here.endswith(" ") and here != "-- " and not here.startswith(">")
        body = here[:-1] if more and without_space else here
        if goes_on:
            out[-1] += body
        else:
            out.append(body)
        goes_on = more
    return "\n".join(out)


def _keep(part: Message, parts: Parts, content: bytes) -> None:
    if len(parts.files) < MOST_FILES:
        parts.files.append(File(_name(part), content))


def _content(part: Message) -> bytes:
    try:
        content = part.get_payload(decode=True)
    except (ValueError, binascii.Error, LookupError):
        content = None
    return content if isinstance(content, bytes) else b""


def _name(part: Message) -> str:
    try:
        name = part.get_filename() or part.get_content_type()
    except (ValueError, LookupError, TypeError):
        name = part.get_content_type()
    return header(name)[:LONGEST_FILE_NAME]


def _said(part: Message, name: str) -> str:
    try:
        value = part.get_param(name)
    except (ValueError, LookupError, TypeError):
        return ""
    if isinstance(value, tuple):
        value = value[2]
    return value if isinstance(value, str) else ""
