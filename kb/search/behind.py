"""Whether the index may still hold what a community lets nobody see any more."""

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from kb.errors import Unavailable
from kb.journal import KEPT_BACK, JournalDue, JournalLine, readers_in
from kb.language import _
from kb.record.lookups import this_day
from kb.record.models import Record


def require_level(session: Session) -> None:
    """Refuse the index while the worker has still to take out what is kept back.

    Hits are looked up in the database in any case; but counts, spellings and corrected
    words come from the index alone. Until the worker has been there, the database
    answers: so nothing of it can be guessed, though the worker may sleep.

    :raises Unavailable: it is not level with what communities agreed to.
    """
    over = exists().where(Record.told_until < this_day())
    due = exists().where(
        JournalDue.line_id == JournalLine.id,
        JournalDue.reader == readers_in(session).own,
        JournalLine.what == KEPT_BACK,
    )
    if session.scalar(select(or_(over, due))):
        raise Unavailable(_("Please search anew."))
