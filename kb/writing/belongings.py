"""What a person wrote and reviewed: for her file, and when she leaves."""

from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from kb.journal import JournalLine
from kb.language import _
from kb.people.belongings import Belongings, Kept, Rows, rows_of
from kb.people.models import Person
from kb.record.models import Record
from kb.record.service import CREDIT
from kb.writing.models import (
    Draft,
    DraftComment,
    DraftCountry,
    DraftSave,
    DraftStep,
    State,
    Version,
    Withdrawal,
)
from kb.writing.pictured import go_with
from kb.writing.service import SAVES_KEPT
from kb.writing.sources import OWN

SHOWN: dict[str, tuple[type[Any], tuple[str, ...]]] = {
    "saves": (DraftSave, ("draft_id", "revision", "document", "at")),
    "draft_steps": (DraftStep, ("draft_id", "what", "note", "at")),
    "comments": (DraftComment, ("draft_id", "field", "words", "at")),
    "published": (
        Version,
        ("record_id", "number", "significance", "note", "doubts_note", "at"),
    ),
    "withdrawn": (Withdrawal, ("record_id", "reason", "at")),
}
"""Part → its table, and the columns that are shown, listed by hand."""
DRAFT = ("id", "kind", "language", "state", "document", "created", "changed")


def shown(session: Session, person: Person) -> dict[str, Rows]:
    """Give all that a person wrote and reviewed, as rows of plain values."""
    mine = select(Draft).where(Draft.owner_id == person.id).order_by(Draft.id)
    parts: dict[str, Rows] = {"drafts": rows_of(session.scalars(mine), DRAFT)}
    wrote = select(Record).where(Record.author_id == person.id).order_by(Record.id)
    parts["wrote"] = rows_of(session.scalars(wrote), ("ref", "kind", "published_on"))
    for name, (table, columns) in SHOWN.items():
        rows = select(table).where(table.by_id == person.id).order_by(table.at)
        parts[name] = rows_of(session.scalars(rows), columns)
    return parts


def let_go(session: Session, person: Person) -> None:
    """Throw away what she did not publish, and her name where it stands as credit.

    To be called while she still has her name. What was published stays.
    """
    held = update(Draft).where(Draft.locked_by_id == person.id)
    session.execute(held.values(locked_by_id=None, locked_until=None))
    mine = select(Draft).where(Draft.owner_id == person.id)
    for draft in session.scalars(mine.where(Draft.state == State.PUBLISHED)):
        plain = _without(draft.document, person.name)
        draft.document = {name: plain[name] for name in plain if name != OWN}
        _forget_credit(session, draft.record_id, person.name)
    wrote = update(Record).where(Record.author_id == person.id)
    session.execute(
        wrote.values(author_id=None).execution_options(synchronize_session=False)
    )
    for draft in session.scalars(mine.where(Draft.state != State.PUBLISHED)):
        go_with(session, draft)
    hers = Draft.owner_id == person.id
    session.execute(delete(Draft).where(hers, Draft.state != State.PUBLISHED))
    session.flush()


def _forget_credit(session: Session, record_id: int | None, name: str) -> None:
    session.execute(
        update(Record)
        .where(Record.id == record_id, Record.credit == name)
        .values(credit=CREDIT)
        .execution_options(synchronize_session=False)
    )
    for version in session.scalars(
        select(Version).where(Version.record_id == record_id)
    ):
        version.document = _without(version.document, name)


def _without(document: dict[str, Any], name: str) -> dict[str, Any]:
    facts = document.get("facts", {})
    if facts.get("credit") != name:
        return document
    return document | {"facts": {k: v for k, v in facts.items() if k != "credit"}}


KEPT = (
    Kept(
        _("What you write, with the last %(n)s saves of each draft, and the countries"
          " it is about.", n=SAVES_KEPT),
        _("Until you delete your account; what was published stays for all to read."),
        (Draft, DraftSave, DraftCountry), ("writing.drafts", "writing.saves"),
    ),
    Kept(
        _("What you said when you reviewed, each step you took, what you published or"
          " withdrew, and that you wrote a record."),
        _("For good; without your name once your account is deleted."),
        (DraftStep, DraftComment, Version, Withdrawal, Record, JournalLine),
        ("writing.draft_steps", "writing.comments", "writing.published",
         "writing.withdrawn", "writing.wrote", "journal"),
    ),
)  # fmt: skip
WRITING = Belongings("writing", shown, let_go, KEPT)
