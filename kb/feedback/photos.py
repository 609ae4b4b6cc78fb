"""Photos that come with what somebody tried: they wait with it and go with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload

from kb.feedback.models import Tried
from kb.people.models import Person
from kb.pictures import service
from kb.pictures.models import Picture, State
from kb.pictures.taking_in import TakenIn
from kb.record.models import Record


@dataclass(frozen=True)
class Photo:
    """A photo as it came in."""

    given: Mapping[str, Any]
    """What is said of it, as `kb.pictures.given.checked_picture` gives it."""
    taken: TakenIn
    folder: Path
    """Where this installation has the files of pictures."""
    language: str
    """Of what is said of it."""


def keep(
    session: Session, row: Tried, record: Record, photo: Photo, *, by: Person | None
) -> None:
    """Keep a photo with a trial; it is held as long as the trial is."""
    picture = service.keep_with_trial(
        session, record, photo.given, photo.taken,
        folder=photo.folder, language=photo.language, by=by,
    )  # fmt: skip
    row.picture_id = picture.id
    session.flush()


def decide(session: Session, row: Tried, *, shown: bool, by: Person) -> None:
    """Show the photo of a trial to all, or take it away."""
    if row.picture_id is None:
        return
    found = select(Picture).where(Picture.id == row.picture_id)
    picture = session.scalars(found.options(joinedload(Picture.record))).one()
    if shown:
        service.let_through(session, picture, by=by)
    elif picture.state != State.WITHDRAWN:
        service.withdraw_for(session, picture)


def let_go(
    session: Session, hers: ColumnElement[bool], goes: ColumnElement[bool]
) -> None:
    """Take away the photos of trials that go; take her name from those that stay.

    :param hers: which trials are hers.
    :param goes: which of them go.
    """
    found = (
        select(Picture, Tried.name, goes)
        .join(Tried, Tried.picture_id == Picture.id)
        .where(hers)
    )
    for picture, name, unseen in session.execute(found).all():
        if unseen and picture.state != State.WITHDRAWN:
            service.withdraw_for(session, picture)
        if name and picture.credit == name:
            picture.credit = ""
    session.flush()
