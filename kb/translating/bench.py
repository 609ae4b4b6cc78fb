"""One record in one language as the workbench shows it, in few queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from marshmallow import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from kb.access import Thing
from kb.errors import NotFound, NotValid
from kb.language import INTERFACE, _, name_of
from kb.record.lookups import is_public
from kb.record.marks import (
    Behind,
    FieldState,
    Mark,
    Work,
    after_source,
    digest,
    marks_of,
    source_of,
    state_of,
)
from kb.record.models import Record
from kb.record.parts import unwrapped, words_in
from kb.record.schemas import LANGUAGE
from kb.translating.models import Rendering
from kb.translating.rules import thing_to_translate
from kb.writing.difference import Piece, word_changes
from kb.writing.models import Version
from kb.writing.versions import newest


@dataclass(frozen=True)
class Row:
    """One field: what the source says, what is published, what is being written."""

    field: str
    source: str
    published: str
    mark: Mark | None
    rendering: Rendering | None = None
    beside: str = ""
    """What it says in the other language that was asked for."""
    changed: tuple[Piece, ...] = ()
    """What came and went in the source since it was translated."""

    @property
    def words(self) -> str:
        """The words somebody would go on with."""
        return self.rendering.words if self.rendering else self.published

    @property
    def shown(self) -> str:
        """A digest of these words, for a form to say what it showed."""
        return digest(self.words)

    @property
    def state(self) -> FieldState:
        """What is to be done about it."""
        return state_of(self.mark, self.rendering.state if self.rendering else "")

    @property
    def behind(self) -> str:
        """How far what is published is behind its source."""
        return self.mark.behind if self.mark else Behind.NOT


@dataclass(frozen=True)
class Bench:
    """A record in one language, ready to be worked on."""

    record: Record
    language: str
    last: Version
    source_language: str
    rows: Mapping[str, Row]
    thing: Thing
    """What the rules ask of it in this language."""
    languages: Sequence[str] = field(default_factory=tuple)
    """All languages that it has words in."""

    def waiting(self) -> list[Row]:
        """Give the fields that wait for a reviewer."""
        return [row for row in self.rows.values() if row.state == FieldState.IN_REVIEW]


def known_language(code: str) -> str:
    """Give a language to translate into.

    :raises NotFound: nothing is known of it.
    """
    try:
        LANGUAGE(code)
    except ValidationError as wrong:
        raise NotFound(_("There is no such language.")) from wrong
    if code not in INTERFACE and name_of(code, in_language="en") == code:
        raise NotFound(_("There is no such language."))
    return code


def find_record(session: Session, ref: str, *, to_write: bool = False) -> Record:
    """Give a public record by its code.

    :param to_write: whether to keep others from changing it until the work is kept.
    :raises NotFound: there is none, or it is not public.
    """
    wanted = select(Record).where(Record.ref == ref, is_public())
    record = session.scalar(wanted.with_for_update(of=Record) if to_write else wanted)
    if record is None:
        raise NotFound(_("There is no record with the code %(ref)s.", ref=ref), ref=ref)
    return record


def open_bench(
    session: Session, record: Record, language: str, *, beside: str = ""
) -> Bench:
    """Give a record as it can be translated into a language.

    :param beside: another language whose words are to stand beside the source.
    :raises NotValid: it was written in this language.
    """
    if language == record.source_language:
        raise NotValid(_("It was written in this language."), {})
    last = newest(session, record.id)
    texts = last.document["texts"]
    hers = Rendering.record_id == record.id, Rendering.language == language
    found = session.scalars(
        select(Rendering).where(*hers).options(joinedload(Rendering.translator))
    )
    source, text = source_of(texts), texts.get(language, {})
    marks = marks_of(text, source, last.number)
    other = words_in(texts.get(beside, {}))
    changed = _changed(session, record.id, source, marks)
    rows = {
        name: replace(
            row,
            beside=unwrapped(other.get(name, "")),
            changed=changed.get(name, ()),
        )
        for name, row in rows_of(last, language, {x.field: x for x in found}).items()
    }
    thing = thing_to_translate(session, record, language)
    spoken = record.source_language
    return Bench(record, language, last, spoken, rows, thing, tuple(texts))


def rows_of(
    version: Version, language: str, renderings: Mapping[str, Rendering]
) -> dict[str, Row]:
    """Give the fields of the source as they stand in a language: field → row.

    :param version: that is published now.
    :param renderings: field → what is being written.
    """
    texts = version.document["texts"]
    text = texts.get(language, {})
    source, published = source_of(texts), words_in(text)
    marks = marks_of(text, source, version.number)
    return {
        name: Row(
            name,
            unwrapped(words),
            unwrapped(published.get(name, "")),
            marks.get(name),
            renderings.get(name),
        )
        for name, words in source.items()
    }


def _changed(
    session: Session,
    record_id: int,
    source: Mapping[str, str],
    marks: Mapping[str, Mark],
) -> dict[str, tuple[Piece, ...]]:
    """Give what came and went in the source of each field since it was translated."""
    later = {
        name: mark
        for name, mark in marks.items()
        if name in source and mark.version and mark.source != digest(source[name])
    }
    if not later:
        return {}
    numbers = {mark.version for mark in later.values()}
    rows = session.execute(
        select(Version.number, Version.document).where(
            Version.record_id == record_id, Version.number.in_(numbers)
        )
    )
    then = {number: source_of(document["texts"]) for number, document in rows}
    return {
        name: word_changes(unwrapped(old), unwrapped(source[name]))
        for name, mark in later.items()
        if (old := _words_by_digest(then.get(mark.version, {}), name, mark.source))
    }


def _words_by_digest(words: Mapping[str, str], name: str, wanted: str) -> str:
    """Give the words with a digest, of the field itself if it has them."""
    for said in (words.get(name, ""), *words.values()):
        if said and digest(said) == wanted:
            return said
    return ""


def behind_since(session: Session, record_id: int, name: str, mark: Mark) -> Mark:
    """Give a mark as the versions since leave it: by the weightiest change of each.

    For words that were translated before the source was published anew.
    """
    rows = session.execute(
        select(Version.number, Version.significance, Version.document)
        .where(Version.record_id == record_id, Version.number >= mark.version)
        .order_by(Version.number)
    )
    then = mark.source
    for _number, significance, document in rows:
        now = digest(source_of(document["texts"]).get(name, ""))
        mark, then = after_source(mark, then, now, significance), now
    return mark


WORKED_ON = (Work.DRAFT, Work.SENT_BACK)
