"""How far the yearly assessment has come, by country, subregion and year."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, extract, func, or_, select
from sqlalchemy.orm import Session, aliased

from kb.assessing.clock import this_day
from kb.assessing.models import Assessment, Verdict, Way
from kb.assessing.rules import REPORTING, has_role, within
from kb.errors import NotAllowed
from kb.language import _
from kb.people.models import Person
from kb.record.lookups import is_told
from kb.record.models import Record, Site, Status
from kb.regions.models import Region, RegionKind

COLUMNS = ("published", "due", "assessed", "yes", "partly", "no", "changed")
NOWHERE = ""
"""Stands for records that name no country."""


@dataclass(frozen=True)
class Line:
    """The records of one region in one year; one of two regions counts in both."""

    country: str
    """Its code; of a subregion that of UN M49, such as ``011``."""
    published: int
    """Public now, and published by the end of the year."""
    due: int
    """Due on a day of the year."""
    assessed: int
    """Assessed in the year, also if withdrawn since."""
    yes: int
    partly: int
    no: int
    """What the last assessment of the year said."""
    changed: int
    """Those of the assessed where that was no form, but a published change."""


@dataclass(frozen=True)
class Report:
    """Lines by country, by subregion, and all records once each."""

    year: int
    lines: Sequence[Line]
    subregions: Sequence[Line]
    total: Line


@dataclass(frozen=True)
class _Fact:
    """One record in one year."""

    published: bool
    due: bool
    verdict: str
    way: str


def report(session: Session, person: Person, year: int) -> Report:
    """Count what lies within her roles; four queries.

    :raises NotAllowed: she neither edits nor administers.
    """
    if not has_role(person, REPORTING):
        raise NotAllowed(_("You may not do this."), step="see the report")
    hers = select(Record.id).where(within(person, REPORTING), is_told())
    facts = _facts(session, hers, year)
    places: dict[str, set[int]] = {}
    sites = select(Site.country, Site.record_id).where(Site.record_id.in_(hers))
    for country, number in session.execute(sites.distinct()):
        if country:
            places.setdefault(country, set()).add(number)
    placed = set().union(*places.values())
    elsewhere = facts.keys() - placed
    if elsewhere:
        places[NOWHERE] = elsewhere
    wider = _by_subregion(session, places)
    lines, subregions = (_lines(each, facts) for each in (places, wider))
    return Report(year, lines, subregions, _line(NOWHERE, facts.values()))


def _by_subregion(
    session: Session, places: Mapping[str, set[int]]
) -> dict[str, set[int]]:
    """Give subregion → records, each once, of country → records."""
    above = aliased(Region)
    rows = session.execute(
        select(Region.code, above.code)
        .join(above, above.code == Region.parent_code)
        .where(Region.code.in_(places), above.kind == RegionKind.SUBREGION)
    )
    wider: dict[str, set[int]] = {}
    for country, subregion in rows:
        wider.setdefault(subregion, set()).update(places[country])
    return wider


def _lines(places: Mapping[str, set[int]], facts: Mapping[int, _Fact]) -> list[Line]:
    lines = [
        _line(place, (facts[n] for n in numbers if n in facts))
        for place, numbers in places.items()
    ]
    return [one for one in lines if one.published or one.due or one.assessed]


def years(session: Session) -> list[int]:
    """Give the years there is something to report of, newest first."""
    first = session.scalar(select(func.min(Record.published_on)))
    last = session.scalar(select(func.max(Record.review_due_on)))
    today = this_day()
    return list(range(max(last or today, today).year, (first or today).year - 1, -1))


def _facts(session: Session, hers: Select[int], year: int) -> dict[int, _Fact]:
    said, was_due = _said(session, hers, year)
    rows = session.execute(
        select(
            Record.id, Record.status, Record.published_on, Record.review_due_on
        ).where(Record.id.in_(hers))
    )
    return {
        number: _Fact(
            status == Status.PUBLISHED and _by(year, published),
            number in was_due
            or (status == Status.PUBLISHED and due is not None and due.year == year),
            *said.get(number, ("", "")),
        )
        for number, status, published, due in rows
    }


def _said(
    session: Session, hers: Select[int], year: int
) -> tuple[dict[int, tuple[str, str]], set[int]]:
    """Give last verdict of the year and its way, and which records were due in it."""
    rows = session.execute(
        select(
            Assessment.record_id,
            Assessment.at,
            Assessment.due_on,
            Assessment.verdict,
            Assessment.way,
        )
        .where(Assessment.record_id.in_(hers))
        .where(
            or_(
                extract("year", Assessment.at).between(year - 1, year + 1),
                extract("year", Assessment.due_on) == year,
            )
        )
        .order_by(Assessment.id)
    ).all()
    said = {
        row.record_id: (row.verdict, row.way) for row in rows if row.at.year == year
    }
    return said, {r.record_id for r in rows if r.due_on and r.due_on.year == year}


def _by(year: int, day: date | None) -> bool:
    return day is not None and day.year <= year


def _line(country: str, facts: Iterable[_Fact]) -> Line:
    each = list(facts)
    said = [fact.verdict for fact in each if fact.verdict]
    return Line(
        country,
        published=sum(fact.published for fact in each),
        due=sum(fact.due for fact in each),
        assessed=len(said),
        yes=said.count(Verdict.YES),
        partly=said.count(Verdict.PARTLY),
        no=said.count(Verdict.NO),
        changed=sum(fact.way == Way.CHANGE for fact in each),
    )
