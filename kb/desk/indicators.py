"""What all this comes to: numbers for everybody, of nobody.

Counts of a few are left out, so that no number points to one person: a language or a
zone is named only from `FEWEST` questions or searches on.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kb.assessing.clock import this_day
from kb.credit.models import RecordUse
from kb.credit.use import COUNTED, months_until
from kb.feedback.models import HeldState, Tried
from kb.helpdesk.report import Fact, Line, Period, all_facts, line
from kb.record.lookups import is_public
from kb.record.models import Record, Text
from kb.search.gaps import Sought

FEWEST = 5
"""Questions or searches of which a language or a zone is told."""


@dataclass(frozen=True)
class Searches:
    """What was searched for in one language, for land of one zone."""

    language: str
    zone: str
    """Empty if nothing was said of the land."""
    times: int
    in_vain: int
    """Times that nothing held all the words."""


@dataclass(frozen=True)
class Indicators:
    """The numbers of the last twelve months, and what stands today."""

    since: date
    until: date
    records: Mapping[str, int]
    """Kind → public records."""
    assessed: int
    """Public records that were assessed, or published, within their year."""
    texts: Mapping[str, Mapping[str, int]]
    """Language → state of a text as a whole → public records."""
    use_by_month: Mapping[date, Counter[str]]
    use_by_language: Mapping[str, Counter[str]]
    tried: int
    """Reports of what was tried on somebody's land, checked by a second person."""
    questions: Line
    asked_in: Mapping[str, int]
    """Language → questions."""
    searches: tuple[Searches, ...]


def indicators(session: Session, today: date | None = None) -> Indicators:
    """Count everything, in seven queries."""
    until = today or this_day()
    months = months_until(until.replace(day=1))
    asked = all_facts(session, Period(months[0], until))
    by_month, by_language = _use(session, months)
    return Indicators(
        since=months[0],
        until=until,
        records=_records(session),
        assessed=_assessed(session, until),
        texts=_texts(session),
        use_by_month=by_month,
        use_by_language=by_language,
        tried=_tried(session),
        questions=line("", asked),
        asked_in=_by_language(asked),
        searches=_searches(session, months[0]),
    )


def _records(session: Session) -> dict[str, int]:
    rows = session.execute(
        select(Record.kind, func.count()).where(is_public()).group_by(Record.kind)
    )
    return dict(rows.all())


def _assessed(session: Session, today: date) -> int:
    counted = select(func.count()).where(is_public(), Record.review_due_on > today)
    return session.scalar(counted) or 0


def _texts(session: Session) -> dict[str, dict[str, int]]:
    rows = session.execute(
        select(Text.language, Text.state, func.count())
        .join(Record, Record.id == Text.record_id)
        .where(is_public())
        .group_by(Text.language, Text.state)
    )
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for language, state, many in rows:
        found[language][state] = many
    return dict(sorted(found.items(), key=lambda each: -sum(each[1].values())))


def _use(
    session: Session, months: list[date]
) -> tuple[dict[date, Counter[str]], dict[str, Counter[str]]]:
    sums = [func.sum(getattr(RecordUse, name)) for name in COUNTED]
    rows = session.execute(
        select(RecordUse.month, RecordUse.language, *sums)
        .where(RecordUse.month >= months[0])
        .group_by(RecordUse.month, RecordUse.language)
    )
    by_month = {month: Counter[str]() for month in months}
    by_language: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for month, language, *counts in rows:
        counted = dict(zip(COUNTED, map(int, counts), strict=True))
        by_month[month].update(counted)
        by_language[language].update(counted)
    first = sorted(by_language.items(), key=lambda each: -each[1]["views"])
    return by_month, dict(first)


def _tried(session: Session) -> int:
    passed = (
        select(func.count(Tried.id))
        .join(Record, Record.id == Tried.record_id)
        .where(Tried.state == HeldState.PASSED, is_public())
    )
    return session.scalar(passed) or 0


def _by_language(asked: list[Fact]) -> dict[str, int]:
    counted = Counter(fact.language for fact in asked)
    return {code: many for code, many in counted.most_common() if many >= FEWEST}


def _searches(session: Session, since: date) -> tuple[Searches, ...]:
    times, in_vain = func.sum(Sought.times), func.sum(Sought.in_vain)
    rows = session.execute(
        select(Sought.language, Sought.zone, times, in_vain)
        .where(Sought.day >= since)
        .group_by(Sought.language, Sought.zone)
        .having(times >= FEWEST)
        .order_by(in_vain.desc(), times.desc(), Sought.language, Sought.zone)
    )
    return tuple(
        Searches(language, zone, int(n), int(vain)) for language, zone, n, vain in rows
    )
