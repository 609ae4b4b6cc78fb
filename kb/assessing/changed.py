"""A published change of what a record means: it counts as an assessment."""

from dataclasses import asdict
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb import journal
from kb.assessing.given import LONGEST_LINE
from kb.assessing.history import counts_of, version_of
from kb.assessing.models import Assessment, Then, Verdict, Way
from kb.assessing.service import set_clock
from kb.credit.models import Contribution, Share
from kb.people import log
from kb.people.models import Person
from kb.record.models import Record
from kb.writing.filled import cleaned
from kb.writing.models import Draft, Significance
from kb.writing.publishing import Said


def count_as_assessed(
    session: Session, draft: Draft, record: Record, said: Said, *, by: Person
) -> Assessment | None:
    """Start the clock of a record anew, if its meaning was changed.

    To be called by whoever publishes, in the same transaction. Whoever reviewed it is
    named as she stands among those who made the record.

    :return: nothing for a new record, and where typing or wording alone was changed.
    """
    if not draft.based_on or said.significance != Significance.MEANING:
        return None
    row = Assessment(
        **asdict(counts_of(session, record.id)),
        record_id=record.id,
        version=version_of(session, record.id),
        at=datetime.now(UTC),
        due_on=record.review_due_on,
        way=Way.CHANGE,
        verdict=Verdict.YES,
        then=Then.NOTHING,
        evidence="",
        users="",
        line=" ".join(cleaned(said.note).split())[:LONGEST_LINE],
        language=draft.language,
        note="",
        name=_named(session, record, by),
        by_id=by.id,
        once=f"draft {draft.id}",
        draft_id=draft.id,
    )
    session.add(row)
    set_clock(record, row)
    session.flush()
    journal.write(
        session, "assessed", kind=record.kind, record_id=record.id,
        by=log.called(by), note=row.way,
    )  # fmt: skip
    return row


def _named(session: Session, record: Record, by: Person) -> str:
    name = session.scalar(
        select(Contribution.name).where(
            Contribution.record_id == record.id,
            Contribution.person_id == by.id,
            Contribution.role == Share.REVIEWER,
        )
    )
    return name or ""
