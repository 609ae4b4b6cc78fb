"""Trying texts without a gateway: the whole talk is played again, and nothing is kept.

What a gateway would post goes through the same code. Whoever calls this undoes all of
it: no question, no number and no message is left, so nothing can be sent.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session, selectinload

from kb.errors import KbError
from kb.helpdesk.desks import Desks
from kb.helpdesk.letters import ANSWERED, write_asker
from kb.helpdesk.question_tables import Message, Question, State
from kb.helpdesk.ticket import DIGITS, check_of
from kb.inbox.texting import Door, Posted, take_post
from kb.language import offered
from kb.outbox import Letter
from kb.people.secrets import new_secret
from kb.sms.gateway import Gateway
from kb.sms.numbers import country_of, example
from kb.sms.outgoing import Handed, Limits, claim_text, is_sent
from kb.sms.parts import ROOM, alphabet, parts, units
from kb.sms.phones import known_phone
from kb.sms.posted import signature_of
from kb.sms.tables import Phone, TextPart

NAME = "part-{n}"
NO_LIMITS = Limits(quiet_from=0, quiet_until=0, most_a_day=10_000)
MOST_ACTS = 40
REPORTS = (Door.SENT, Door.DELIVERED, Door.FAILED)


class Who(StrEnum):
    """Who does something in a rehearsal."""

    PHONE = "phone"
    DESK = "desk"
    GATEWAY = "gateway"
    """Its words are a report and a part: ``delivered part-2``."""


@dataclass(frozen=True)
class Act:
    """What somebody says."""

    who: Who
    words: str


@dataclass(frozen=True)
class Stage:
    """Where it is played."""

    country: str
    """Of the phone, ISO 3166-1 alpha-2."""
    language: str
    """To begin with, as the file of a gateway names one."""
    name: str
    """Makes the codes of the questions the same each time."""


@dataclass
class Part:
    """One part of a text, as the phone gets it."""

    name: str
    number: int
    of: int
    alphabet: str
    units: int
    room: int
    """Signs that fit into it."""
    text: str
    state: str = ""


@dataclass
class Scene:
    """What came of one act."""

    act: Act
    parts: list[Part] = field(default_factory=list)
    refused: str = ""


@dataclass
class Play:
    """All that was seen."""

    scenes: list[Scene]
    charged: int
    """Parts that a gateway would have charged for."""


def rehearse(session: Session, acts: Sequence[Act], stage: Stage, desks: Desks) -> Play:
    """Play all acts; the caller undoes what that does to the database."""
    number = example(stage.country)
    _put_away(session, number)
    gateway = Gateway(
        key=new_secret(), country=country_of(number), language=stage.language,
        limits=NO_LIMITS,
    )  # fmt: skip
    scenes: list[Scene] = []
    shown: dict[str, Part] = {}
    for act in acts[:MOST_ACTS]:
        scene = Scene(act)
        scenes.append(scene)
        try:
            with session.begin_nested():
                _do(session, act, number, gateway, desks, n=len(scenes))
        except KbError as refused:
            scene.refused = str(refused)
        _name_questions(session, number, stage)
        _hand_over(session, number, scene, shown)
    for row in session.scalars(select(TextPart).where(TextPart.gateway_id.in_(shown))):
        shown[row.gateway_id].state = row.state
    return Play(scenes, len(shown))


def _put_away(session: Session, number: str) -> None:
    """Let the number be nobody's meanwhile, though somebody may have it."""
    session.execute(delete(Letter).where(Letter.recipient == number))
    hers = update(Phone).where(Phone.phone == number)
    session.execute(hers.values(phone=f"put away {new_secret()}"))


def _do(
    session: Session, act: Act, number: str, gateway: Gateway, desks: Desks, *, n: int
) -> None:
    if act.who == Who.DESK:
        _answer(session, act.words, number)
        return
    door, said = Door.RECEIVE, {"id": f"act {n}", "from": number, "text": act.words}
    if act.who == Who.GATEWAY:
        report, _space, name = act.words.partition(" ")
        door = Door(report) if report in REPORTS else Door.SENT
        said = {"id": name, "act": str(n)}
    body = json.dumps(said).encode()
    timestamp = str(int(datetime.now(UTC).timestamp()))
    signing = gateway.signing
    headers = {
        signing.timestamp.casefold(): timestamp,
        signing.signature.casefold(): signature_of(gateway, timestamp, body),
        "content-type": "application/json",
    }
    take_post(session, Posted(door, headers, body), gateway, desks, "")


def _answer(session: Session, words: str, number: str) -> None:
    """Answer the newest question of the phone, as somebody at a desk would."""
    phone = known_phone(session, number)
    said = selectinload(Question.messages).selectinload(Message.cites)
    wanted = select(Question).where(Question.phone_id == (phone.id if phone else None))
    newest = wanted.order_by(Question.id.desc()).limit(1).options(said)
    question = session.scalar(newest.execution_options(populate_existing=True))
    if question is None or not words:
        return
    question.messages.append(
        Message(
            question_id=question.id, at=datetime.now(UTC), from_asker=False,
            by_id=None, words=words, language=offered(question.reader),
            own_experience=True, cites=[],
        )
    )  # fmt: skip
    question.state = State.WAITING
    session.flush()
    write_asker(session, question, ANSWERED, "")


def _name_questions(session: Session, number: str, stage: Stage) -> None:
    """Give questions the codes they had when this was played before."""
    phone = known_phone(session, number)
    if phone is None:
        return
    hers = select(Question).where(Question.phone_id == phone.id).order_by(Question.id)
    for n, question in enumerate(session.scalars(hers).all()):
        made = hashlib.sha256(f"{stage.name} {n}".encode()).hexdigest()
        digits = f"{int(made, 16) % 10**DIGITS:0{DIGITS}}"
        code = digits + str(check_of(digits))
        taken = select(Question.id).where(Question.code == code)
        if session.scalar(taken) is None:
            question.code = code
    session.flush()


def _hand_over(
    session: Session, number: str, scene: Scene, shown: dict[str, Part]
) -> None:
    """Take what a gateway would be given, and name its parts."""
    while (claimed := claim_text(session, NO_LIMITS, to=number)) is not None:
        letter, text = claimed
        found = _parts(text, len(shown))
        is_sent(session, letter.id, [part.name for part in found])
        scene.parts += found
        shown |= {part.name: part for part in found}


def _parts(text: Handed, before: int) -> list[Part]:
    written = alphabet(text.text)
    cut = parts(text.text)
    room = ROOM[written][len(cut) > 1]
    return [
        Part(
            NAME.format(n=before + n),
            n,
            len(cut),
            written,
            units(one, written),
            room,
            one,
        )
        for n, one in enumerate(cut, 1)
    ]
