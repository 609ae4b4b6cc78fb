"""Writing a question down: it gets its code, its clocks and somebody who has it."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from kb.errors import Unavailable
from kb.helpdesk import clocks
from kb.helpdesk.letters import ASKED, write_asker
from kb.helpdesk.links import known_by_link, new_link
from kb.helpdesk.notices import tell_desk
from kb.helpdesk.question_tables import Question, Shown, State
from kb.helpdesk.sharing_out import share_out
from kb.helpdesk.ticket import new_code
from kb.language import _

TRIES = 5
"""Codes tried at most; that one of a hundred million is taken is rare."""
LONG_SETTLED = timedelta(days=30)
"""After so long what is asked is another season's work, often another's at the desk,
and to count it with the first would make both look a month late: it begins anew."""
HERS = (
    *("language", "reader", "country", "place", "latitude", "longitude"),
    *(
        "land_use_id",
        "theme_id",
        "contact",
        "phone_id",
        "person_id",
        "because",
        "suspect",
    ),
)
"""What a question has from its asker, whatever else she asks."""


def write_down(
    session: Session,
    facts: Mapping[str, Any],
    site: str,
    *,
    secret: str = "",
    shown: Mapping[int, bool] | None = None,
    letter: str = ASKED,
) -> Question:
    """Write it down once, however often and from however many sides it comes.

    :param secret: opens it; the same secret is the same question. Without one its
        asker has a link by mail only, or comes from another question of hers.
    :param letter: event of the message to the asker; without one nobody is told.
    """
    now = datetime.now(UTC)
    for _try in range(TRIES):
        known = known_by_link(session, secret) if secret else None
        if known is not None:
            return known
        try:
            with session.begin_nested():
                question = Question(**facts, at=now, changed=now, code=new_code())
                question.state = State.OPEN
                question.shown = [
                    Shown(record_id=number, was_read=read)
                    for number, read in (shown or {}).items()
                ]
                session.add(question)
                session.flush()
                if secret:
                    new_link(session, question, secret)
                clocks.asked(session, question)
                share_out(session, question)
        except IntegrityError:
            continue  # the code is taken, or the other click was quicker by an instant
        if letter:
            write_asker(session, question, letter, site)
            tell_desk(session, question, site)
        return question
    raise Unavailable(_("This cannot be kept just now. Please try again."))


def facts_of(question: Question) -> dict[str, Any]:
    """Give what another question of the same asker begins with."""
    return {name: getattr(question, name) for name in HERS}


def is_long_settled(question: Question) -> bool:
    """Say whether more words of its asker begin a new question."""
    since = datetime.now(UTC) - question.changed
    return question.state == State.RESOLVED and since > LONG_SETTLED


def begin_again(
    session: Session, question: Question, words: str, *, site: str
) -> Question:
    """Begin a new question where a settled one ends; its links open the new one.

    The desk that had the contact has it, as it knows her.
    """
    facts = facts_of(question) | {"words": words}
    facts["desk_code"] = question.contact_code or question.desk_code
    new = write_down(session, facts, site)
    question.goes_on_id = new.id
    session.flush()
    return new
