"""The work done on pictures. Nothing else changes one."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Select, and_, delete, or_, select
from sqlalchemy.orm import Session

from kb import journal
from kb.errors import Conflict, NotAllowed
from kb.language import _
from kb.people import log
from kb.people.models import Person
from kb.pictures.files import write_files
from kb.pictures.lookups import standing
from kb.pictures.models import (
    APART,
    ASKED,
    TRIED,
    Consent,
    Picture,
    PictureSize,
    PictureWords,
    State,
)
from kb.pictures.rules import may_add, require, today
from kb.pictures.taking_in import TakenIn
from kb.record.models import Record

MOST_OF_A_RECORD = 20
KEEP = timedelta(days=30)
"""How long it is kept of a withdrawn picture that there was one."""


def add(
    session: Session, record: Record, given: Mapping[str, Any], taken: TakenIn,
    *, folder: Path, language: str, by: Person,
) -> Picture:  # fmt: skip
    """Add a picture to a record; it is held until somebody publishes it.

    The same picture sent twice, as by a second press of the button, is added once.

    :param given: as `kb.pictures.given.checked_picture` gives it.
    :param language: of alt and caption.
    :raises NotAllowed: she may not.
    :raises Conflict: the record has enough.
    """
    _require_add(session, record, by)
    for same in standing(session, record):
        if (same.digest, same.place) == (taken.digest, given["place"]):
            return same
    picture = hold(session, given, taken, folder=folder, language=language, by=by)
    _hang_on(session, picture, record, by)
    return picture


def hold(
    session: Session, given: Mapping[str, Any], taken: TakenIn,
    *, folder: Path, language: str, by: Person | None,
) -> Picture:  # fmt: skip
    """Keep a picture of no record yet, such as one sent with a report.

    It is thrown away if nobody attaches it in `KEEP`.
    """
    picture = _new(given, taken, by)
    say(picture, language, given)
    session.add(picture)
    session.flush()
    write_files(folder, taken)
    return picture


def keep_with_trial(
    session: Session, record: Record, given: Mapping[str, Any], taken: TakenIn,
    *, folder: Path, language: str, by: Person | None,
) -> Picture:  # fmt: skip
    """Keep a picture that came with what somebody tried; it waits with the trial.

    It takes no place away from the record's own pictures.
    """
    said = {**given, "place": TRIED}
    picture = hold(session, said, taken, folder=folder, language=language, by=by)
    picture.record = record
    session.flush()
    return picture


def keep_with_draft(
    session: Session, given: Mapping[str, Any], taken: TakenIn,
    *, folder: Path, language: str, by: Person,
) -> Picture:  # fmt: skip
    """Keep a picture that waits with a draft until that is published or given up."""
    picture = hold(session, given, taken, folder=folder, language=language, by=by)
    _turn(session, picture, State.DRAFTED)
    return picture


def keep_with_question(session: Session, taken: TakenIn, *, folder: Path) -> Picture:
    """Keep a picture that came with a question; only who may see that sees it."""
    given = {
        "place": ASKED,
        "credit": "",
        "licence": "",
        "consent": Consent.NOBODY,
        "consent_until": None,
        "alt": "",
        "caption": "",
    }
    picture = hold(session, given, taken, folder=folder, language="und", by=None)
    _turn(session, picture, State.ASKED)
    return picture


def show_with(
    session: Session, picture: Picture, record: Record, place: str, *, by: Person
) -> None:
    """Give a picture to the record its draft became, and show it to all with it."""
    if picture.consent_until is not None and picture.consent_until < today():
        return withdraw_for(session, picture)
    picture.record, picture.place = record, place
    picture.position = _last_position(session, record) + 1
    _turn(session, picture, State.PUBLISHED)
    return _note(session, "picture published", picture, by)


def let_through(session: Session, picture: Picture, *, by: Person) -> None:
    """Show a picture whose trial a person has checked, if those in it still agree."""
    if picture.state != State.HELD:
        return
    over = picture.consent_until is not None and picture.consent_until < today()
    _turn(session, picture, State.WITHDRAWN if over else State.PUBLISHED)
    _note(session, "picture withdrawn" if over else "picture published", picture, by)


def attach(
    session: Session, picture: Picture, record: Record, place: str, *, by: Person
) -> None:
    """Give a picture that is held to a record.

    :raises NotAllowed: she may not add pictures to it.
    :raises Conflict: it belongs to a record already, or the record has enough.
    """
    _require_add(session, record, by)
    if picture.record_id is not None:
        raise Conflict(_("This picture belongs to a record already."))
    picture.place = place
    _hang_on(session, picture, record, by)


def describe(
    session: Session, picture: Picture, given: Mapping[str, str],
    *, language: str, by: Person,
) -> None:  # fmt: skip
    """Say in one language what is to be seen.

    :raises NotAllowed: she may not.
    """
    require(session, by, "describe", picture, language)
    say(picture, language, given)
    session.flush()
    _note(session, "picture described", picture, by, language)


def publish(session: Session, picture: Picture, *, by: Person) -> None:
    """Show a picture to everybody who may see its record.

    :raises NotAllowed: she may not.
    :raises Conflict: consent has run out.
    """
    require(session, by, "publish", picture)
    if picture.consent_until is not None and picture.consent_until < today():
        raise Conflict(_("Those in the picture have not agreed to this any longer."))
    if picture.state == State.HELD:
        _turn(session, picture, State.PUBLISHED)
        _note(session, "picture published", picture, by)


def withdraw(session: Session, picture: Picture, *, by: Person) -> None:
    """Show a picture to nobody any more; its files go within the hour.

    :raises NotAllowed: she may not.
    """
    require(session, by, "withdraw", picture)
    withdraw_for(session, picture)
    _note(session, "picture withdrawn", picture, by)


def withdraw_for(session: Session, picture: Picture) -> None:
    """Withdraw a picture for nobody's asking: consent is over, or an account is."""
    _turn(session, picture, State.WITHDRAWN)


def withdraw_of(session: Session, numbers: Select[int]) -> None:
    """Withdraw the pictures with these numbers: what they belonged to is over."""
    for picture in session.scalars(select(Picture).where(Picture.id.in_(numbers))):
        withdraw_for(session, picture)


def move(session: Session, picture: Picture, step: int, *, by: Person) -> None:
    """Let a picture change places with the one before (-1) or after it (1).

    :raises NotAllowed: she may not.
    """
    require(session, by, "move", picture)
    assert picture.record is not None
    row = list(standing(session, picture.record))
    here = row.index(picture)
    there = min(max(here + step, 0), len(row) - 1)
    row[here], row[there] = row[there], row[here]
    for position, one in enumerate(row, start=1):
        one.position = position
    session.flush()


def end_of_consent(session: Session) -> None:
    """Withdraw pictures whose consent has run out; forget those long out of use.

    Nobody is shown them from the next day on, also before this is done.
    """
    over = select(Picture).where(
        Picture.consent_until < today(), Picture.state != State.WITHDRAWN
    )
    for picture in session.scalars(over):
        withdraw_for(session, picture)
    old = Picture.since < datetime.now(UTC) - KEEP
    loose = and_(Picture.record_id.is_(None), Picture.state.not_in(APART))
    unwanted = or_(Picture.state == State.WITHDRAWN, loose)
    session.execute(delete(Picture).where(unwanted, old))


def _new(given: Mapping[str, Any], taken: TakenIn, by: Person | None) -> Picture:
    now = datetime.now(UTC)
    said = {name: given[name] for name in given if name not in {"alt", "caption"}}
    return Picture(
        **said,
        digest=taken.digest,
        person_id=by.id if by else None,
        sent=now,
        since=now,
        state=State.HELD,
        position=0,
        words=[],
        sizes=[
            PictureSize(
                name=made.size.name,
                width=made.width,
                height=made.height,
                webp_bytes=len(made.files["webp"]),
                jpg_bytes=len(made.files["jpg"]),
            )
            for made in taken.made
        ],
    )


def _require_add(session: Session, record: Record, by: Person) -> None:
    if not may_add(session, by, record):
        raise NotAllowed(_("You may not do this."), step="add")


def _hang_on(session: Session, picture: Picture, record: Record, by: Person) -> None:
    """Put a picture behind the others of a record."""
    others = [one for one in standing(session, record) if one.place != TRIED]
    if len(others) >= MOST_OF_A_RECORD:
        raise Conflict(_("This record has enough pictures. Take one away first."))
    picture.record = record
    picture.position = _last_position(session, record) + 1
    session.flush()
    _note(session, "picture added", picture, by)


def _last_position(session: Session, record: Record) -> int:
    own = [one for one in standing(session, record) if one.place != TRIED]
    return max((one.position for one in own), default=0)


def say(picture: Picture, language: str, given: Mapping[str, str]) -> None:
    """Put down what is to be seen, in one language, whoever says it."""
    said = next((one for one in picture.words if one.language == language), None)
    if said is None:
        said = PictureWords(language=language)
        picture.words.append(said)
    said.alt, said.caption = given["alt"], given["caption"]


def _turn(session: Session, picture: Picture, state: State) -> None:
    picture.state, picture.since = state, datetime.now(UTC)
    session.flush()


def _note(
    session: Session, what: str, picture: Picture, by: Person, note: str = ""
) -> None:
    if picture.record is not None:
        kind, number = picture.record.kind, picture.record.id
        said = " ".join(filter(None, (f"picture {picture.id}", note)))
        journal.write(
            session, what, kind=kind, record_id=number, by=log.called(by), note=said
        )
