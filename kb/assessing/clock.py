"""When a record is due, and when readers are told that it was not looked at."""

from datetime import UTC, date, datetime, timedelta

from kb.record.models import Record

GRACE = timedelta(days=60)
"""So long after the day it is due, readers are told."""
AHEAD = timedelta(days=60)
"""So long before that day, the desk shows it."""


def this_day() -> date:
    """Give today in UTC, by which the clock goes everywhere."""
    return datetime.now(UTC).date()


def not_assessed_since(record: Record, today: date | None = None) -> date | None:
    """Give since when nobody said whether a record is still true, if it is too long.

    :return: the day of the last assessment, or of publication; nothing within `GRACE`.
    """
    due = record.review_due_on
    if due is None or (today or this_day()) <= due + GRACE:
        return None
    last = record.assessed_on or record.published_on
    return last if last is not None and last <= due else None
