"""What was tried and checked, as a site and as effects of the record, level E2.

So it is seen wherever sites and effects are: in the table of what was measured, in the
list of sites, among places like the reader's, in pooled results and in the order by
places tried.
"""

from datetime import date

from sqlalchemy import delete
from sqlalchemy.orm import Session

from kb import journal
from kb.feedback.models import Result, Tried
from kb.language import FALLBACK, country_name
from kb.people import log
from kb.people.models import Person
from kb.record.models import Effect, Site, Source

LEVEL = "evidence:E2"
METHOD, COMPARED_WITH = "method:account", "comparator:before"
DIGITS = 6
"""Digits after the point of a difference: those of the figures, without the noise."""
PRECISION_KM = 11.0
"""A tenth of a degree of latitude is 11.1 km."""
RELATIVE = frozenset(f"unit:{u}" for u in ("percent", "percent_yr", "ratio", "times"))
"""Of these the difference of two figures is another thing than a relative change, so
that it must not be pooled with what studies give in the same unit."""


def add(session: Session, tried: Tried, *, by: Person) -> None:
    """Hang a site and effects on the record; the index hears of it."""
    source = Source(key=key_of(tried), citation=_citation(tried), year=tried.year)
    session.add(source)
    session.flush()
    tried.source_id = source.id
    session.add(_site(tried))
    session.add_all(
        _effect(tried, number, result, source.id)
        for number, result in enumerate(tried.results, start=1)
        if result.plausible
    )
    _note(session, tried, "tried and checked", by)


def take_back(session: Session, tried: Tried, *, by: Person) -> None:
    """Take them away again."""
    source_id, tried.source_id = tried.source_id, None
    session.flush()
    session.execute(delete(Effect).where(Effect.source_id == source_id))
    session.execute(
        delete(Site).where(
            Site.record_id == tried.record_id, Site.told_in == key_of(tried)
        )
    )
    session.execute(delete(Source).where(Source.id == source_id))
    _note(session, tried, "tried, taken back", by)


def key_of(tried: Tried) -> str:
    """Give the key of the source that the results of a trial are cited as."""
    return f"tried-{tried.id}"


def _citation(tried: Tried) -> str:
    """Write what the results are cited as; no name, for that may be taken back."""
    where = country_name(tried.country, in_language=FALLBACK)
    place = f"{tried.place}, {where}" if tried.place else where
    checked = date.today().year  # noqa: DTZ011
    return (
        f"Own report of a land user, {place}, {tried.year}. "
        f"Checked by an adviser, {checked}. Humus, {key_of(tried)}."
    )


def _site(tried: Tried) -> Site:
    return Site(
        record_id=tried.record_id,
        place=tried.place or country_name(tried.country, in_language=FALLBACK),
        country=tried.country,
        latitude=tried.latitude,
        longitude=tried.longitude,
        precision_km=None if tried.latitude is None else PRECISION_KM,
        land_use_id=tried.land_use_id,
        told_in=key_of(tried),
    )


def _effect(tried: Tried, number: int, result: Result, source_id: int) -> Effect:
    change = None
    if result.before is not None and result.unit_id not in RELATIVE:
        change = round(result.after - result.before, DIGITS)
    return Effect(
        record_id=tried.record_id,
        key=f"{key_of(tried)}-{number}",
        indicator_id=result.indicator_id,
        unit_id=result.unit_id,
        value=change,
        baseline=result.before,
        after_value=result.after,
        years=result.years,
        comparator_id=COMPARED_WITH if result.before is not None else None,
        method_id=METHOD,
        evidence_id=LEVEL,
        source_id=source_id,
        told_in=key_of(tried),
    )


def _note(session: Session, tried: Tried, what: str, by: Person) -> None:
    session.flush()
    journal.write(
        session,
        what,
        kind=tried.record.kind,
        record_id=tried.record_id,
        by=log.called(by),
        note=key_of(tried),
    )
