"""What rooms above this one keep of a person: shown to her, let go when she leaves."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from kb.people.models import Person


@dataclass(frozen=True)
class Belongings:
    """What one room keeps of people; `kb.belongings` lists the rooms."""

    name: str
    """Its part of her file."""
    shown: Callable[[Session, Person], list[dict[str, Any]]]
    """Gives all that is kept of her, ready for JSON."""
    let_go: Callable[[Session, Person], None]
    """Takes out what goes with her account, while her name is still known."""
