"""Settling on the record what its community agreed to, so that every door knows."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from kb import journal
from kb.communities.models import Agreement, Community, Cover, GivenBack, Holding, Shown
from kb.communities.season import Window, both, last_day, needed, season
from kb.record.lookups import is_open, this_day
from kb.record.models import LocalName, Record, Site, Telling

KEPT_BACK = journal.KEPT_BACK
"""What the journal says of a record that is not told any more."""
TOLD = "told as its community agreed"
BY = "kb worker"


def settle(session: Session, holding: Holding, *, by: str) -> None:
    """Bring a record level with what its community agreed to, as of today.

    The slip is written in any case: what is shown beside the record may have changed.

    :param holding: with its consents, their ends and its record loaded.
    """
    record = holding.record
    if record is None:
        return
    record.telling, window = _due(session, holding, record, this_day())
    record.told_from, record.told_until = window.first, window.last
    session.flush()
    what = TOLD if is_open(record) else KEPT_BACK
    journal.write(session, what, kind=record.kind, record_id=record.id, by=by)


def settle_due(session: Session) -> int:
    """Settle what begins or ends today; give how many records that were."""
    today = this_day()
    due = or_(Record.told_until < today, Record.told_from <= today)
    wanted = whole().join(Record, Record.id == Holding.record_id).where(due)
    holdings: Sequence[Holding] = session.scalars(
        wanted.with_for_update(of=Record)
    ).all()
    for holding in holdings:
        settle(session, holding, by=BY)
    return len(holdings)


def whole() -> Select[Holding]:
    """Give holdings with all that `settle` asks of them, as a query to go on with.

    What was given back is none of them.
    """
    kept = Holding.id.not_in(select(GivenBack.holding_id))
    return (
        select(Holding)
        .where(kept)
        .options(
            joinedload(Holding.community).selectinload(Community.names),
            joinedload(Holding.record),
            selectinload(Holding.notices),
            selectinload(Holding.consents).joinedload(Agreement.end),
        )
    )


def _due(
    session: Session, holding: Holding, record: Record, today: date
) -> tuple[Telling, Window]:
    parts = needed(
        sites=_has(session, Site, record), names=_has(session, LocalName, record)
    )
    agreed = last_day(holding.consents, today, parts)
    if agreed is None or holding.shown == Shown.MEMBERS:
        return Telling.KEPT, Window()
    if holding.shown == Shown.SEASON and not holding.months:
        return Telling.KEPT, Window()
    if holding.shown == Shown.SEASON:
        agreed = both(agreed, season(months_of(holding), today))
    pictured = last_day(holding.consents, today, [Cover.PICTURES])
    if pictured is None:
        return Telling.UNPICTURED, agreed
    return Telling.OPEN, both(agreed, pictured)


def months_of(holding: Holding) -> set[int]:
    """Give the months in which all may be told."""
    return {int(month) for month in holding.months.split()}


def _has(session: Session, what: type[Site | LocalName], record: Record) -> bool:
    there = select(exists().where(what.record_id == record.id))
    return bool(session.scalar(there))
