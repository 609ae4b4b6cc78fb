"""Referring a question to the desk above, or to one beside it; the asker sees why."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.errors import Conflict, NotValid
from kb.helpdesk.desk_tables import Desk
from kb.helpdesk.notices import tell_desk
from kb.helpdesk.pass_tables import Because
from kb.helpdesk.path import above, goes_to, path
from kb.helpdesk.question_tables import Question, State
from kb.helpdesk.working import require_free
from kb.language import _
from kb.people.models import Person

LOOK_AGAIN = _("Please look at the marked fields.")


def desks_to_ask(session: Session, question: Question) -> Sequence[str]:
    """Give the desks that a question may be referred to.

    Those above come first, then the one that keeps the contact, then those beside.
    """
    here = session.get(Desk, question.desk_code) if question.desk_code else None
    if here is None:
        return []
    beside = select(Desk.code).where(
        Desk.parent_code.is_(None)
        if here.parent_code is None
        else Desk.parent_code == here.parent_code
    )
    found = [*above(session, here.code)]
    found += [question.contact_code] if question.contact_code else []
    found += session.scalars(beside.order_by(Desk.code)).all()
    return [code for code in dict.fromkeys(found) if code != here.code]


def refer(
    session: Session, question: Question, to: str, words: str, *, by: Person,
    site: str, knowing: bool = False,
) -> None:  # fmt: skip
    """Ask another desk; the one that had it first keeps the contact.

    :param words: why, in words for the asker.
    :param knowing: she was told that this desk had it already, and wants it still.
    :raises NotAllowed: it is none of hers.
    :raises Conflict: somebody else has it now, or it waits for no answer.
    :raises NotValid: the desk is neither above nor beside, or had it already.
    """
    require_free(session, question, by)
    if question.state != State.OPEN:
        raise Conflict(_("This question waits for no answer."))
    if to not in desks_to_ask(session, question):
        raise NotValid(LOOK_AGAIN, {"to": [str(_("There is no such desk."))]})
    if to in _had_it(session, question) and not knowing:
        said = _("This desk had the question already. Give it back all the same?")
        raise NotValid(LOOK_AGAIN, {"knowing": [str(said)]})
    goes_to(session, question, to, Because.REFERRED, words=words, by=by)
    tell_desk(session, question, site)


def _had_it(session: Session, question: Question) -> set[str | None]:
    steps = path(session, question)
    return {step.from_code for step in steps} | {step.to_code for step in steps}
