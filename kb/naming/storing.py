"""Writing what was accepted: the concept, its version, and which labels it shares."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, joinedload

from kb.naming.checks import also_called, owners_of
from kb.naming.content import Content, as_content, concept_of, reviewed
from kb.naming.labels import plain
from kb.naming.models import ConceptProposal, ConceptVersion
from kb.people.models import Person
from kb.search.thesaurus import keep_readings
from kb.vocabulary.sowing import write_concepts
from kb.vocabulary.thesaurus import Label, Link, ThesaurusConcept
from kb.vocabulary.thesaurus_lookups import NamedConcept

Known = dict[str, NamedConcept]


def one_at_a_time(session: Session) -> None:
    """Wait until nobody else changes concepts: two changes may make a circle."""
    first = select(ThesaurusConcept).order_by(ThesaurusConcept.code).limit(1)
    session.scalars(first.with_for_update()).all()


def put(
    session: Session, proposal: ConceptProposal, known: Known, content: Content,
    languages: Collection[str], *, by: Person,
) -> None:  # fmt: skip
    """Write a concept as proposed; what it says in those languages is reviewed now."""
    write_all(
        session,
        known,
        [concept_of(reviewed(content, languages))],
        by=proposal.by_id,
        decided_by=by.id,
        note=proposal.note,
    )


def merge_into(
    session: Session, proposal: ConceptProposal, known: Known, content: Content, *,
    by: Person,
) -> None:  # fmt: skip
    """Give one concept all that another is called, and let that one lead to it."""
    gone = proposal.code
    left = relinked(known, gone, proposal.into)
    others = [
        one
        for code, one in left.items()
        if code != proposal.into and one != known[code]
    ]
    _note_first(session, known[gone])
    session.execute(delete(Label).where(Label.concept_code == gone))
    links = (Link.from_code == gone) | (Link.to_code == gone)
    session.execute(delete(Link).where(links))
    row = session.get_one(ThesaurusConcept, gone)
    row.merged_into, row.same_as_id, row.version = proposal.into, None, row.version + 1
    session.flush()
    whole = [concept_of(content), *others]
    write_all(
        session,
        {x: known[x] for x in left},
        whole,
        by=proposal.by_id,
        decided_by=by.id,
        note=proposal.note,
    )


def relinked(known: Known, gone: str, into: str) -> Known:
    """Give all concepts but one, with their links to it leading to another."""

    def put_in(concept: NamedConcept, codes: tuple[str, ...]) -> tuple[str, ...]:
        instead = dict.fromkeys(into if code == gone else code for code in codes)
        return tuple(code for code in instead if code != concept.code)

    return {
        code: replace(
            one,
            broader=put_in(one, one.broader),
            related=put_in(one, one.related),
        )
        for code, one in known.items()
        if code != gone
    }


def write_all(
    session: Session, known: Known, concepts: Iterable[NamedConcept], *,
    by: int | None, decided_by: int | None, note: str,
) -> None:  # fmt: skip
    """Write concepts with a version of each, and read their labels for search."""
    now = {one.code: one for one in concepts}
    owners = owners_of((known | now).values())
    whole = [
        replace(one, shared=frozenset(also_called(one, owners))) for one in now.values()
    ]
    for one in whole:
        if one.code in known:
            _note_first(session, known[one.code])
    rows = write_concepts(session, whole)
    moment = datetime.now(UTC)
    for one in whole:
        row = rows[one.code]
        row.version += 1
        session.add(
            ConceptVersion(
                code=one.code, number=row.version, content=as_content(one),
                note=note, at=moment, by_id=by, decided_by_id=decided_by,
            )
        )  # fmt: skip
    session.flush()
    before = {code: known[code] for code in now.keys() & known.keys()}
    _share(session, [*before.values(), *whole], owners)
    keep_readings(session, [one.code for one in whole])


def versions_of(session: Session, code: str) -> list[ConceptVersion]:
    """Give all versions of a concept, the newest first."""
    query = (
        select(ConceptVersion)
        .where(ConceptVersion.code == code)
        .options(joinedload(ConceptVersion.by), joinedload(ConceptVersion.decided_by))
        .order_by(ConceptVersion.number.desc())
    )
    return list(session.scalars(query))


def _note_first(session: Session, concept: NamedConcept) -> None:
    """Keep what stood before anybody changed it."""
    if concept.version:
        return
    session.add(
        ConceptVersion(
            code=concept.code, number=0, content=as_content(concept),
            at=datetime.now(UTC), by_id=None, decided_by_id=None,
        )
    )  # fmt: skip
    session.flush()


def _share(
    session: Session,
    concepts: Iterable[NamedConcept],
    owners: dict[tuple[str, str], set[str]],
) -> None:
    """Say at labels that others have or had, too, whether they are shared now."""
    said = {
        (language, plain(label)): label
        for concept in concepts
        for language, labels in concept.names.items()
        for label in labels
    }
    own = {concept.code for concept in concepts}
    for key in said:
        bearing = owners.get(key, set())
        for code in bearing - own:
            found = session.scalars(
                select(Label).where(
                    Label.concept_code == code, Label.language == key[0]
                )
            )
            for row in found:
                if plain(row.text) == key[1]:
                    row.shared = len(bearing) > 1
    session.flush()
