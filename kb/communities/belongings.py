"""What communities keep of a person: in her file, and let go when she leaves."""

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from kb.communities.models import (
    Agreement,
    ConsentEnd,
    GivenBack,
    Holding,
    Member,
)
from kb.language import _
from kb.people.belongings import Belongings, Kept, Rows, rows_of
from kb.people.models import Person

MEMBER = ("community_id", "email", "asked", "joined")
HOLDING = ("id", "community_id", "record_id", "title", "entered")
CONSENT = (
    *("holding_id", "given_by", "form", "covers", "given_on", "until", "entered"),
)
END = ("consent_id", "reason", "at")
GIVEN_BACK = ("holding_id", "record_id", "reason", "at")
"""The columns that are shown, listed by hand."""


def shown(session: Session, person: Person) -> dict[str, Rows]:
    """Give where she is a member or asked to be, and what she wrote down."""
    hers = Member.person_id == person.id
    if person.email:
        hers = or_(hers, Member.email == person.email)
    entered = Holding.entered_by_id == person.id
    member = select(Member).where(hers).order_by(Member.id)
    holding = select(Holding).where(entered).order_by(Holding.id)
    consent = select(Agreement).where(Agreement.entered_by_id == person.id)
    end = select(ConsentEnd).where(ConsentEnd.by_id == person.id)
    back = select(GivenBack).where(GivenBack.by_id == person.id)
    return {
        "given_back": rows_of(
            session.scalars(back.order_by(GivenBack.holding_id)), GIVEN_BACK
        ),
        "communities": rows_of(session.scalars(member), MEMBER),
        "given_to_communities": rows_of(session.scalars(holding), HOLDING),
        "consents": rows_of(session.scalars(consent.order_by(Agreement.id)), CONSENT),
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
        Agreement.entered_by_id,
        ConsentEnd.by_id,
        GivenBack.by_id,
    ):
        mine = update(column.class_).where(column == person.id)
        session.execute(mine.values({column: None}))


KEPT = (
    Kept(
        _("That you belong to a community, or were invited, and since when."),
        _("Until you leave it or are let go; as long as your account at most."),
        (Member,), ("communities.communities",),
    ),
    Kept(
        _("That you wrote down whose knowledge a record is, who agreed to what, and"
          " that it was taken back."),
        _("For good; without your name once your account is deleted."),
        (Holding, Agreement, ConsentEnd, GivenBack),
        ("communities.given_to_communities", "communities.consents",
         "communities.ends", "communities.given_back"),
    ),
)  # fmt: skip
COMMUNITIES = Belongings("communities", shown, let_go, KEPT)
