"""Putting a question off until a day, because something has to be waited for.

The asker reads why, and until when; the clocks stand still. On that day, or as soon as
she says more, it is the desk's turn again.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.errors import Conflict, NotValid
from kb.helpdesk import clocks
from kb.helpdesk.desks import get_desk, today_at
from kb.helpdesk.letters import PUT_OFF, write_asker
from kb.helpdesk.notices import tell_desk
from kb.helpdesk.pass_tables import Because
from kb.helpdesk.path import stays
from kb.helpdesk.question_tables import Question, State
from kb.helpdesk.working import let_go, require_free
from kb.language import _
from kb.people.models import Person

LONGEST = timedelta(days=366)
MOST_AT_ONCE = 100
"""Questions that are taken up again in one pass of the worker."""


def put_off(
    session: Session, question: Question, until: date, words: str, *, by: Person,
    site: str,
) -> None:  # fmt: skip
    """Let a question wait until a day of the desk; its asker is written to.

    :param words: what is waited for, in words for the asker.
    :raises NotAllowed: it is none of hers.
    :raises Conflict: somebody else has it now, it waits for no answer, or no desk has
        it.
    :raises NotValid: the day is not ahead, or farther than a year.
    """
    require_free(session, question, by)
    if question.state != State.OPEN or question.desk_code is None:
        raise Conflict(_("This question waits for no answer."))
    zone = get_desk(session, question.desk_code).zone
    today = today_at(zone, datetime.now(UTC))
    if not today < until <= today + LONGEST:
        said = str(_("Please give a day from tomorrow on, within a year."))
        raise NotValid(_("Please look at the marked fields."), {"until": [said]})
    stays(session, question, Because.PUT_OFF, words=words, by=by)
    clocks.stand_still(session, question)
    question.resumes = datetime.combine(until, time(), ZoneInfo(zone)).astimezone(UTC)
    question.due, question.changed = question.resumes, datetime.now(UTC)
    let_go(question)
    session.flush()
    write_asker(session, question, PUT_OFF, site, day=until.isoformat())


def resume_due(session: Session, *, site: str) -> int:
    """Take up again what was put off until now; give how many that were.

    :param site: where addresses of this installation begin.
    """
    waited = (
        select(Question)
        .where(Question.resumes <= datetime.now(UTC))
        .order_by(Question.resumes, Question.id)
        .limit(MOST_AT_ONCE)
        .with_for_update()
    )
    found = session.scalars(waited).all()
    for question in found:
        clocks.go_on(session, question)
        tell_desk(session, question, site)
    return len(found)
