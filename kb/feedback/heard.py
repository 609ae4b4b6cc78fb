"""All that is shown of what users said about one record; no address is among it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.orm import Session

from kb.feedback import comments, tried
from kb.feedback.models import (
    Comment,
    HeldState,
    Helpful,
    Report,
    ReportState,
    Said,
    Tried,
)


@dataclass(frozen=True)
class Heard:
    """What users said of a record."""

    yes: int
    no: int
    """How many found it helpful, and how many did not."""
    tried: Sequence[Tried]
    """Checked trials, the newest year first."""
    comments: Sequence[Comment]
    warnings: Sequence[Report]
    """Dangers that are confirmed and not settled."""

    @cached_property
    def outcomes(self) -> Counter[str]:
        """How many go on, changed it, stopped."""
        return Counter(one.outcome for one in self.tried)

    @property
    def threads(self) -> list[tuple[Comment, list[Comment]]]:
        """Give the comments with their answers; one whose comment went goes too."""
        answers: dict[int, list[Comment]] = {}
        for one in self.comments:
            if one.answers_id is not None:
                answers.setdefault(one.answers_id, []).append(one)
        begun = [one for one in self.comments if one.answers_id is None]
        return [(one, answers.get(one.id, [])) for one in begun]


def heard(session: Session, record_id: int) -> Heard:
    """Give what users said of a record: one query says what there is.

    Trials, comments and warnings are read where there are any, one query for each.
    """
    yes, no, trials, said, warned = session.execute(
        select(
            _answers(record_id, helpful=True),
            _answers(record_id, helpful=False),
            _how_many(Tried, record_id, HeldState.PASSED),
            _how_many(Comment, record_id, HeldState.PASSED),
            _how_many(Report, record_id, ReportState.CONFIRMED),
        )
    ).one()
    return Heard(
        yes,
        no,
        tried.passed(session, record_id) if trials else (),
        comments.shown(session, record_id) if said else (),
        _warnings(session, record_id) if warned else (),
    )


def _answers(record_id: int, *, helpful: bool) -> ScalarSelect[int]:
    same = Helpful.record_id == record_id, Helpful.helpful.is_(helpful)
    return select(func.count(Helpful.id)).where(*same).scalar_subquery()


def _how_many(table: type[Said], record_id: int, state: str) -> ScalarSelect[int]:
    same = table.record_id == record_id, table.state == state
    return select(func.count(table.id)).where(*same).scalar_subquery()


def _warnings(session: Session, record_id: int) -> Sequence[Report]:
    warned = select(Report).where(
        Report.record_id == record_id,
        Report.state == ReportState.CONFIRMED,
        Report.warning != "",
    )
    return session.scalars(warned.order_by(Report.id)).all()
