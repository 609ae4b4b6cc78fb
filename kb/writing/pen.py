"""Who has the pen: a courtesy among those who write the same.

Two who write at once lose nothing, for what both changed is shown side by side; but who
sees a name first asks, and waits, or takes the pen over.
"""

from datetime import UTC, datetime, timedelta

from kb.people.models import Person
from kb.writing.models import Penned

LOCKED_FOR = timedelta(minutes=15)
"""From when it was opened or saved last."""


def with_another(written: Penned, by: Person) -> bool:
    """Say whether somebody else has the pen now."""
    until = written.locked_until
    return until is not None and until > _now() and written.locked_by_id != by.id


def take(written: Penned, by: Person) -> None:
    """Give a person the pen for a while, whoever has it."""
    written.locked_by_id, written.locked_until = by.id, _now() + LOCKED_FOR


def put_down(written: Penned) -> None:
    """Let whoever comes next have the pen."""
    written.locked_by_id = written.locked_until = None


def _now() -> datetime:
    return datetime.now(UTC)
