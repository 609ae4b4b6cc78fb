"""What people tried on their own land: told, held, checked by somebody who knows.

What failed counts as much as what worked. Once checked it is evidence of level E2; what
nobody has checked is shown to nobody.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from kb.errors import NotFound
from kb.feedback import evidence, photos
from kb.feedback.models import HeldState, Result, Tried
from kb.feedback.notices import answer_writer, tell_editors
from kb.feedback.rules import RULES, may, said_of
from kb.feedback.written import (
    decide,
    find,
    looks_like_advertising,
    require_reason,
    require_state,
    said_just_now,
    seen_by,
    who,
)
from kb.language import _
from kb.people.models import Person
from kb.pictures.models import Picture
from kb.record.models import Record
from kb.regions.atlas import Point
from kb.regions.said import coarse


def tell(
    session: Session,
    record: Record,
    given: Mapping[str, Any],
    results: Sequence[Mapping[str, Any]],
    *,
    point: Point | None,
    by: Person | None,
    site: str,
    photo: photos.Photo | None = None,
) -> Tried:
    """Take in what somebody tried; it is held until it is checked.

    :param point: where that was, if that is known; kept to a tenth of a degree.
    """
    near = coarse(point) if point else None
    row = Tried(
        **who(given, by),
        record_id=record.id,
        state=HeldState.HELD,
        suspect=looks_like_advertising(given["done"], given["why"], given["failed"]),
        country=given["country"],
        place=given["place"],
        latitude=near.latitude if near else None,
        longitude=near.longitude if near else None,
        land_use_id=f"land_use:{given['land_use']}",
        season_id=f"season:{given['season']}" if given["season"] else None,
        **{
            name: given[name]
            for name in ("year", "area_ha", "done", "outcome", "why", "failed")
        },
        results=[_result(one) for one in results],
    )
    known = said_just_now(session, row, "done", "country", "year")
    if known is not None:
        return known
    session.add(row)
    session.flush()
    if photo is not None:
        photos.keep(session, row, record, photo, by=by)
    tell_editors(session, record, "tried", site=site)
    return row


def _result(given: Mapping[str, Any]) -> Result:
    return Result(
        indicator_id=f"indicator:{given['indicator']}",
        unit_id=f"unit:{given['unit']}",
        before=given["before"],
        after=given["after"],
        years=given["years"],
    )


def held(session: Session, *, by: Person) -> Sequence[Tried]:
    """Give what waits to be checked and a person may see, the oldest first."""
    waits = select(Tried).where(Tried.state == HeldState.HELD)
    wanted = waits.order_by(Tried.suspect, Tried.id)
    whole = wanted.options(joinedload(Tried.record))
    return seen_by(session, by, "see held trials", Tried, whole)


def days_of(session: Session, record_id: int) -> list[tuple[date, str]]:
    """Give day and language of each checked report that a record was tried."""
    rows = session.execute(
        select(Tried.at, Tried.language).where(
            Tried.record_id == record_id, Tried.state == HeldState.PASSED
        )
    )
    return [(at.date(), language) for at, language in rows]


def get_tried(session: Session, number: int, *, by: Person) -> Tried:
    """Give what somebody tried, for whoever may see it before it is checked.

    :raises NotFound: there is none, or it is none of hers.
    """
    whole = selectinload(Picture.words), selectinload(Picture.sizes)
    pictured = selectinload(Tried.picture).options(*whole)
    row = find(session, Tried, number, selectinload(Tried.results), pictured)
    if row is None or not may(session, row, "see held trials", by=by):
        raise NotFound(_("There is no such report."))
    return row


def check(
    session: Session, row: Tried, *, by: Person, plausible: Collection[int],
    note: str, site: str, pictured: bool = True,
) -> None:  # fmt: skip
    """Let what was tried count: as a site, and with the results that are plausible.

    :param plausible: numbers of the results that count.
    :param pictured: whether the photo that came with it is shown to all.
    :raises NotAllowed: it is her own, or she may not check trials of this record.
    :raises Conflict: it was decided meanwhile.
    """
    RULES.require(by, "check a trial", said_of(session, row.record, row))
    require_state(row, HeldState.HELD)
    decide(row, HeldState.PASSED, by=by, note=note)
    for result in row.results:
        result.plausible = result.id in plausible
    evidence.add(session, row, by=by)
    photos.decide(session, row, shown=pictured, by=by)
    answer_writer(session, row, "tried-checked", row.record, site)
    row.contact = ""
    session.flush()


def refuse(session: Session, row: Tried, *, by: Person, note: str) -> None:
    """Let it not count, or no more; why is said and kept.

    :raises NotAllowed: it is her own, or she may not check trials of this record.
    :raises Conflict: it was refused already.
    :raises NotValid: it is not said why.
    """
    RULES.require(by, "check a trial", said_of(session, row.record, row))
    require_state(row, HeldState.HELD, HeldState.PASSED)
    require_reason(note)
    if row.state == HeldState.PASSED:
        evidence.take_back(session, row, by=by)
    decide(row, HeldState.REFUSED, by=by, note=note)
    photos.decide(session, row, shown=False, by=by)
    row.contact = ""
    session.flush()


def passed(session: Session, record_id: int) -> Sequence[Tried]:
    """Give what was tried and checked, the newest year first, without its results."""
    return session.scalars(
        select(Tried)
        .where(Tried.record_id == record_id, Tried.state == HeldState.PASSED)
        .order_by(Tried.year.desc(), Tried.id)
    ).all()


def with_results(session: Session, rows: Sequence[Tried]) -> Sequence[Tried]:
    """Give trials with those of their results that count, in one query more."""
    plausible = selectinload(Tried.results.and_(Result.plausible))
    numbers = [row.id for row in rows]
    if numbers:
        again = select(Tried).where(Tried.id.in_(numbers)).options(plausible)
        session.scalars(again.execution_options(populate_existing=True)).all()
    return rows
