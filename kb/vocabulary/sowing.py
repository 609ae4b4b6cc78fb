"""Writing the thesaurus."""

from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from kb import journal
from kb.vocabulary.thesaurus import Label, Link, LinkKind, ThesaurusConcept
from kb.vocabulary.thesaurus_lookups import NamedConcept


def standing(session: Session) -> dict[str, str]:
    """Give the digest of what was last taken in, concept by concept."""
    rows = session.execute(select(ThesaurusConcept.code, ThesaurusConcept.fingerprint))
    return dict(rows.all())


def store(session: Session, changed: Mapping[str, NamedConcept]) -> None:
    """Write concepts that were taken in, in place of what stood there.

    :param changed: digest → concept.
    """
    rows = write_concepts(session, changed.values())
    for digest, concept in changed.items():
        rows[concept.code].fingerprint = digest
    session.flush()


def write_concepts(
    session: Session, concepts: Collection[NamedConcept]
) -> dict[str, ThesaurusConcept]:
    """Write concepts in place of what stood there; give their rows, by code.

    Any record may speak of them, so all are due for the index again.
    """
    if not concepts:
        return {}
    stood = {c.code: c for c in session.scalars(select(ThesaurusConcept))}
    now = datetime.now(UTC)
    for concept in concepts:
        row = stood.setdefault(concept.code, ThesaurusConcept(code=concept.code))
        row.meaning, row.same_as_id = concept.meaning, concept.same_as
        row.definitions = {x: one._asdict() for x, one in concept.definitions.items()}
        row.exact_match, row.changed_at = concept.exact_match, now
        session.add(row)
    session.flush()
    codes = [concept.code for concept in concepts]
    session.execute(delete(Label).where(Label.concept_code.in_(codes)))
    session.execute(delete(Link).where(Link.from_code.in_(codes)))
    _insert(session, Label, [row for c in concepts for row in _labels(c)])
    _insert(session, Link, [row for c in concepts for row in _links(c)])
    journal.due_again(session)
    return {code: stood[code] for code in codes}


def _insert(
    session: Session, table: type[Label | Link], rows: list[dict[str, Any]]
) -> None:
    if rows:
        session.connection().execute(insert(table), rows)


def _labels(concept: NamedConcept) -> Iterator[dict[str, Any]]:
    for language, said in concept.names.items():
        for rank, text in enumerate(said):
            yield {
                "concept_code": concept.code,
                "language": language,
                "rank": rank,
                "text": text,
                "shared": (language, text) in concept.shared,
                **concept.mark(language, text)._asdict(),
            }


def _links(concept: NamedConcept) -> Iterator[dict[str, Any]]:
    for kind, others in (
        (LinkKind.BROADER, concept.broader),
        (LinkKind.RELATED, concept.related),
    ):
        for rank, other in enumerate(others):
            yield {
                "from_code": concept.code,
                "kind": kind.value,
                "to_code": other,
                "rank": rank,
            }
