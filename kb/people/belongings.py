"""What the rooms above this one keep of a person: hers to see and to take away.

`kb.people` shows and forgets what it keeps itself (`kb.people.kept`). Whatever else has
something of people says so here, so that nothing about her is forgotten when she takes
her file or leaves; `kb.belongings` names the rooms.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from kb.database import Base
from kb.people.models import Person

Rows = list[dict[str, Any]]


def rows_of(found: Iterable[object], columns: Sequence[str]) -> Rows:
    """Give these columns of what was found, by name."""
    return [{name: getattr(row, name) for name in columns} for row in found]


@dataclass(frozen=True)
class Kept:
    """One sort of thing that is kept of people, as the privacy page tells of it."""

    what: Any
    """In words a reader understands, translated when they are shown."""
    until: Any
    """How long it is kept; figures come from what throws it away."""
    tables: tuple[type[Base], ...]
    parts: tuple[str, ...] = ()
    """Where it stands in her file: ``writing.drafts``; empty if it names nobody."""
    days: int | None = None
    """After how many days the worker throws it away; nothing where no clock runs."""


@dataclass(frozen=True)
class Belongings:
    """What one room keeps of people; `kb.belongings` lists the rooms."""

    name: str
    """Its part of her file."""
    shown: Callable[[Session, Person], Rows | dict[str, Rows]]
    """Gives all that is kept of her, as rows of plain values and times."""
    let_go: Callable[[Session, Person], None]
    """Takes out what goes with her account, while her name is still known."""
    kept: tuple[Kept, ...] = ()
    """All it keeps of people, and how long."""
