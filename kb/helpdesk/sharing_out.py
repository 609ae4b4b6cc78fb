"""Giving each question at a desk to one of its experts: who has the fewest.

A desk may want this or not. Who is away, has answered enough today, or does not take
the language or the theme of a question gets none; if nobody is left, it lies there for
all. To be given a question is no lock: others may still take it up.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kb.errors import NotValid
from kb.helpdesk.desk_service import at_desk
from kb.helpdesk.desk_tables import DeskDuty
from kb.helpdesk.desks import A_DAY, away_on, get_desk, had_enough, today_at
from kb.helpdesk.question_tables import Message, Question, State
from kb.helpdesk.rules import RULES, question_thing
from kb.language import _
from kb.people.models import Person


def share_out(session: Session, question: Question) -> None:
    """Give a question to somebody at its desk, or to nobody.

    Who has it keeps it, as long as she is there and takes such questions.
    """
    there = _there(session, question)
    if question.given_to in {person.id for person in there}:
        return
    load = _load(session, there)
    first = min(there, key=lambda person: load[person.id], default=None)
    question.given_to = first.id if first else None
    session.flush()


def give(session: Session, question: Question, to: str, *, by: Person) -> None:
    """Give a question to somebody at its desk, or back to all.

    :param to: number of a person, as a form sends it; empty for all.
    :raises NotAllowed: she may not, for it is not in her scope.
    :raises NotValid: nobody at this desk has this number.
    """
    RULES.require(by, "move a question", question_thing(session, question))
    there = {str(person.id): person.id for person in people_of(session, question)}
    if to and to not in there:
        said = str(_("Please choose one of the list."))
        raise NotValid(_("Please look at the marked fields."), {"person": [said]})
    question.given_to = there.get(to)
    session.flush()


def people_of(session: Session, question: Question) -> Sequence[Person]:
    """Give those with a role at the desk of a question."""
    if question.desk_code is None:
        return []
    found = at_desk(session, question.desk_code)
    return [person for person, _duty in found if person.active]


def _there(session: Session, question: Question) -> list[Person]:
    """Give those who may be given it; nobody where a desk shares nothing out."""
    if question.desk_code is None or question.suspect:
        return []
    desk, now = get_desk(session, question.desk_code), datetime.now(UTC)
    if not desk.shares_out:
        return []
    today, people = today_at(desk.zone, now), at_desk(session, desk.code)
    answered = _answered_today(session, [person.id for person, _duty in people], now)
    return [
        person
        for person, duty in people
        if person.active
        and not away_on(today, duty)
        and not had_enough(duty, answered.get(person.id, 0))
        and _takes(duty, question)
    ]


def takes(said: tuple[Sequence[str], Sequence[str]], language: str, theme: str) -> bool:
    """Say whether somebody takes questions in a language on a theme.

    :param said: the languages and the themes that she takes; all where she names none.
    :param language: ``und`` if nobody could tell.
    :param theme: empty if none was named.
    """
    languages, themes = said
    reads = not languages or language in {*languages, "und"}
    return reads and (not theme or not themes or theme in themes)


def _takes(duty: DeskDuty | None, question: Question) -> bool:
    if duty is None:
        return True
    theme = (question.theme_id or "").partition(":")[2]
    said = duty.languages.split(), duty.themes.split()
    return takes(said, question.language, theme)


def _answered_today(
    session: Session, people: Sequence[int], now: datetime
) -> Mapping[int, int]:
    rows = session.execute(
        select(Message.by_id, func.count())
        .where(Message.by_id.in_(people), Message.at > now - A_DAY)
        .group_by(Message.by_id)
    )
    return {number: many for number, many in rows if number is not None}


def _load(session: Session, people: Sequence[Person]) -> Mapping[int, tuple[int, int]]:
    """Give how many open questions each has, and which was the last she was given."""
    numbers = [person.id for person in people]
    waits = func.count().filter(Question.state == State.OPEN)
    rows = session.execute(
        select(Question.given_to, waits, func.max(Question.id))
        .where(Question.given_to.in_(numbers))
        .group_by(Question.given_to)
    )
    load = dict.fromkeys(numbers, (0, 0))
    return load | {who: (many, last) for who, many, last in rows if who is not None}
