"""Which records lack what in a language."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import (
    ColumnElement,
    Subquery,
    and_,
    case,
    func,
    literal,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import Session

from kb.people.models import Person
from kb.record.lookups import is_public
from kb.record.marks import FieldState, Mark, marks_of, source_of, state_of
from kb.record.models import FieldMark, Part, Record, Text
from kb.translating.models import Rendering, Suggested, TranslationComment
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


UNSPACED = ("ja", "km", "lo", "my", "th", "zh")
"""Languages that put no spaces between words; two signs count as one word."""


@dataclass
class Lacking:
    """How the fields of a record stand in a language."""

    record_id: int
    ref: str
    kind: str
    states: Counter[str] = field(default_factory=Counter)
    """State → fields of the source."""
    words: Counter[str] = field(default_factory=Counter)
    """State → words in these fields of the source, roughly."""
    suggested: int = 0
    """Suggestions that wait."""
    discussed: int = 0
    """Comments that are not settled."""

    @property
    def pressing(self) -> int:
        """Say how much there is to do."""
        states = self.states.items()
        return (
            self.suggested
            + self.discussed
            + sum(PRESSING.get(FieldState(x), 0) * n for x, n in states)
        )


def lacking(session: Session, person: Person | None, language: str) -> list[Lacking]:
    """Give the public records a person may translate, the most pressing first.

    In three queries, however many there are.
    """
    found = standing(session, language, translatable(person, language))
    waits = Suggested.language == language, Suggested.state == "waits"
    counted = select(Suggested.record_id, func.count()).where(*waits)
    for record_id, count in session.execute(counted.group_by(Suggested.record_id)):
        if record_id in found:
            found[record_id].suggested = count
    said = TranslationComment
    still = said.language == language, said.settled.is_(None)
    counted = select(said.record_id, func.count()).where(*still)
    for record_id, count in session.execute(counted.group_by(said.record_id)):
        if record_id in found:
            found[record_id].discussed = count
    return sorted(found.values(), key=lambda one: (-one.pressing, one.record_id))


def standing(
    session: Session, language: str, wanted: ColumnElement[bool] | None = None
) -> dict[int, Lacking]:
    """Give how the fields of public records stand in a language, in one query.

    Records that were written in it are left out.

    :param wanted: which records; all, if nothing is said.
    """
    said = _sources()
    marked, at_work = (
        and_(
            table.record_id == Record.id,
            table.field == said.c.field,
            table.language == language,
        )
        for table in (FieldMark, Rendering)
    )
    states = FieldMark.state, FieldMark.behind, Rendering.state
    count, words = func.count(), func.sum(_words(said.c.words))
    rows = session.execute(
        select(Record.id, Record.ref, Record.kind, count, words, *states)
        .join(said, said.c.record_id == Record.id)
        .outerjoin(FieldMark, marked)
        .outerjoin(Rendering, at_work)
        .where(is_public(), Record.source_language != language)
        .where(true() if wanted is None else wanted)
        .group_by(Record.id, Record.ref, Record.kind, *states)
    )
    found: dict[int, Lacking] = {}
    for number, ref, kind, fields, long, state, behind, work in rows:
        one = found.setdefault(number, Lacking(number, ref, kind))
        mark = Mark(state, "", 0, behind) if state is not None else None
        name = state_of(mark, work or "")
        one.states[name] += fields
        one.words[name] += long
    return found


def _sources() -> Subquery:
    """Give the words of each field of each source: record, field, words."""
    its_own = Text.language == Record.source_language
    of_source = and_(Text.record_id == Record.id, its_own)
    head = (("title", Text.title), ("summary", Text.summary))
    number, field = Record.id.label("record_id"), "field"
    fields = [
        select(number, literal(name).label(field), words.label("words"))
        .join(Text, of_source)
        .where(words != "")
        for name, words in head
    ]
    parts = (
        select(Record.id, Part.name, Part.words)
        .join(Text, of_source)
        .join(Part, Part.text_id == Text.id)
        .where(Part.words != "")
    )
    return union_all(*fields, parts).subquery()


def _words(said: ColumnElement[str]) -> ColumnElement[int]:
    """Give how many words a text has, roughly: one more than there are gaps."""
    flat = func.replace(said, "\n", " ")
    spaced = func.length(flat) - func.length(func.replace(flat, " ", "")) + 1
    unspaced = Record.source_language.in_(UNSPACED)
    return case((unspaced, (func.length(said) + 1) // 2), else_=spaced)


def matrix(
    session: Session, record: Record, languages: Iterable[str]
) -> dict[str, Mapping[str, str]]:
    """Give the state of each field of a record: language → field → state.

    :param languages: those that are to stand there in any case.
    """
    last = newest(session, record.id).document["texts"]
    source = source_of(last)
    at_work: dict[tuple[str, str], str] = {
        (language, name): state
        for language, name, state in session.execute(
            select(Rendering.language, Rendering.field, Rendering.state).where(
                Rendering.record_id == record.id
            )
        )
    }
    found: dict[str, Mapping[str, str]] = {}
    for language in dict.fromkeys([*languages, *last]):
        if language != record.source_language:
            marks = marks_of(last.get(language, {}), source)
            found[language] = {
                name: state_of(marks.get(name), at_work.get((language, name), ""))
                for name in source
            }
    return found
