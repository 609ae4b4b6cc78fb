"""Whether the index may still hold what a community lets nobody see any more."""

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from kb.journal import KEPT_BACK, JournalDue, JournalLine
from kb.record.lookups import this_day
from kb.record.models import Record
from kb.search.upkeep import READER


def is_behind_communities(session: Session) -> bool:
    """Say whether the worker has still to take something out that is kept back.

    Hits are looked up in the database in any case; but counts, spellings and corrected
    words come from the index alone. Until the worker has been there, the database
    answers: so nothing of it can be guessed, though the worker may sleep.
    """
    over = exists().where(Record.told_until < this_day())
    due = exists().where(
        JournalDue.line_id == JournalLine.id,
        JournalDue.reader == READER,
        JournalLine.what == KEPT_BACK,
    )
    return bool(session.scalar(select(or_(over, due))))
