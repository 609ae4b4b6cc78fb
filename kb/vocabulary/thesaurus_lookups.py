"""Reading the thesaurus: all concepts with all labels, in three queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kb.language import FALLBACK
from kb.vocabulary.thesaurus import (
    Label,
    LabelState,
    Link,
    LinkKind,
    ThesaurusConcept,
)

Stamp = tuple[int, datetime | None]
"""How many concepts there are and when the last was changed."""


class Mark(NamedTuple):
    """What is said of one label; see the columns of `Label`."""

    state: str = LabelState.MACHINE_DRAFTED
    place: str = ""
    keep: bool = False
    forbidden: bool = False


PLAIN = Mark()


class Definition(NamedTuple):
    """What a concept is, in one language."""

    text: str
    state: str = LabelState.MACHINE_DRAFTED


@dataclass(frozen=True)
class NamedConcept:
    """A concept of the thesaurus with all it is called."""

    code: str
    names: Mapping[str, tuple[str, ...]]
    """Language → its labels, the preferred one first."""
    broader: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    same_as: str | None = None
    meaning: str = ""
    shared: frozenset[tuple[str, str]] = field(default_factory=frozenset)
    """Labels with their language that belong to another concept, too, on purpose."""
    readings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Language → what search reads in each label, in the same order."""
    definitions: Mapping[str, Definition] = field(default_factory=dict)
    """In languages other than English."""
    exact_match: str = ""
    marks: Mapping[tuple[str, str], Mark] = field(default_factory=dict)
    """Language and label → what is said of it, where that is not `PLAIN`."""
    version: int = field(default=0, compare=False)

    def name(self, language: str) -> str:
        """Give its preferred label; the English one where the language has none."""
        named = self.names.get(language) or self.names.get(FALLBACK)
        return named[0] if named else self.code

    def mark(self, language: str, label: str) -> Mark:
        """Give what is said of a label."""
        return self.marks.get((language, label), PLAIN)

    def to_write(self, language: str) -> tuple[str, ...]:
        """Give its labels but those that nobody should write."""
        said = self.names.get(language, ())
        return tuple(x for x in said if not self.mark(language, x).forbidden)

    def to_keep(self, language: str) -> tuple[str, ...]:
        """Give its labels that a translation leaves as they are in its source."""
        said = self.names.get(language, ())
        return tuple(x for x in said if self.mark(language, x).keep)

    def to_avoid(self, language: str) -> tuple[str, ...]:
        """Give its labels that nobody should write."""
        said = self.names.get(language, ())
        return tuple(x for x in said if self.mark(language, x).forbidden)

    def definition(self, language: str) -> tuple[str, Definition]:
        """Give a language and what it is in it: the one asked for, or English."""
        given = self.definitions.get(language)
        if given is None:
            return FALLBACK, Definition(self.meaning)
        return language, given


def thesaurus_stamp(session: Session) -> Stamp:
    """Say how the thesaurus stands, at little cost."""
    count, changed = session.execute(
        select(func.count(), func.max(ThesaurusConcept.changed_at))
    ).one()
    return count, changed


def read_concepts(session: Session) -> list[NamedConcept]:
    """Read all concepts, by code; those that were merged into others are none."""
    called, links = _labels(session), _links(session)
    rows = session.scalars(
        select(ThesaurusConcept).order_by(ThesaurusConcept.code)
    ).all()
    merged = {row.code: row.merged_into for row in rows if row.merged_into}
    return [
        NamedConcept(
            row.code,
            {x: tuple(said) for x, said in called[row.code].names.items()},
            broader=_followed(links[row.code, LinkKind.BROADER], merged, row.code),
            related=_followed(links[row.code, LinkKind.RELATED], merged, row.code),
            same_as=row.same_as_id,
            meaning=row.meaning,
            shared=frozenset(called[row.code].shared),
            readings={x: tuple(each) for x, each in called[row.code].readings.items()},
            definitions={x: Definition(**one) for x, one in row.definitions.items()},
            exact_match=row.exact_match,
            marks=called[row.code].marks,
            version=row.version,
        )
        for row in rows
        if row.code not in merged
    ]


def merged_concepts(session: Session) -> dict[str, str]:
    """Give the concept that each one now is that was merged into another."""
    rows = session.execute(
        select(ThesaurusConcept.code, ThesaurusConcept.merged_into).where(
            ThesaurusConcept.merged_into.is_not(None)
        )
    )
    into = {code: str(other) for code, other in rows}
    return {code: _end(code, into) for code in into}


def _followed(
    codes: Iterable[str], merged: Mapping[str, str], own: str
) -> tuple[str, ...]:
    """Give linked concepts, in place of merged ones those that they are now."""
    ends = dict.fromkeys(_end(code, merged) for code in codes)
    return tuple(code for code in ends if code != own)


def _end(code: str, merged: Mapping[str, str]) -> str:
    while code in merged:
        code = merged[code]
    return code


@dataclass(frozen=True)
class _Called:
    """The labels of a concept."""

    names: dict[str, list[str]] = field(default_factory=dict)
    shared: set[tuple[str, str]] = field(default_factory=set)
    readings: dict[str, list[str]] = field(default_factory=dict)
    marks: dict[tuple[str, str], Mark] = field(default_factory=dict)


def _labels(session: Session) -> defaultdict[str, _Called]:
    called: defaultdict[str, _Called] = defaultdict(_Called)
    marked = Label.state, Label.place, Label.keep, Label.forbidden
    rows = session.execute(
        select(
            Label.concept_code,
            Label.language,
            Label.text,
            Label.shared,
            Label.reading,
            *marked,
        ).order_by(Label.concept_code, Label.language, Label.rank)
    )
    for code, language, text, is_shared, reading, state, place, keep, bad in rows:
        its = called[code]
        its.names.setdefault(language, []).append(text)
        if is_shared:
            its.shared.add((language, text))
        its.readings.setdefault(language, []).append(reading)
        if (mark := Mark(state, place, keep, bad)) != PLAIN:
            its.marks[language, text] = mark
    return called


def _links(session: Session) -> defaultdict[tuple[str, str], list[str]]:
    links: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    rows = session.execute(
        select(Link.from_code, Link.kind, Link.to_code).order_by(
            Link.from_code, Link.kind, Link.rank
        )
    )
    for code, kind, other in rows:
        links[code, kind].append(other)
    return links
