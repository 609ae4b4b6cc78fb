"""The pictures a person sent: in her file, and when she deletes her account."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from kb.language import _
from kb.people.belongings import Belongings, Kept
from kb.people.models import Person
from kb.pictures.lookups import whole
from kb.pictures.models import Picture, State
from kb.pictures.service import KEEP, withdraw_for


def shown(session: Session, person: Person) -> list[dict[str, Any]]:
    """Give all that is kept of the pictures she sent."""
    sent = select(Picture).where(Picture.person_id == person.id).order_by(Picture.id)
    options = (*whole(), joinedload(Picture.record))
    return [_row(one) for one in session.scalars(sent.options(*options)).unique()]


def let_go(session: Session, person: Person) -> None:
    """Withdraw what was never published; leave the rest without her name."""
    sent = select(Picture).where(Picture.person_id == person.id)
    for picture in session.scalars(sent):
        if picture.state in {State.HELD, State.DRAFTED}:
            withdraw_for(session, picture)
        if person.name and picture.credit == person.name:
            picture.credit = ""
    session.flush()


def _row(picture: Picture) -> dict[str, Any]:
    return {
        "record": picture.record.ref if picture.record else None,
        "place": picture.place,
        "state": picture.state,
        "sent": picture.sent,
        "digest": picture.digest,
        "words": {w.language: [w.alt, w.caption] for w in picture.words},
        "credit": picture.credit,
        "licence": picture.licence,
        "consent": picture.consent,
        "consent_by": picture.consent_by,
        "consent_for": picture.consent_for,
        "consent_until": picture.consent_until,
    }


KEPT = (
    Kept(
        _("Pictures you sent, without the place and time that phones write into them,"
          " and who agreed to be in them."),
        _("Until they are withdrawn or the consent ends, or %(n)s days if nobody uses"
          " them; published ones stay without your name.", n=KEEP.days),
        (Picture,), ("pictures",), KEEP.days,
    ),
)  # fmt: skip
PICTURES = Belongings("pictures", shown, let_go, KEPT)
