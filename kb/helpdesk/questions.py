"""What an asker does: asks, says thanks, says that she still needs help."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.orm import Session

from kb.errors import Conflict, NotValid
from kb.feedback.written import TWICE, looks_like_advertising
from kb.helpdesk import clocks
from kb.helpdesk.beginning import begin_again, is_long_settled, write_down
from kb.helpdesk.desks import Desks
from kb.helpdesk.letters import ASKED
from kb.helpdesk.notices import tell_desk
from kb.helpdesk.path import still_needs_help
from kb.helpdesk.question_tables import Message, Question, State
from kb.helpdesk.routing import Asked, as_kept, route
from kb.helpdesk.sharing_out import share_out
from kb.language import _
from kb.people.models import Person
from kb.regions.atlas import Point
from kb.regions.said import coarse
from kb.vocabulary.models import Concept

MOST_MESSAGES = 200
"""So much can be said of one question."""


def ask(
    session: Session,
    given: Mapping[str, Any],
    desks: Desks,
    *,
    secret: str,
    reader: str,
    point: Point | None,
    shown: Mapping[int, bool],
    by: Person | None,
    site: str,
    letter: str = ASKED,
    suspect: bool = False,
) -> Question:
    """Take a question in and give it to a desk; the same secret is the same question.

    :param desks: among which to choose, as they are now.
    :param secret: opens the question to her; only a digest is kept.
    :param reader: language of the pages she reads.
    :param point: where that is, if known; kept to a tenth of a degree.
    :param shown: number of each record offered before → whether she says she read it.
    :param letter: event of the message to the asker; without one nobody is told, her
        desk no more than she.
    :param suspect: a person has to decide whether it is a question at all.
    :raises NotValid: there is no such theme.
    """
    theme = f"theme:{given['theme']}" if given["theme"] else None
    if theme and session.get(Concept, theme) is None:
        said = str(_("Please choose one of the list."))
        raise NotValid(_("Please look at the marked fields."), {"theme": [said]})
    asked = Asked(given["country"], given["language"], given["theme"])
    decision = route(asked, desks)
    near = coarse(point) if point else None
    facts = {
        **{n: given[n] for n in ("words", "language", "country", "place", "contact")},
        "reader": reader,
        "latitude": near.latitude if near else None,
        "longitude": near.longitude if near else None,
        "land_use_id": f"land_use:{given['land_use']}" if given["land_use"] else None,
        "theme_id": theme,
        "person_id": by.id if by else None,
        "phone_id": given.get("phone_id"),
        "desk_code": decision.desk.code if decision.desk else None,
        "because": as_kept(decision.reasons),
        "suspect": suspect or looks_like_advertising(given["words"]),
    }
    return write_down(session, facts, site, secret=secret, shown=shown, letter=letter)


def thank(session: Session, question: Question) -> None:
    """Take the word of the asker that she was helped."""
    if not answered(question) or question.goes_on_id is not None:
        raise Conflict(_("There is no answer yet."))
    question.state, question.changed = State.RESOLVED, datetime.now(UTC)
    clocks.settled(session, question)


def say_more(session: Session, question: Question, words: str, *, site: str) -> None:
    """Take more words of the asker in: she still needs help, so it is open again.

    The desk is told if it had thought the question answered; from the second time on
    the one above gets it. The same words within a
    moment are said once.

    Where it was settled long ago, they begin a new question.

    :raises NotValid: there are no words, and some are needed.
    :raises Conflict: there is too much already, or it goes on in another.
    """
    now = datetime.now(UTC)
    if question.goes_on_id is not None:
        raise Conflict(_("This question goes on in another of yours."))
    anew = is_long_settled(question)
    if not words and (anew or not answered(question)):
        said = str(_("Please write a few words."))
        raise NotValid(_("Please look at the marked fields."), {"words": [said]})
    if anew:
        begin_again(session, question, words, site=site)
        return
    if len(question.messages) >= MOST_MESSAGES:
        raise Conflict(_("Too much was said here. Please ask a new question."))
    if words and not said_just_now(question, words, from_asker=True):
        message = Message(
            question_id=question.id,
            at=now,
            from_asker=True,
            by_id=None,
            words=words,
            language=question.language,
            own_experience=False,
            cites=[],
        )
        question.messages.append(message)
    settled = question.state != State.OPEN
    question.state, question.changed = State.OPEN, now
    clocks.asked_more(session, question)
    if settled:
        still_needs_help(session, question)
        share_out(session, question)
        tell_desk(session, question, site)
    session.flush()


def said_just_now(question: Question, words: str, *, from_asker: bool) -> bool:
    """Say whether the last words are these very ones, said a moment ago."""
    said = [(question.at, question.words, True)]
    said += [(one.at, one.words, one.from_asker) for one in question.messages]
    at, last, hers = said[-1]
    just = at > datetime.now(UTC) - TWICE
    return just and (last, hers) == (words, from_asker)


def answered(question: Question) -> bool:
    """Say whether somebody has answered."""
    return any(not message.from_asker for message in question.messages)
