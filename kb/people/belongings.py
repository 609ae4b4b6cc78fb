"""What rooms above this one keep of a person: shown to her, let go when she leaves."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from kb.people.models import Person

Rows = list[dict[str, Any]]


def rows_of(found: Iterable[object], columns: Sequence[str]) -> Rows:
    """Give these columns of what was found, by name."""
    return [{name: getattr(row, name) for name in columns} for row in found]


@dataclass(frozen=True)
class Belongings:
    """What one room keeps of people; `kb.belongings` lists the rooms."""

    name: str
    """Its part of her file."""
    shown: Callable[[Session, Person], Rows | dict[str, Rows]]
    """Gives all that is kept of her, as rows of plain values and times."""
    let_go: Callable[[Session, Person], None]
    """Takes out what goes with her account, while her name is still known."""
