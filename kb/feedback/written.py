"""What all have in common that users write: who said it, and whether it is spam."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload
from sqlalchemy.orm.interfaces import ORMOption

from kb.errors import Conflict, NotValid
from kb.feedback.models import Said
from kb.feedback.rules import open_to
from kb.language import _
from kb.people import log
from kb.people.models import Person
from kb.record.models import Record

_LINK = re.compile(
    r"https?://|www\.|[a-z0-9-]\.(com|net|org|info|biz|ru|cn|shop)\b", re.I
)
SaidRow = TypeVar("SaidRow", bound=Said)
MOST_LISTED = 200
"""So many are listed at once."""
TWICE = timedelta(minutes=10)
"""Within this time the same words are the same thing said."""
MOST_LINKS = 1
"""More links than this in one text look like advertising."""


def who(given: Mapping[str, Any], person: Person | None) -> dict[str, Any]:
    """Give the columns that say who wrote something, and when."""
    return {
        "at": datetime.now(UTC),
        "language": given["language"],
        "name": given["name"],
        "contact": given["contact"],
        "person_id": person.id if person else None,
    }


def looks_like_advertising(*texts: str) -> bool:
    """Say whether a person should look twice; nothing is thrown away for it.

    >>> looks_like_advertising("Buy at http://a.example and www.b.example")
    True
    """
    return len(_LINK.findall(" ".join(texts))) > MOST_LINKS


def seen_by(
    session: Session, person: Person, step: str, said: type[SaidRow],
    wanted: Select[SaidRow],
) -> Sequence[SaidRow]:  # fmt: skip
    """Give what is wanted as far as a person's scope reaches, with its records.

    :param step: what she has to be allowed to do.
    :param said: the table.
    :param wanted: its rows in their order; `MOST_LISTED` of them are given at most.
    """
    hers = select(Record.id).where(open_to(person, step))
    rows = wanted.where(said.record_id.in_(hers)).limit(MOST_LISTED)
    return session.scalars(rows).all()


def find(
    session: Session, said: type[SaidRow], number: int, *more: ORMOption
) -> SaidRow | None:
    """Give something said with its record, whoever asks.

    :param more: what else of it is loaded.
    """
    table: Any = said
    wanted = select(table).where(table.id == number)
    row: SaidRow | None = session.scalar(
        wanted.options(joinedload(table.record), *more)
    )
    return row


def decide(said: Said, state: str, *, by: Person, note: str) -> None:
    """Write down what was decided, by whom and why."""
    said.state, said.note = state, note
    said.decided, said.decided_by = datetime.now(UTC), log.called(by)


def require_reason(note: str) -> None:
    """See to it that somebody says why.

    :raises NotValid: she does not.
    """
    if not note:
        said = _("Please say why in a few words.")
        raise NotValid(said, {"note": [str(said)]})


def require_state(said: Said, *states: str) -> None:
    """Refuse what was decided meanwhile.

    :raises Conflict: its state is another.
    """
    if said.state not in states:
        why = _("Somebody has decided this meanwhile.")
        raise Conflict(why, state=said.state)


def said_just_now(session: Session, row: SaidRow, *same: str) -> SaidRow | None:
    """Give what was said of the record in the very same words a moment ago.

    Whoever presses a button twice, or sends a form again after a lost connection, has
    said it once. Others who say something of the record wait until this one is done.

    :param same: names of the columns that have to be the same.
    """
    record = select(Record.id).where(Record.id == row.record_id)
    session.execute(record.with_for_update(key_share=True))
    table = type(row)
    wanted = select(table).where(
        table.record_id == row.record_id,
        table.at > row.at - TWICE,
        *(getattr(table, name) == getattr(row, name) for name in same),
    )
    return session.scalar(wanted.limit(1))
