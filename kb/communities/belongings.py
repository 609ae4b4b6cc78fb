"""What communities keep of a person: in her file, and let go when she leaves."""

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from kb.communities.models import Consent, ConsentEnd, Holding, Member
from kb.people.belongings import Belongings, Rows, rows_of
from kb.people.models import Person

MEMBER = ("community_id", "email", "asked", "joined")
HOLDING = ("id", "community_id", "record_id", "title", "entered")
CONSENT = (
    *("holding_id", "given_by", "form", "covers", "given_on", "until", "entered"),
)
END = ("consent_id", "reason", "at")
"""The columns that are shown, listed by hand."""


def shown(session: Session, person: Person) -> dict[str, Rows]:
    """Give where she is a member or asked to be, and what she wrote down."""
    hers = Member.person_id == person.id
    if person.email:
        hers = or_(hers, Member.email == person.email)
    entered = Holding.entered_by_id == person.id
    member = select(Member).where(hers).order_by(Member.id)
    holding = select(Holding).where(entered).order_by(Holding.id)
    consent = select(Consent).where(Consent.entered_by_id == person.id)
    end = select(ConsentEnd).where(ConsentEnd.by_id == person.id)
    return {
        "communities": rows_of(session.scalars(member), MEMBER),
        "given_to_communities": rows_of(session.scalars(holding), HOLDING),
        "consents": rows_of(session.scalars(consent.order_by(Consent.id)), CONSENT),
        "ends": rows_of(session.scalars(end.order_by(ConsentEnd.consent_id)), END),
    }


def let_go(session: Session, person: Person) -> None:
    """Forget that she was there; who agreed to what stays, for the community."""
    hers = Member.person_id == person.id
    if person.email:
        hers = or_(hers, Member.email == person.email)
    session.execute(delete(Member).where(hers))
    for column in (
        Member.asked_by_id,
        Holding.entered_by_id,
        Consent.entered_by_id,
        ConsentEnd.by_id,
    ):
        mine = update(column.class_).where(column == person.id)
        session.execute(mine.values({column: None}))


COMMUNITIES = Belongings("communities", shown, let_go)
