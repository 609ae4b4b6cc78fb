"""Sets as PO files (GNU gettext): written, and read with Babel's parser.

The id is the context of a message. What a field stands on is a comment, ``#. humus:``;
words that somebody has to look at are fuzzy.
"""

import re
from collections.abc import Iterable, Iterator
from email.errors import MessageError
from email.parser import HeaderParser
from io import BytesIO, StringIO
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, PoFileParser, write_po

from kb.language import _
from kb.record.marks import HASHED
from kb.translating.files.unit import (
    MOST_UNITS,
    Bundle,
    Trouble,
    Unit,
    Warned,
    id_of,
    refused,
)
from kb.translating.files.whole import too_many

_SAID = re.compile(r"\b(original|words|version)=([0-9a-f]{1,16}|-)(?!\S)")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"$')
_CHARSET = re.compile(r"charset=\s*([\w-]+)", re.IGNORECASE)
SET = "X-Source-Language"


class _Catalog(Catalog):
    """A catalogue with a header of its own and messages in the order they came."""

    def __init__(self, language: str, source_language: str) -> None:
        super().__init__(locale=None, fuzzy=False, header_comment="# Humus")
        self.said = {
            "Project-Id-Version": "Humus",
            "MIME-Version": "1.0",
            "Content-Type": "text/plain; charset=UTF-8",
            "Content-Transfer-Encoding": "8bit",
            "Language": language.replace("-", "_"),
            SET: source_language,
        }

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """What is said of the whole."""
        return list(self.said.items())


class _Read(Catalog):
    """Takes messages as the parser finds them: all of them, and no more than fit."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Message] = []
        self.headers: list[dict[str, str]] = []

    def __setitem__(self, id: Any, message: Message) -> None:  # noqa: ANN401
        """Keep a message, even if there was one like it."""
        if id == "" and message.context is None:
            said = HeaderParser().parsestr(str(message.string))
            self.headers.append({name.lower(): str(x) for name, x in said.items()})
            return
        if len(self.found) == MOST_UNITS:
            raise too_many()
        self.found.append(message)


def write_units(
    units: Iterable[Unit], language: str, source_language: str
) -> Iterator[bytes]:
    """Write a set."""
    catalog = _Catalog(language, source_language)
    for unit in units:
        catalog.add(
            unit.source,
            unit.words,
            auto_comments=[unit.title, *_stands_on(unit)],
            flags={"fuzzy"} if unit.words and not unit.ready else (),
            context=unit.id,
        )
    out = BytesIO()
    write_po(out, catalog, width=0)
    yield out.getvalue()


def read_units(content: bytes) -> Bundle:
    """Read a file.

    :raises NotValid: it is no PO file, holds too much, or does not say its language.
    """
    text = _decoded(content)
    read = _Read()
    try:
        PoFileParser(read, ignore_obsolete=True, abort_invalid=True).parse(
            _whole_lines(text)
        )
    except (
        PoFileError, ValueError, IndexError, KeyError, TypeError, AttributeError,
        MessageError,
    ) as wrong:  # fmt: skip
        told = " ".join(str(wrong).split())[:200]
        raise refused(_("This is no PO file: %(why)s", why=told)) from wrong
    language, spoken = _languages(read.headers)
    units: list[Unit] = []
    warned: list[Warned] = []
    for message in read.found:
        _take(message, units, warned)
    return Bundle(language, spoken, units, warned)


def _whole_lines(text: str) -> Iterator[str]:
    """Give line by line; one whose end is lost would lose a sign unseen.

    :raises NotValid: a line has no end.
    """
    for number, line in enumerate(StringIO(text), start=1):
        plain = line.strip()
        if plain[:1] in {'"', "m"} and not _QUOTED.search(plain):
            said = _("Line %(number)s has no end.", number=number)
            raise refused(_("This is no PO file: %(why)s", why=said))
        yield line


def _stands_on(unit: Unit) -> tuple[str, str]:
    """Give what a field stands on, in lines so short that none is broken."""
    return (
        f"humus: original={unit.hashed or '-'} version={unit.version}",
        f"humus: words={unit.shown or '-'} state={unit.state}",
    )


def _decoded(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise refused(_("The file is not written in UTF-8.")) from wrong
    charset = _CHARSET.search(text[:4000])
    if charset and charset[1].lower() not in {"utf-8", "utf8", "us-ascii", "charset"}:
        raise refused(_("The file is not written in UTF-8."))
    return text


def _languages(headers: list[dict[str, str]]) -> tuple[str, str]:
    """Give the language of a file and that of its sources."""
    said = {one.get("language", "").strip() for one in headers}
    if len(said) > 1:
        raise refused(_("The file holds more than one language. Bring each alone."))
    language = next(iter(said), "").replace("_", "-")
    if not language:
        raise refused(_("The file does not say its language."))
    return language, headers[0].get(SET.lower(), "").strip()


def _take(message: Message, units: list[Unit], warned: list[Warned]) -> None:
    written = str(message.context or "")
    found = id_of(written)
    if found is None or not isinstance(message.id, str):
        where = (written or str(message.id))[:120]
        said = _("This stands for no field of a record.")
        warned.append(Warned(Trouble.ID, where, said, str(message.string)))
        return
    comments = " ".join(x for x in message.auto_comments if x.startswith("humus:"))
    said_of = dict(_SAID.findall(comments))
    words = str(message.string)
    units.append(
        Unit(
            *found,
            source=message.id,
            words=words,
            ready=bool(words) and not message.fuzzy,
            hashed=_digest(said_of.get("original", "")),
            version=_number(said_of.get("version", "")),
            shown=_digest(said_of["words"]) if "words" in said_of else None,
        )
    )


def _digest(said: str) -> str:
    return said if len(said) == HASHED else ""


def _number(said: str) -> int:
    return int(said) if said.isdecimal() and len(said) < 10 else 0
