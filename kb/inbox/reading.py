"""Reading a mail: what it says, who says so, and what came with it.

Nothing in it is believed further than that, and nothing in it makes this fail.
"""

from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import getaddresses

from marshmallow import ValidationError

from kb.inbox.attached import Attached, looked_at
from kb.inbox.automatic import (
    Bounce,
    Headers,
    bounce_of,
    called_spam,
    sent_to_many,
    written_by_program,
)
from kb.inbox.decoding import header, raw_header
from kb.inbox.parts import Parts, parts_of
from kb.people.given import folded_email

MOST_MULTIPARTS = 60
"""So many parts of parts are taken apart; a mail with more is built to do harm."""
MOST_IDS, LONGEST_ID = 40, 250
TO = ("to", "cc", "delivered-to", "x-original-to", "envelope-to")


@dataclass(frozen=True)
class Mail:
    """What a mail says."""

    name: str
    """Its Message-ID with its brackets; empty if it has none."""
    sender: str
    """As an address is kept; empty if it is none, or several."""
    to: tuple[str, ...]
    subject: str
    date: str
    answers: tuple[str, ...]
    """Names of the mails it answers, the nearest first."""
    text: str
    """All its words."""
    language: str
    """That its program says it is in; mostly empty."""
    attached: tuple[Attached, ...]
    automatic: bool
    unwanted: bool
    """It is called spam, went to many, or says nobody it could be answered to."""
    bounce: Bounce | None
    named_within: str = field(repr=False, default="")
    """Where a report may name a mail of ours."""


def read(raw: bytes) -> Mail:
    """Read a mail."""
    whole = raw.lower().count(b"multipart/") <= MOST_MULTIPARTS
    mail, parts = _taken_apart(raw) if whole else _only_headers(raw)
    headers = _headers(mail)
    sender = _sender(headers)
    automatic = written_by_program(headers, sender.partition("@")[0])
    bounce = bounce_of(mail) if whole else None
    return Mail(
        name=_ids(headers, "message-id")[:1].pop() if "message-id" in headers else "",
        sender=sender,
        to=tuple(_addresses(headers, *TO)),
        subject=header(_first(headers, "subject")),
        date=header(_first(headers, "date")),
        answers=_answers(headers),
        text=parts.text,
        language=_first(headers, "content-language")[:2].casefold(),
        attached=tuple(map(looked_at, parts.files)),
        automatic=automatic or bounce is not None,
        unwanted=not sender or called_spam(headers) or sent_to_many(headers),
        bounce=bounce,
        named_within=_start(raw) if automatic or bounce else "",
    )


def _taken_apart(raw: bytes) -> tuple[Message, Parts]:
    try:
        mail = message_from_bytes(raw)
        return mail, parts_of(mail)
    except RecursionError:
        return _only_headers(raw)


def _only_headers(raw: bytes) -> tuple[Message, Parts]:
    return BytesHeaderParser().parsebytes(raw), Parts()


def _start(raw: bytes) -> str:
    return raw[:200_000].decode("ascii", "replace")


def _headers(mail: Message) -> Headers:
    found: dict[str, list[str]] = {}
    for name, value in mail.raw_items():
        found.setdefault(name.casefold(), []).append(raw_header(str(value)))
    return found


def _first(headers: Headers, name: str) -> str:
    return headers.get(name, ("",))[0]


def _sender(headers: Headers) -> str:
    """Give who says that she wrote it; nobody if several do."""
    if len(headers.get("from", ())) != 1:
        return ""
    found = _addresses(headers, "from")
    return found[0] if len(found) == 1 else ""


def _addresses(headers: Headers, *names: str) -> list[str]:
    said = [
        " ".join(value.split()) for name in names for value in headers.get(name, ())
    ]
    found = []
    for _called, address in getaddresses(said):
        try:
            found.append(folded_email(address))
        except ValidationError:
            continue
    return list(dict.fromkeys(found))


def _answers(headers: Headers) -> tuple[str, ...]:
    nearest = _ids(headers, "in-reply-to") + _ids(headers, "references")[::-1]
    return tuple(dict.fromkeys(nearest))[:MOST_IDS]


def _ids(headers: Headers, name: str) -> list[str]:
    said = " ".join(headers.get(name, ()))
    found = [f"<{one.partition('>')[0]}>" for one in said.split("<")[1:]]
    return [one for one in found if one.isascii() and _whole(one)] or [""]


def _whole(name: str) -> bool:
    return len(name) <= LONGEST_ID and name.isprintable() and " " not in name
