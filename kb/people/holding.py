"""What other rooms keep of a person: each says so itself, and lets go of it."""

from typing import Any, Protocol

from sqlalchemy.orm import Session

from kb.people.models import Person


class Holding(Protocol):
    """A room that keeps something of people; all are listed in `kb.holdings`."""

    @property
    def name(self) -> str:
        """What its part of the file about a person is called."""

    def shown(self, session: Session, person: Person) -> dict[str, Any]:
        """Give all that is kept of a person, ready for JSON."""

    def let_go(self, session: Session, person: Person) -> None:
        """Delete it, or take her name and address off what stays."""
