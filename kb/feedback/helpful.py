"""Was this helpful: counted once for each browser, without knowing whose it is."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from kb.feedback.models import Helpful
from kb.record.models import Record


def say_helpful(
    session: Session, record: Record, given: Mapping[str, str], *,
    voters: Sequence[str], language: str,
) -> str:  # fmt: skip
    """Count an answer; whoever answers again changes hers. Give whose row it is.

    :param voters: digests this browser may be known by, the one to be kept first.
    """
    wanted = select(Helpful).where(
        Helpful.record_id == record.id, Helpful.voter.in_(voters)
    )
    row = session.scalar(wanted.limit(1))
    if row is None:
        row = Helpful(record_id=record.id, voter=voters[0])
    row.day, row.language = datetime.now(UTC).date(), language
    row.helpful, row.reason = given["helpful"] == "yes", given["reason"]
    voter: str = row.voter or ""
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:  # the second of two clicks was quicker
        return voter
    return voter


def counts(session: Session, record_id: int) -> dict[tuple[bool, str], int]:
    """Count the answers about a record: yes or no, and reason → how many."""
    rows = session.execute(
        select(Helpful.helpful, Helpful.reason, func.count())
        .where(Helpful.record_id == record_id)
        .group_by(Helpful.helpful, Helpful.reason)
    )
    return {(helpful, reason): number for helpful, reason, number in rows}
