"""What a person proposed for the thesaurus: for her file, and when she leaves."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from kb.language import _
from kb.naming.models import ConceptProposal, ConceptVersion
from kb.people.belongings import Belongings, Kept, Rows, rows_of
from kb.people.models import Person


def shown(session: Session, person: Person) -> dict[str, Rows]:
    """Give what she proposed or decided on, as rows of plain values."""
    part = or_(
        ConceptProposal.by_id == person.id, ConceptProposal.decided_by_id == person.id
    )
    proposals = select(ConceptProposal).where(part).order_by(ConceptProposal.id)
    part = or_(
        ConceptVersion.by_id == person.id, ConceptVersion.decided_by_id == person.id
    )
    versions = select(ConceptVersion).where(part).order_by(ConceptVersion.at)
    return {
        "proposals": rows_of(
            session.scalars(proposals),
            ("code", "into", "content", "note", "state", "at", "answer"),
        ),
        "versions": rows_of(
            session.scalars(versions), ("code", "number", "note", "at")
        ),
    }


def let_go(session: Session, person: Person) -> None:
    """Leave what she proposed to those who decide; it has no name on it then."""


KEPT = (
    Kept(
        _("What you propose for the thesaurus, and what you decide there."),
        _("For good; without your name once your account is deleted."),
        (ConceptProposal, ConceptVersion),
        ("naming.proposals", "naming.versions"),
    ),
)
NAMING = Belongings("naming", shown, let_go, KEPT)
