"""Who may do what with a picture."""

from dataclasses import replace
from datetime import UTC, date, datetime

from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy.orm import Session

from kb.access import (
    NOTHING,
    Rules,
    Thing,
    is_administrator,
    is_contributor,
    is_editor,
    is_expert,
    is_reviewer,
    is_translator,
    thing_of,
    wrote_it,
)
from kb.communities.lookups import reads_kept
from kb.errors import NotAllowed
from kb.language import _
from kb.people.models import Person
from kb.pictures.models import APART, TRIED, Picture, State
from kb.record.lookups import is_open as is_open_record
from kb.record.lookups import is_public
from kb.record.models import Record, Status, Telling

RULES = Rules(
    {
        "add": [[wrote_it], [is_contributor], [is_editor], [is_administrator]],
        "see": [[wrote_it], [is_reviewer], [is_editor], [is_administrator]],
        "describe": [[is_translator], [is_editor], [is_administrator]],
        "describe held": [
            [wrote_it],
            [is_translator],
            [is_editor],
            [is_administrator],
        ],
        "see tried": [
            [wrote_it],
            [is_expert],
            [is_reviewer],
            [is_editor],
            [is_administrator],
        ],
        "publish": [[is_editor], [is_administrator]],
        "move": [[is_editor], [is_administrator]],
        "withdraw": [[wrote_it], [is_editor], [is_administrator]],
    }
)
"""Who sent a picture and who wrote its record both count as having written it; of one
that came with a trial, who sent it alone."""
TRIED_STEPS = {
    "see": "see tried",
    "describe": "describe held",
    "withdraw": "withdraw",
}
"""Step on a picture that waits with its trial → step in the table; no other is taken:
whoever checks the trial lets the picture through with it."""


def may(
    session: Session, person: Person | None, step: str, picture: Picture,
    language: str = "",
) -> bool:  # fmt: skip
    """Say whether a person may take a step; the record of the picture must be loaded.

    Of what waits with a draft, or came with a question, the rules of those say it
    (`kb.writing.pictured`, `kb.helpdesk.pictured`).

    :param language: of the words she writes, if she writes some.
    """
    kept = picture.record
    if picture.state in APART:
        return False
    if (
        kept is not None
        and kept.status == Status.PUBLISHED
        and not is_open_record(kept)
    ):
        return step == "see" and reads_kept(session, person, kept.id)
    thing = _thing(session, picture.record)
    if language:
        thing = replace(thing, languages=frozenset({language}))
    sent = replace(thing, author_id=picture.person_id)
    if picture.place == TRIED and picture.state == State.HELD:
        return step in TRIED_STEPS and RULES.may(person, TRIED_STEPS[step], sent)
    if step == "describe" and picture.state == State.HELD:
        step = "describe held"
    return any(RULES.may(person, step, one) for one in (thing, sent))


def require(
    session: Session, person: Person, step: str, picture: Picture, language: str = ""
) -> None:
    """Refuse a step.

    :raises NotAllowed: she may not take it.
    """
    if not may(session, person, step, picture, language):
        raise NotAllowed(_("You may not do this."), step=step)


def may_add(session: Session, person: Person, record: Record) -> bool:
    """Say whether a person may add pictures to a record."""
    return RULES.may(person, "add", thing_of(session, record))


def _thing(session: Session, record: Record | None) -> Thing:
    return thing_of(session, record) if record is not None else NOTHING


def is_open(picture: Picture) -> bool:
    """Say whether a picture is published and may still be shown."""
    until = picture.consent_until
    return picture.state == State.PUBLISHED and (until is None or until >= today())


def is_for_all() -> ColumnElement[bool]:
    """Give "everybody may see it" as a condition on pictures and their records."""
    allowed = or_(Picture.consent_until.is_(None), Picture.consent_until >= today())
    pictured = Record.telling != Telling.UNPICTURED
    return and_(Picture.state == State.PUBLISHED, allowed, is_public(), pictured)


def is_open_to_all(picture: Picture) -> bool:
    """Say of one what `is_for_all` says of many; its record must be loaded."""
    record = picture.record
    return (
        record is not None
        and is_open_record(record)
        and record.telling != Telling.UNPICTURED
        and is_open(picture)
    )


def today() -> date:
    """Give the day by which consent is reckoned."""
    return datetime.now(UTC).date()
