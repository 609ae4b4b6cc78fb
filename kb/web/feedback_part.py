"""What the page of a record shows of what users said of it."""

from typing import Any

from kb.entrance.request import this_session
from kb.feedback.choices import OUTCOMES
from kb.feedback.heard import heard
from kb.kinds import KINDS
from kb.record.models import Record


def feedback_of(record: Record) -> dict[str, Any]:
    """Give what is said of a record, and what can be said of one of its kind."""
    kind = KINDS[record.kind]
    return {
        "heard": heard(this_session(), record.id),
        "triable": kind.triable,
        "plural": kind.plural,
        "outcomes": OUTCOMES,
    }
