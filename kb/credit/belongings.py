"""What a person had a share in: in her file, and nameless when she leaves."""

from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, selectinload

from kb.credit import contributors
from kb.credit.models import Certificate, CertificateLine, Contribution, Naming
from kb.credit.tidying import KEEP
from kb.language import _
from kb.people.belongings import Belongings, Kept, Rows, rows_of
from kb.people.models import Person

CONTRIBUTION = (
    *("record_id", "role", "language", "name", "orcid"),
    *("first_on", "last_on", "times"),
)
"""The columns that are shown, listed by hand."""


def shown(session: Session, person: Person) -> dict[str, Rows]:
    """Give how she is named, her shares and her certificates."""
    naming = select(Naming).where(Naming.person_id == person.id)
    made = select(Certificate).where(Certificate.person_id == person.id)
    made = made.order_by(Certificate.id).options(selectinload(Certificate.lines))
    return {
        "naming": rows_of(session.scalars(naming), ("name", "orcid")),
        "contributions": rows_of(contributors.of_person(session, person), CONTRIBUTION),
        "certificates": [_certificate(one) for one in session.scalars(made)],
    }


def let_go(session: Session, person: Person) -> None:
    """Throw her certificates away; her shares stay, without her name."""
    session.execute(delete(Certificate).where(Certificate.person_id == person.id))
    contributors.forget(session, person)


def _certificate(row: Certificate) -> dict[str, Any]:
    numbers = [line.contribution_id for line in row.lines]
    (said,) = rows_of([row], ("name", "made", "revoked"))
    return said | {"contributions": sorted(numbers)}


KEPT = (
    Kept(
        _("How you wish to be named, with your ORCID iD, and what you had a part in."),
        _("Until you change it. Your part stays without your name once your account is"
          " deleted."),
        (Naming, Contribution), ("credit.naming", "credit.contributions"),
    ),
    Kept(
        _("Your certificates, with the name on them."),
        _("%(n)s days after you took them back, or until you delete your account.",
          n=KEEP.days),
        (Certificate, CertificateLine), ("credit.certificates",), KEEP.days,
    ),
)  # fmt: skip
CREDIT = Belongings("credit", shown, let_go, KEPT)
