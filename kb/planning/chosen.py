"""The practices of a plan, each with its letter and how it stands to the place."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.planning.models import Plan
from kb.practices.kind import KIND
from kb.practices.models import Limit, Practice
from kb.record.lookups import for_page, is_public
from kb.record.models import Record, Relation
from kb.record.reading import Reading
from kb.record.whereabouts import Match, Nearness
from kb.regions.limits import Bound, Verdict, limits_met
from kb.regions.places import Place

SAID = ("conflicts_with", "comes_before", "goes_with", "uses")
"""What is said of two practices of one plan, the gravest first."""


@dataclass(frozen=True)
class Tested(Bound):
    """A limit that was held against a place, with its row."""

    row: Limit


@dataclass(frozen=True)
class Chosen:
    """One practice as it stands in a plan, or is proposed for one."""

    letter: str
    practice: Practice
    reading: Reading
    verdict: Verdict[Tested]
    match: Match | None


@dataclass(frozen=True)
class Between:
    """How two practices of one plan stand to each other."""

    kind: str
    one: str
    other: str
    """Letters."""


def read_practices(
    session: Session,
    numbers: Collection[int],
    language: str,
    near: Nearness | None,
) -> list[Chosen]:
    """Give public practices in the order of their numbers given, with letters.

    The number of queries does not depend on how many there are.
    """
    found = session.scalars(
        select(Practice)
        .where(Practice.id.in_(numbers), is_public())
        .options(*for_page(KIND, language))
    ).unique()
    by_number = {practice.id: practice for practice in found}
    shown = [by_number[number] for number in numbers if number in by_number]
    place = near.place if near is not None else Place()
    return [
        Chosen(
            letter_of(position),
            practice,
            Reading(practice, language),
            limits_met(place, map(_tested, practice.limits)),
            near.match(practice.id) if near is not None else None,
        )
        for position, practice in enumerate(shown)
    ]


def _tested(limit: Limit) -> Tested:
    figures = limit.limit_id, limit.at_least, limit.at_most, limit.unit_id
    return Tested(*figures, row=limit)


def letter_of(position: int) -> str:
    """Give what a practice is called in drawings and sums.

    >>> letter_of(0)
    'A'
    """
    return ascii_uppercase[position % len(ascii_uppercase)]


def not_public(session: Session, plan: Plan, shown: Sequence[Chosen]) -> list[str]:
    """Give the codes of practices in a plan that are not public any more."""
    here = {one.practice.id for one in shown}
    gone = [row.record_id for row in plan.practices if row.record_id not in here]
    if not gone:
        return []
    wanted = select(Record.ref).where(Record.id.in_(gone)).order_by(Record.id)
    return list(session.scalars(wanted))


def between(session: Session, chosen: Sequence[Chosen]) -> list[Between]:
    """Say how practices stand to each other, as far as their records say it."""
    letters = {one.practice.id: one.letter for one in chosen}
    rows = session.execute(
        select(Relation.kind, Relation.from_id, Relation.to_id)
        .where(Relation.from_id.in_(letters), Relation.to_id.in_(letters))
        .where(Relation.kind.in_(SAID))
        .order_by(Relation.id)
    )
    found: dict[tuple[str, frozenset[int]], Between] = {}
    for kind, one, other in rows:
        both = frozenset((one, other))
        found.setdefault((kind, both), Between(kind, letters[one], letters[other]))
    return sorted(found.values(), key=lambda each: SAID.index(each.kind))
