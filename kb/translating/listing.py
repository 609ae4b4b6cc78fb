"""Which records lack what in a language."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from kb.people.models import Person
from kb.record.lookups import is_public
from kb.record.marks import FieldState, Mark, marks_of, source_of, state_of
from kb.record.models import FieldMark, Part, Record, Text
from kb.translating.models import Rendering, Suggested
from kb.translating.rules import translatable
from kb.writing.versions import newest

MOST = 50
"""Records on one page."""
PRESSING = {
    FieldState.STALE: 3,
    FieldState.IN_REVIEW: 2,
    FieldState.MISSING: 2,
    FieldState.DRAFT: 1,
    FieldState.MACHINE_DRAFTED: 1,
}
"""What is to be done about a field → how much it counts in the order of the list."""


@dataclass
class Lacking:
    """How the fields of a record stand in a language."""

    record_id: int
    ref: str
    kind: str
    fields: int
    """How many its source has."""
    states: Counter[str] = field(default_factory=Counter)
    suggested: int = 0
    """Suggestions that wait."""

    @property
    def pressing(self) -> int:
        """Say how much there is to do."""
        states = self.states.items()
        return self.suggested + sum(
            PRESSING.get(FieldState(x), 0) * n for x, n in states
        )


def lacking(session: Session, person: Person | None, language: str) -> list[Lacking]:
    """Give the public records a person may translate, the most pressing first.

    In four queries, however many there are.
    """
    found = _records(session, person, language)
    _count_marks(session, language, found)
    _count_work(session, language, found)
    for one in found.values():
        one.states[FieldState.MISSING] = one.fields - sum(one.states.values())
        one.states = +one.states
    return sorted(found.values(), key=lambda one: (-one.pressing, one.record_id))


def _count_marks(session: Session, language: str, found: dict[int, Lacking]) -> None:
    here = FieldMark.language == language
    marks = session.execute(
        select(FieldMark.record_id, FieldMark.state, FieldMark.behind, func.count())
        .where(here)
        .group_by(FieldMark.record_id, FieldMark.state, FieldMark.behind)
    )
    for record_id, state, behind, count in marks:
        if record_id in found:
            found[record_id].states[_state(state, behind)] += count


def _count_work(session: Session, language: str, found: dict[int, Lacking]) -> None:
    """Count fields somebody works on by that, and suggestions."""
    for record_id, work, state, behind in _renderings(session, language):
        if record_id in found:
            states = found[record_id].states
            states[_state(state, behind, work)] += 1
            if state is not None:
                states[_state(state, behind)] -= 1
    waits = Suggested.language == language, Suggested.state == "waits"
    counted = select(Suggested.record_id, func.count()).where(*waits)
    for record_id, count in session.execute(counted.group_by(Suggested.record_id)):
        if record_id in found:
            found[record_id].suggested = count


def coverage(
    session: Session, record: Record, languages: Iterable[str]
) -> dict[str, Counter[str]]:
    """Give how many fields of a record are in which state: language → state → number.

    :param languages: those that are to stand there in any case.
    """
    last = newest(session, record.id).document["texts"]
    source = source_of(last)
    wanted = dict.fromkeys([*languages, *last])
    at_work: dict[tuple[str, str], str] = {
        (language, name): state
        for language, name, state in session.execute(
            select(Rendering.language, Rendering.field, Rendering.state).where(
                Rendering.record_id == record.id
            )
        )
    }
    found = {}
    for language in wanted:
        if language != record.source_language:
            marks = marks_of(last.get(language, {}), source)
            found[language] = Counter(
                str(state_of(marks.get(name), at_work.get((language, name), "")))
                for name in source
            )
    return found


def _records(
    session: Session, person: Person | None, language: str
) -> dict[int, Lacking]:
    parts = func.count(Part.name)
    source = and_(Text.record_id == Record.id, Text.language == Record.source_language)
    rows = session.execute(
        select(Record.id, Record.ref, Record.kind, Text.summary != "", parts)
        .join(Text, source)
        .outerjoin(Part, Part.text_id == Text.id)
        .where(is_public(), Record.source_language != language)
        .where(translatable(person, language))
        .group_by(Record.id, Record.ref, Record.kind, Text.summary)
    )
    return {
        number: Lacking(number, ref, kind, 1 + bool(summed) + count)
        for number, ref, kind, summed, count in rows
    }


def _renderings(session: Session, language: str) -> list[tuple[int, str, str, str]]:
    its_mark = and_(
        FieldMark.record_id == Rendering.record_id,
        FieldMark.language == Rendering.language,
        FieldMark.field == Rendering.field,
    )
    rows = session.execute(
        select(Rendering.record_id, Rendering.state, FieldMark.state, FieldMark.behind)
        .outerjoin(FieldMark, its_mark)
        .where(Rendering.language == language)
    )
    return [(number, work, state, behind) for number, work, state, behind in rows]


def _state(state: str | None, behind: str | None, work: str = "") -> str:
    mark = Mark(state, "", 0, behind or "") if state is not None else None
    return state_of(mark, work)
