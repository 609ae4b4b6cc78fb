"""Reading the thesaurus: all concepts with all labels, in three queries."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kb.language import FALLBACK
from kb.vocabulary.thesaurus import Label, Link, LinkKind, ThesaurusConcept

Stamp = tuple[int, datetime | None]
"""How many concepts there are and when the last was changed."""


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

    def name(self, language: str) -> str:
        """Give its preferred label; the English one where the language has none."""
        named = self.names.get(language) or self.names.get(FALLBACK)
        return named[0] if named else self.code


def thesaurus_stamp(session: Session) -> Stamp:
    """Say how the thesaurus stands, at little cost."""
    count, changed = session.execute(
        select(func.count(), func.max(ThesaurusConcept.changed_at))
    ).one()
    return count, changed


def read_concepts(session: Session) -> list[NamedConcept]:
    """Read all concepts, by code."""
    called, links = _labels(session), _links(session)
    rows = session.execute(
        select(
            ThesaurusConcept.code,
            ThesaurusConcept.same_as_id,
            ThesaurusConcept.meaning,
        ).order_by(ThesaurusConcept.code)
    )
    return [
        NamedConcept(
            code,
            {language: tuple(said) for language, said in called[code].names.items()},
            broader=tuple(links[code, LinkKind.BROADER]),
            related=tuple(links[code, LinkKind.RELATED]),
            same_as=same_as,
            meaning=meaning,
            shared=frozenset(called[code].shared),
            readings={x: tuple(each) for x, each in called[code].readings.items()},
        )
        for code, same_as, meaning in rows
    ]


@dataclass(frozen=True)
class _Called:
    """The labels of a concept."""

    names: dict[str, list[str]] = field(default_factory=dict)
    shared: set[tuple[str, str]] = field(default_factory=set)
    readings: dict[str, list[str]] = field(default_factory=dict)


def _labels(session: Session) -> defaultdict[str, _Called]:
    called: defaultdict[str, _Called] = defaultdict(_Called)
    rows = session.execute(
        select(
            Label.concept_code, Label.language, Label.text, Label.shared, Label.reading
        ).order_by(Label.concept_code, Label.language, Label.rank)
    )
    for code, language, text, is_shared, reading in rows:
        its = called[code]
        its.names.setdefault(language, []).append(text)
        if is_shared:
            its.shared.add((language, text))
        its.readings.setdefault(language, []).append(reading)
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
