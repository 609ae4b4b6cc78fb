"""Everything about one person, from every room that keeps something of people.

A room above `kb.people` adds its line here; so export and deletion stay complete.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from kb.people import about_me, accounts
from kb.people.models import Person
from kb.writing import about_me as writing

TELL: dict[str, Callable[[Session, Person], dict[str, Any]]] = {
    "writing": writing.everything_about,
}
"""Room → what gives all it keeps of a person."""
FORGET: tuple[Callable[[Session, Person], None], ...] = (writing.forget,)
"""What each room does when a person leaves, while she still has her name."""


def everything_about(session: Session, person: Person) -> dict[str, Any]:
    """Give all that is kept about a person, ready for JSON."""
    told = about_me.everything_about(session, person)
    return told | {name: _plain(tell(session, person)) for name, tell in TELL.items()}


def delete_me(session: Session, person: Person) -> None:
    """Delete an account for good; what was published stays, without her name.

    :raises Conflict: she is the last administrator; nothing may be kept of this then.
    """
    for forget in FORGET:
        forget(session, person)
    accounts.delete_me(session, person)


def _plain(value: Any) -> Any:  # noqa: ANN401  (any JSON)
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, datetime) else value
