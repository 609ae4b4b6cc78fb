"""The parts of a record of a kind, read off its schema: forms and pages follow it.

So a new field of a schema, or a new kind, is in the forms without a line of its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from marshmallow import fields, validate

from kb.record.kind import Kind
from kb.record.schemas import (
    COUNTRY,
    LANGUAGE,
    LONGEST_PART,
    LONGEST_STEP,
    LONGEST_SUMMARY,
    LONGEST_TITLE,
    Code,
    Codes,
    SourceKey,
)

Declared = fields.Field[Any]


class Sort(StrEnum):
    """What is written into a field."""

    LINE = "line"
    WORDS = "words"
    NUMBER = "number"
    WHOLE = "whole"
    YES = "yes"
    CODE = "code"
    CODES = "codes"
    CHOICE = "choice"
    COUNTRY = "country"
    LANGUAGE = "language"
    RECORD = "record"
    SOURCE = "source"
    SOURCES = "sources"
    PAIR = "pair"
    """Two numbers, from and to."""


class Place(StrEnum):
    """In which part of a document a field stands."""

    FACTS = "facts"
    TAGS = "tags"
    TEXT = "text"


@dataclass(frozen=True)
class Field:
    """One field of a record or of a row of it."""

    name: str
    sort: Sort
    place: Place = Place.FACTS
    scheme: str = ""
    choices: tuple[str, ...] = ()
    longest: int = 300


@dataclass(frozen=True)
class Section:
    """What is filled in on one page: fields, or rows of fields."""

    name: str
    fields: tuple[Field, ...]
    repeated: bool = False
    keyed: bool = False
    """Whether each row has a key that its words go by."""
    worded: bool = False
    """Whether each row has words, in each language."""


NOT_WRITTEN = {"ref", "published", "licence", "tags"}
"""Facts that nobody types: given at publication, or on a page of their own."""
ORDER = ("steps", "limits", "effects", "costs", "work", "sites", "names", "relations")


@cache
def sections_of(kind: Kind) -> tuple[Section, ...]:
    """Give the sections of a kind, in the order in which they are written."""
    declared: Mapping[str, Declared] = kind.schema().fields
    rows = {name: one for name, one in declared.items() if _row_fields(one)}
    plain = [
        _field(name, one)
        for name, one in declared.items()
        if name not in rows and name not in NOT_WRITTEN
    ]
    listed = [_section(kind, name, rows[name]) for name in ORDER if name in rows]
    listed += [_section(kind, name, rows[name]) for name in rows if name not in ORDER]
    first = [name for name in ("steps",) if name in rows]
    return (
        Section("basics", (*_HEAD, *plain)),
        Section("words", tuple(_words(name) for name in kind.sections)),
        *listed[: len(first)],
        Section("tags", _tags(declared["tags"])),
        *listed[len(first) :],
    )


def section_of(kind: Kind, name: str) -> Section | None:
    """Give one section, if the kind has it."""
    return next((one for one in sections_of(kind) if one.name == name), None)


def _words(name: str, longest: int = LONGEST_PART) -> Field:
    return Field(name, Sort.WORDS, Place.TEXT, longest=longest)


_HEAD = (
    Field("title", Sort.LINE, Place.TEXT, longest=LONGEST_TITLE),
    _words("summary", LONGEST_SUMMARY),
)


def _section(kind: Kind, name: str, declared: Declared) -> Section:
    inside = _row_fields(declared)
    return Section(
        name,
        tuple(_field(each, one) for each, one in inside.items() if each != "key"),
        repeated=True,
        keyed="key" in inside,
        worded=name in {"steps", "effects", *kind.keyed},
    )


def row_words(section: Section) -> Field:
    """Give the field for the words of a row."""
    return _words("words", LONGEST_STEP if section.name == "steps" else LONGEST_PART)


def _row_fields(declared: Declared) -> Mapping[str, Declared]:
    inner = getattr(declared, "inner", None)
    if isinstance(inner, fields.Nested):
        found: Mapping[str, Declared] = inner.schema.fields
        return found
    return {}


def _tags(declared: Declared) -> tuple[Field, ...]:
    assert isinstance(declared, fields.Nested)
    inside = declared.schema.fields
    return tuple(_field(name, one, Place.TAGS) for name, one in inside.items())


def _field(name: str, declared: Declared, place: Place = Place.FACTS) -> Field:
    if isinstance(declared, Code | Codes):
        sort = Sort.CODES if isinstance(declared, Codes) else Sort.CODE
        return Field(name, sort, place, scheme=declared.scheme)
    choices = _choices(declared)
    return Field(name, _sort(name, declared, choices), place, choices=choices)


def _sort(name: str, declared: Declared, choices: Sequence[str]) -> Sort:
    if isinstance(declared, fields.List):
        inner = declared.inner
        return Sort.SOURCES if isinstance(inner, SourceKey) else Sort.PAIR
    for kind, sort in _BY_TYPE.items():
        if isinstance(declared, kind):
            return sort
    validators = declared.validators
    if COUNTRY in validators:
        return Sort.COUNTRY
    if LANGUAGE in validators:
        return Sort.LANGUAGE
    if name == "to":
        return Sort.RECORD
    return Sort.CHOICE if choices else Sort.LINE


_BY_TYPE: Mapping[type[Declared], Sort] = {
    SourceKey: Sort.SOURCE,
    fields.Integer: Sort.WHOLE,
    fields.Float: Sort.NUMBER,
    fields.Boolean: Sort.YES,
}


def _choices(declared: Declared) -> tuple[str, ...]:
    for one in declared.validators:
        if isinstance(one, validate.OneOf) and one is not COUNTRY:
            return tuple(one.choices)
    return ()
