"""A document as a page shows it: section by section, only what is filled in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kb.entrance.request import this_vocabulary
from kb.language import best_of
from kb.record.kind import Kind
from kb.web.field_names import choice_name
from kb.web.formats import country, language_name, number
from kb.writing.shape import Field, Place, Section, Sort, row_words, sections_of
from kb.writing.versions import Document


@dataclass(frozen=True)
class Entry:
    """A field and what stands in it."""

    field: Field
    value: Any
    name: str = ""
    """How forms call the field."""

    @property
    def shown(self) -> str:
        """Give the value in the reader's words."""
        if isinstance(self.value, list):
            return " … ".join(self.one(each) for each in self.value)
        return self.one(self.value)

    def one(self, value: Any) -> str:  # noqa: ANN401  (a draft may hold anything)
        """Give one of its values in the reader's words."""
        return _shown(value, self.field)


@dataclass(frozen=True)
class Block:
    """A section with what stands in it."""

    name: str
    entries: tuple[Entry, ...]
    rows: tuple[tuple[Entry, ...], ...]


def spoken_in(document: Document, reader: str) -> str:
    """Give the language in which to show a document: the reader's if it has it."""
    texts = document.get("texts", {})
    sources = [x for x, text in texts.items() if text.get("state") == "source"]
    source = sources[0] if sources else next(iter(texts), reader)
    return best_of(texts, reader=reader, source=source) if texts else reader


def blocks(kind: Kind, document: Document, language: str) -> list[Block]:
    """Give what a document holds, its words in one language."""
    facts = document.get("facts", {})
    text = document.get("texts", {}).get(language, {})
    found = (_block(section, facts, text) for section in sections_of(kind))
    return [block for block in found if block.entries or block.rows]


def _block(
    section: Section, facts: Mapping[str, Any], text: Mapping[str, Any]
) -> Block:
    if section.repeated:
        rows = (tuple(row) for row in _rows(section, facts, text))
        return Block(section.name, (), tuple(row for row in rows if row))
    places = {
        Place.FACTS: facts,
        Place.TAGS: facts.get("tags", {}),
        Place.TEXT: text,
    }
    held = ((one, places[one.place].get(one.name)) for one in section.fields)
    entries = tuple(
        Entry(one, value, f"{one.place}.{one.name}")
        for one, value in held
        if not _empty(value)
    )
    return Block(section.name, entries, ())


def _rows(
    section: Section, facts: Mapping[str, Any], text: Mapping[str, Any]
) -> Iterator[Iterator[Entry]]:
    for number_, row in enumerate(facts.get(section.name, [])):
        words = words_of(section, text, row, number_)
        filled = {"words": words} | row if section.worded else row
        fields = (row_words(section), *section.fields)
        yield (
            Entry(one, filled[one.name])
            for one in fields
            if not _empty(filled.get(one.name))
        )


def words_of(
    section: Section, text: Mapping[str, Any], row: Mapping[str, Any], number_: int
) -> str:
    """Give the words of a row in one text."""
    said = text.get(section.name) or {}
    if isinstance(said, Mapping):
        return str(said.get(row.get("key"), ""))
    return str(said[number_]) if number_ < len(said) else ""


def _empty(value: object) -> bool:
    return value is None or value in ("", [])


def _shown(value: Any, field: Field) -> str:  # noqa: ANN401  (a draft may hold anything)
    if field.sort in {Sort.CODE, Sort.CODES}:
        return this_vocabulary().name(f"{field.scheme}:{value}")
    named = {
        Sort.CHOICE: choice_name,
        Sort.COUNTRY: country,
        Sort.LANGUAGE: language_name,
    }
    if field.sort in named:
        return str(named[field.sort](str(value)))
    if isinstance(value, bool):
        return "✓" if value else "✗"
    if isinstance(value, int | float):
        return str(value) if "year" in field.name else number(value)
    return str(value)
