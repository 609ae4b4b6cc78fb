"""What a person translated and reviewed: for her file, and when she leaves."""

from datetime import UTC, datetime

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from kb.language import _
from kb.people.belongings import Belongings, Kept, Rows, rows_of
from kb.people.models import Person
from kb.record.models import FieldMark
from kb.translating.models import (
    Invitation,
    Rendering,
    RenderingStep,
    Suggested,
    TranslationComment,
    TranslationPen,
)

ABOUT = ("record_id", "language", "field")


def shown(session: Session, person: Person) -> dict[str, Rows]:
    """Give all that a person translated and reviewed, as rows of plain values."""
    mine = select(Rendering).where(Rendering.translator_id == person.id)
    steps = select(RenderingStep).where(RenderingStep.by_id == person.id)
    offered = select(Suggested).where(Suggested.by_id == person.id)
    said = select(TranslationComment).where(TranslationComment.by_id == person.id)
    invited = select(Invitation).where(Invitation.made_by_id == person.id)
    part = FieldMark.translator_id == person.id, FieldMark.reviewer_id == person.id
    marks = select(FieldMark).where(or_(*part))
    return {
        "at_work_on": rows_of(
            session.scalars(mine.order_by(Rendering.id)),
            (*ABOUT, "words", "state", "note", "changed"),
        ),
        "steps": rows_of(
            session.scalars(steps.order_by(RenderingStep.id)),
            (*ABOUT, "what", "words", "note", "at"),
        ),
        "suggested": rows_of(
            session.scalars(offered.order_by(Suggested.id)),
            (*ABOUT, "words", "state", "at"),
        ),
        "said": rows_of(
            session.scalars(said.order_by(TranslationComment.id)),
            (*ABOUT, "words", "at", "settled"),
        ),
        "invitations": rows_of(
            session.scalars(invited.order_by(Invitation.id)),
            ("language", "role", "made", "expires", "most", "used", "withdrawn"),
        ),
        "published": rows_of(session.scalars(marks), (*ABOUT, "state")),
    }


def let_go(session: Session, person: Person) -> None:
    """Leave what she translated to the others of her team; it has no name on it.

    Her links to join work no more, and what she had open is free for others.
    """
    hers = Invitation.made_by_id == person.id, Invitation.withdrawn.is_(None)
    over = update(Invitation).where(*hers).values(withdrawn=datetime.now(UTC))
    session.execute(over)
    held = update(TranslationPen).where(TranslationPen.locked_by_id == person.id)
    session.execute(held.values(locked_by_id=None, locked_until=None))


KEPT = (
    Kept(
        _("What you translate and say of translations, with each step you took."),
        _("For good; without your name once your account is deleted."),
        (
            Rendering,
            RenderingStep,
            Suggested,
            TranslationComment,
            TranslationPen,
            FieldMark,
        ),
        (
            "translating.at_work_on",
            "translating.steps",
            "translating.suggested",
            "translating.said",
            "translating.published",
        ),
    ),
    Kept(
        _("Links you made to invite translators, without their secret."),
        _("For good; they work no more once your account is deleted."),
        (Invitation,),
        ("translating.invitations",),
    ),
)
TRANSLATING = Belongings("translating", shown, let_go, KEPT)
