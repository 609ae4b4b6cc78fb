"""Making one of two questions of the same asker, and two of one.

Who typed an address need not be whose it is. So where two questions have no more in
common than that, only links that went to the address open what they became.
"""

from datetime import UTC, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from kb.errors import Conflict, NotValid
from kb.feedback.written import TWICE
from kb.helpdesk import clocks
from kb.helpdesk.beginning import facts_of, write_down
from kb.helpdesk.letters import JOINED, PARTED, write_asker
from kb.helpdesk.links import only_mailed
from kb.helpdesk.look_tables import Look
from kb.helpdesk.mail_tables import MailIn, QuestionPicture
from kb.helpdesk.marking import other_by_code
from kb.helpdesk.notices import tell_desk
from kb.helpdesk.pass_tables import Because
from kb.helpdesk.path import stays
from kb.helpdesk.publishing import standing
from kb.helpdesk.question_tables import Message, Note, Question, State
from kb.helpdesk.sharing_out import share_out
from kb.helpdesk.ticket import spoken
from kb.helpdesk.translate_tables import Untranslated
from kb.helpdesk.working import let_go, require_free
from kb.language import _
from kb.people.models import Person

LOOK_AGAIN = _("Please look at the marked fields.")
NO_DESK = _("Please give it to a desk first.")


def join(
    session: Session, question: Question, typed: str, *, by: Person, site: str
) -> Question:
    """Make messages of the earlier question of what was said of the later.

    The later is settled, and its links open the earlier, which is given back.

    :param typed: the code of the other.
    :raises NotAllowed: she may not answer both.
    :raises NotValid: there is no such question, or somebody else asked it.
    :raises Conflict: somebody else is at one of them, the later is or may become
        public, or the asker cannot be written to and has to be.
    """
    require_free(session, question, by)
    other = other_by_code(session, typed, "same", by=by)
    require_free(session, other, by)
    into, later = sorted((question, other), key=lambda one: one.id)
    _require_joinable(session, into, later)
    written = write_asker(session, into, JOINED, site)
    if not _same_account(into, later):
        if not written:
            raise Conflict(_("The asker cannot be written to just now."))
        only_mailed(session, into, later)
        into.came_from_id = None  # links to the whole would open it as a part
    _move_words(session, into, later)
    _move_others(session, into, later)
    _settle(session, into, later, site)
    stays(session, into, Because.JOINED, words=spoken(later.code), by=by)
    return into


def part(
    session: Session, question: Question, words: str, *, by: Person, site: str
) -> Question:
    """Make a question of its own of some words of one; its asker gets a link to it.

    The same words within a moment make one.

    :raises NotAllowed: it is none of hers.
    :raises Conflict: somebody else has it now, or no desk has it.
    """
    require_free(session, question, by)
    if question.desk_code is None:
        raise Conflict(NO_DESK)
    same = select(Question).where(
        Question.came_from_id == question.id,
        Question.words == words,
        Question.at > datetime.now(UTC) - TWICE,
    )
    made = session.scalar(same.limit(1))
    if made is not None:
        return made
    facts = facts_of(question) | {
        "words": words,
        "desk_code": question.desk_code,
        "contact_code": question.contact_code,
        "came_from_id": question.id,
    }
    new = write_down(session, facts, site, letter=PARTED)
    stays(session, question, Because.PARTED, words=spoken(new.code), by=by)
    return new


def _same_account(one: Question, other: Question) -> bool:
    return one.person_id is not None and one.person_id == other.person_id


def _same_asker(session: Session, one: Question, other: Question) -> bool:
    """Say whether one account asked both, or one address that is of no other account.

    An address counts for an account only if it is the one that was confirmed. One
    account may have asked for several people: then they left several addresses.
    """
    people = [session.get(Person, n) for n in (one.person_id, other.person_id) if n]
    known = {who.email for who in people if who and who.confirmed}
    if _same_account(one, other):
        same = one.contact == other.contact
        return same or {one.contact, other.contact} <= {"", *known}
    same = bool(one.contact) and one.contact == other.contact
    return same and known <= {one.contact} and len(people) == len(known)


def _require_joinable(session: Session, into: Question, later: Question) -> None:
    if into.id == later.id:
        said = str(_("This is the code of this very question."))
        raise NotValid(LOOK_AGAIN, {"same": [said]})
    if not _same_asker(session, into, later):
        said = str(_("Somebody else asked it, as far as is known: they stay apart."))
        raise NotValid(LOOK_AGAIN, {"same": [said]})
    if into.desk_code is None:
        raise Conflict(NO_DESK)
    public = standing(session, later)
    if public.agreed or public.record is not None or public.begun:
        raise Conflict(_("The asker agreed that others read it: it stays by itself."))


def _move_words(session: Session, into: Question, later: Question) -> None:
    """Move what was said; times are kept, and the words of the later are copied."""
    said = Message(
        question_id=into.id, at=later.at, from_asker=True, by_id=None,
        words=later.words, language=later.language, own_experience=False,
    )  # fmt: skip
    for table in (Message, Note, Look, MailIn, QuestionPicture, Untranslated):
        its = update(table).where(table.question_id == later.id)
        session.execute(its.values(question_id=into.id))
    session.add(said)
    session.flush()
    session.expire(into, ["messages"])
    session.expire(later, ["messages"])


def _move_others(session: Session, into: Question, later: Question) -> None:
    """Let follow the earlier what followed the later, and come from it what did."""
    if into.follows_id == later.id:
        into.follows_id = None
    later.follows_id = None
    session.flush()
    to = into.follows_id or into.id
    followers = update(Question).where(Question.follows_id == later.id)
    session.execute(followers.values(follows_id=to))
    parts = update(Question).where(Question.came_from_id == later.id)
    session.execute(parts.where(Question.id != into.id).values(came_from_id=into.id))


def _settle(session: Session, into: Question, later: Question, site: str) -> None:
    """Settle the later; it is the desk's turn where either of them says so."""
    was, now = into.state, datetime.now(UTC)
    if later.state == State.OPEN:
        into.state = State.OPEN
        clocks.asked_more(session, into)
    elif later.state == State.WAITING and was == State.RESOLVED:
        into.state = State.WAITING
    if was != into.state == State.OPEN:
        share_out(session, into)
        tell_desk(session, into, site)
    later.state, later.goes_on_id = State.RESOLVED, into.id
    into.changed = later.changed = now
    into.person_id = later.person_id = into.person_id or later.person_id
    into.contact = into.contact or later.contact
    let_go(later)
    clocks.settled(session, later)
