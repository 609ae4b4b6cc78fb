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
    names, shared = _labels(session)
    links = _links(session)
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
            {language: tuple(said) for language, said in names[code].items()},
            broader=tuple(links[code, LinkKind.BROADER]),
            related=tuple(links[code, LinkKind.RELATED]),
            same_as=same_as,
            meaning=meaning,
            shared=frozenset(shared[code]),
        )
        for code, same_as, meaning in rows
    ]


def _labels(
    session: Session,
) -> tuple[
    defaultdict[str, dict[str, list[str]]], defaultdict[str, set[tuple[str, str]]]
]:
    names: defaultdict[str, dict[str, list[str]]] = defaultdict(dict)
    shared: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    rows = session.execute(
        select(Label.concept_code, Label.language, Label.text, Label.shared).order_by(
            Label.concept_code, Label.language, Label.rank
        )
    )
    for code, language, text, is_shared in rows:
        names[code].setdefault(language, []).append(text)
        if is_shared:
            shared[code].add((language, text))
    return names, shared


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
