"""How far each language was on each day, so that a team sees whether it gets on."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session

from kb.translating.listing import standing
from kb.translating.models import TranslationDay

MOST_DRAWN = 60
"""Days in one drawing."""


@dataclass(frozen=True)
class Day:
    """How many fields were in which state on one day."""

    day: date
    states: Mapping[str, int]

    @property
    def fields(self) -> int:
        """Give how many fields there were."""
        return sum(self.states.values())


def note_day(session: Session, languages: Iterable[str], today: date) -> bool:
    """Write down how far each language is; once a day. Say whether it was due."""
    if session.scalar(select(exists().where(TranslationDay.day == today))):
        return False
    for language in languages:
        found = standing(session, language).values()
        sums: Counter[str] = sum((one.states for one in found), Counter())
        session.add_all(
            TranslationDay(day=today, language=language, state=state, fields=fields)
            for state, fields in sums.items()
        )
    session.flush()
    return True


def days_of(
    session: Session, *languages: str, since: date = date.min
) -> dict[str, list[Day]]:
    """Give what was written down, the oldest first: language → days, in one query.

    :param languages: all that there are, if none is named.
    """
    wanted = select(TranslationDay).where(TranslationDay.day >= since)
    if languages:
        wanted = wanted.where(TranslationDay.language.in_(languages))
    return _by_language(session, wanted.order_by(TranslationDay.day))


def newest_day(session: Session) -> dict[str, Day]:
    """Give how far each language was when that was last written down."""
    last = select(func.max(TranslationDay.day)).scalar_subquery()
    wanted = select(TranslationDay).where(TranslationDay.day == last)
    found = _by_language(session, wanted)
    return {language: days[-1] for language, days in found.items()}


def _by_language(
    session: Session, wanted: Select[TranslationDay]
) -> dict[str, list[Day]]:
    found: defaultdict[str, defaultdict[date, dict[str, int]]] = defaultdict(
        lambda: defaultdict(dict)
    )
    for row in session.scalars(wanted):
        found[row.language][row.day][row.state] = row.fields
    return {
        language: [Day(day, states) for day, states in days.items()]
        for language, days in found.items()
    }


def thinned(days: Sequence[Day], most: int = MOST_DRAWN) -> list[Day]:
    """Give so many days at most, at even steps, and the newest in any case.

    >>> len(thinned([Day(date(2026, 1, 1), {})] * 100)), thinned([])
    (50, [])
    """
    step = max(1, -(-len(days) // most))
    return list(days[::-step][::-1])


def this_day() -> date:
    """Give the day that is written down now, in UTC."""
    return datetime.now(UTC).date()
