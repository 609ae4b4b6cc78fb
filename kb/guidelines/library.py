"""The library: all public guidelines, those that hold now and older editions."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session, aliased, joinedload, selectinload

from kb.guidelines.models import Guideline
from kb.record.lookups import is_public
from kb.record.models import Record, Relation, Status, Telling

MOST = 200
"""Guidelines on one page; the search has all of them."""


@dataclass(frozen=True)
class Shelf:
    """What the library shows of one choice."""

    standing: Sequence[Guideline]
    """What nothing newer has taken the place of."""
    older: Sequence[Guideline]


def shelf(session: Session, *, theme: str = "", regions: Collection[str] = ()) -> Shelf:
    """Give the public guidelines on a theme and for a region, the newest first.

    :param theme: a code of the list ``theme``; empty for all.
    :param regions: a region and all that hold it; nothing for everywhere. What is said
        to be for no region in particular is always there.
    """
    newer = aliased(Record)
    replaced = exists(
        select(Relation.id)
        .join(newer, newer.id == Relation.from_id)
        .where(Relation.to_id == Guideline.id, Relation.kind == "supersedes")
        .where(newer.status == Status.PUBLISHED, newer.telling != Telling.KEPT)
    )
    wanted = (
        select(Guideline, replaced)
        .where(is_public())
        .options(joinedload(Guideline.texts), selectinload(Guideline.tags))
        .order_by(func.coalesce(Guideline.issued, 0).desc(), Guideline.id)
    )
    if theme:
        wanted = wanted.where(Guideline.tags.any(concept_id=f"theme:{theme}"))
    if regions:
        wanted = wanted.where(Guideline.region.in_({*regions, ""}))
    rows = session.execute(wanted).unique().all()[:MOST]
    return Shelf(
        [one for one, is_old in rows if not is_old],
        [one for one, is_old in rows if is_old],
    )
