"""Pictures in drafts: seen by whoever may read the draft, and by nobody else.

They are shown to all when the draft is published, and go when it is given up.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from kb.errors import Conflict, NotFound
from kb.language import _
from kb.people.models import Person
from kb.pictures import service as pictures
from kb.pictures.lookups import DRAWING, STEP, whole
from kb.pictures.models import TRIED, Picture, State
from kb.pictures.service import MOST_OF_A_RECORD
from kb.pictures.taking_in import TakenIn
from kb.record.models import Record
from kb.writing.models import Draft, DraftPicture
from kb.writing.rules import RULES, thing_of_draft
from kb.writing.versions import Document


def pictures_of(session: Session, draft: Draft) -> Sequence[Picture]:
    """Give the pictures that wait with a draft, the first sent first."""
    wanted = (
        select(Picture)
        .join(DraftPicture, DraftPicture.picture_id == Picture.id)
        .where(DraftPicture.draft_id == draft.id, Picture.state == State.DRAFTED)
        .order_by(Picture.id)
        .options(*whole())
    )
    return session.scalars(wanted).unique().all()


def add(
    session: Session, draft: Draft, given: Mapping[str, Any], taken: TakenIn,
    *, folder: Path, language: str, by: Person,
) -> Picture:  # fmt: skip
    """Put a picture into a draft; the same one sent twice is put there once.

    :param given: as `kb.pictures.given.checked_picture` gives it.
    :param language: of alt and caption.
    :raises NotAllowed: she does not write this draft, or not now.
    :raises Conflict: it has enough, together with what the record has.
    """
    RULES.require(by, "write", thing_of_draft(session, draft))
    here = pictures_of(session, draft)
    for same in here:
        if (same.digest, same.place) == (taken.digest, given["place"]):
            return same
    if len(here) + _shown_already(session, draft) >= MOST_OF_A_RECORD:
        raise Conflict(_("This record has enough pictures. Take one away first."))
    picture = pictures.keep_with_draft(
        session, given, taken, folder=folder, language=language, by=by
    )
    session.add(DraftPicture(picture_id=picture.id, draft_id=draft.id))
    session.flush()
    return picture


def describe(
    session: Session, draft: Draft, number: int, given: Mapping[str, str],
    *, language: str, by: Person,
) -> None:  # fmt: skip
    """Say in one language what is to be seen.

    :raises NotAllowed: she does not write this draft, or not now.
    :raises NotFound: it has no such picture.
    """
    RULES.require(by, "write", thing_of_draft(session, draft))
    pictures.say(_one(session, draft, number), language, given)
    session.flush()


def take_away(session: Session, draft: Draft, number: int, *, by: Person) -> None:
    """Take a picture out of a draft; its files go within the hour.

    :raises NotAllowed: she does not write this draft, or not now.
    :raises NotFound: it has no such picture.
    """
    RULES.require(by, "write", thing_of_draft(session, draft))
    pictures.withdraw_for(session, _one(session, draft, number))


def sees(session: Session, person: Person | None, picture: Picture) -> bool:
    """Say whether a person sees a picture because she may read its draft."""
    if person is None or picture.state != State.DRAFTED:
        return False
    draft = session.scalar(
        select(Draft)
        .join(DraftPicture, DraftPicture.draft_id == Draft.id)
        .where(DraftPicture.picture_id == picture.id)
    )
    if draft is None:
        return False
    return RULES.may(person, "read", thing_of_draft(session, draft))


def go_with(session: Session, draft: Draft) -> None:
    """Withdraw all pictures of a draft that is over."""
    for picture in pictures_of(session, draft):
        pictures.withdraw_for(session, picture)


def are_shown(
    session: Session, draft: Draft, record: Record, document: Document, *, by: Person
) -> None:
    """Show the pictures of a draft with the record it became.

    One that stood with a step that is no more stands among the drawings.
    """
    steps = len(document["facts"].get("steps", ()))
    for picture in pictures_of(session, draft):
        step = picture.place.removeprefix(STEP)
        gone = step != picture.place and int(step) > steps
        place = DRAWING if gone else picture.place
        pictures.show_with(session, picture, record, place, by=by)
    session.execute(delete(DraftPicture).where(DraftPicture.draft_id == draft.id))


def _one(session: Session, draft: Draft, number: int) -> Picture:
    found = [one for one in pictures_of(session, draft) if one.id == number]
    if not found:
        raise NotFound(_("There is no such picture."))
    return found[0]


def _shown_already(session: Session, draft: Draft) -> int:
    """Count the pictures of the record that a draft changes."""
    counted = select(func.count(Picture.id)).where(
        Picture.record_id == draft.record_id,
        Picture.state != State.WITHDRAWN,
        Picture.place != TRIED,
    )
    return session.scalar(counted) or 0
