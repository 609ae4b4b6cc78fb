"""The forms of files: what each is called, what writes it, and what reads it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from kb.search.thesaurus import read_thesaurus
from kb.translating.files import memory_out, po, xliff
from kb.translating.files.gathering import Asked, gathered, remembered
from kb.translating.files.unit import Bundle
from kb.translating.files.whole import kind_of

Pieces = Iterator[bytes]


@dataclass(frozen=True)
class Form:
    """One form of a file."""

    end: str
    """What the name of a file ends in."""
    content_type: str
    write: Callable[[Session, Asked], Pieces]


def _po(session: Session, asked: Asked) -> Pieces:
    spoken = asked.source_language
    return po.write_units(gathered(session, asked), asked.language, spoken)


def _xliff(session: Session, asked: Asked) -> Pieces:
    spoken = asked.source_language
    return xliff.write_units(gathered(session, asked), asked.language, spoken)


def _tmx(session: Session, asked: Asked) -> Pieces:
    units = remembered(session, asked)
    return memory_out.write_memory(units, asked.language, asked.source_language)


def _tbx(session: Session, asked: Asked) -> Pieces:
    concepts = read_thesaurus(session).concepts.values()
    return memory_out.write_terms(concepts, asked.language, asked.source_language)


FORMS = {
    "po": Form("po", "text/x-gettext-translation; charset=utf-8", _po),
    "xliff": Form("xlf", "application/xliff+xml; charset=utf-8", _xliff),
    "tmx": Form("tmx", "application/x-tmx+xml; charset=utf-8", _tmx),
    "tbx": Form("tbx", "application/x-tbx+xml; charset=utf-8", _tbx),
}
"""The first two come back; the others are for programs that help who translates."""


def read(content: bytes) -> Bundle:
    """Read a file, whatever it is called.

    :raises NotValid: it is neither PO nor XLIFF 2, or nothing that can be taken in.
    """
    return {"po": po.read_units, "xliff": xliff.read_units}[kind_of(content)](content)
