"""What translators and reviewers do; each step keeps the words it is about."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from kb.access import RULES
from kb.credit import contributors
from kb.credit.models import Share
from kb.errors import Conflict, NotValid
from kb.language import _
from kb.people.models import Person
from kb.record.kind import Kind
from kb.record.marks import Mark, Work, digest, marks_of, source_of, written
from kb.record.models import FieldMark, TextState
from kb.record.parts import with_words
from kb.translating import memory
from kb.translating.bench import WORKED_ON, Bench, Row, behind_since
from kb.translating.models import Rendering, RenderingStep
from kb.writing.filled import cleaned
from kb.writing.publishing import FIELDS_TO_LOOK_AT, put_out
from kb.writing.versions import Document

LONGEST_NOTE = 2000


@dataclass(frozen=True)
class Given:
    """What a form holds of one field."""

    words: str
    shown: str
    """Digest of the words that the form showed."""
    small: bool = False
    confirmed: bool = False
    """The words are right as they stand."""
    source: tuple[str, int] | None = None
    """Digest of what was translated, and the version that holds it, if that is not the
    source of now."""


@dataclass(frozen=True)
class Clash:
    """A field that somebody else changed since the form was shown."""

    field: str
    theirs: str
    mine: str


def save(
    session: Session, bench: Bench, given: Mapping[str, Given], *, by: Person
) -> list[Clash]:
    """Keep what was written as drafts; what somebody else changed meanwhile is given.

    Fields that are left as they were shown, or empty, stay as they are.

    :raises NotAllowed: it is not her language, or not this record.
    """
    RULES.require(by, "translate", bench.thing)
    clashes = []
    for name, one in given.items():
        row = bench.rows.get(name)
        words = cleaned(one.words)
        if row is None or not words or _left(row, one, words):
            continue
        if one.shown != row.shown:
            clashes.append(Clash(name, row.words, words))
            continue
        rendering = _kept(session, bench, row, replace(one, words=words), by)
        _note(session, bench, rendering, "saved")
    session.flush()
    return clashes


def submit(
    session: Session, bench: Bench, names: Collection[str], *, by: Person
) -> None:
    """Hand drafts in for review; the caller has checked their words.

    :raises NotAllowed: it is not her language, or not this record.
    """
    RULES.require(by, "translate", bench.thing)
    for name in names:
        rendering = bench.rows[name].rendering
        if rendering is not None and rendering.state in WORKED_ON:
            rendering.state, rendering.note = Work.IN_REVIEW, ""
            _note(session, bench, rendering, "submitted", by)
    session.flush()


def put_in_hand(
    session: Session, bench: Bench, row: Row, words: str, *, of: Person,
    source: tuple[str, int],
) -> None:  # fmt: skip
    """Hand words in that somebody else wrote, in her name.

    :param source: digest of what she translated, and the version that holds it.
    """
    rendering = _kept(session, bench, row, Given(words, row.shown, source=source), of)
    rendering.state = Work.IN_REVIEW
    _note(session, bench, rendering, "suggested")
    session.flush()


def may_review(bench: Bench, row: Row, by: Person) -> bool:
    """Say whether a person may decide on a field: nobody may on her own words."""
    if row.rendering is None:
        return False
    thing = replace(bench.thing, author_id=row.rendering.translator_id)
    return RULES.may(by, "review translation", thing)


def send_back(
    session: Session, bench: Bench, notes: Mapping[str, str], *, by: Person
) -> None:
    """Give fields back to who translates, with what is to be changed.

    :raises NotAllowed: she may not review them.
    :raises NotValid: it is not said why.
    """
    rows = _to_decide(bench, notes, by)
    silent = [row.field for row in rows if not cleaned(notes[row.field])]
    if silent:
        why = str(_("Please say what should be changed."))
        raise NotValid(FIELDS_TO_LOOK_AT, {name: [why] for name in silent})
    for row in rows:
        rendering = _rendering(row)
        rendering.state = Work.SENT_BACK
        rendering.note = cleaned(notes[row.field])[:LONGEST_NOTE]
        _note(session, bench, rendering, "sent back", by)
    session.flush()


def accept(
    session: Session, kind: Kind, bench: Bench, shown: Mapping[str, str], *, by: Person
) -> None:
    """Publish fields that were handed in, as the next version of the record.

    :param shown: field → digest of the words that the reviewer saw.
    :raises NotAllowed: she may not review them.
    :raises Conflict: the words are others now, or nothing was chosen.
    :raises NotValid: they do not fit, or the title is still missing.
    """
    rows = _to_decide(bench, shown, by)
    if not rows:
        raise Conflict(_("Nothing was chosen."))
    changed = [row for row in rows if row.shown != shown[row.field]]
    if changed:
        raise Conflict(_("The words were changed meanwhile. Please look again."))
    document = _with(session, bench, rows)
    put_out(
        session, kind, bench.record, document,
        by=by, what="translated", note=bench.language,
    )  # fmt: skip
    for row in rows:
        _is_accepted(session, bench, _rendering(row), by)
    session.flush()
    memory.refill(session, bench.record.id)


def _to_decide(bench: Bench, names: Collection[str], by: Person) -> list[Row]:
    rows = [row for row in bench.waiting() if row.field in names]
    if len(rows) < len(set(names)):
        raise Conflict(_("The words were changed meanwhile. Please look again."))
    for row in rows:
        thing = replace(bench.thing, author_id=_rendering(row).translator_id)
        RULES.require(by, "review translation", thing)
    return rows


def _with(session: Session, bench: Bench, rows: Collection[Row]) -> Document:
    """Give the document of the record with accepted words and their marks."""
    document, language = bench.last.document, bench.language
    texts = document["texts"]
    source = source_of(texts)
    text: dict[str, Any] = dict(texts.get(language, {"state": TextState.REVIEWED}))
    marks = marks_of(text, source, bench.last.number)
    steps = len(texts[bench.source_language].get("steps", ()))
    for row in rows:
        text = with_words(text, row.field, _rendering(row).words, steps=steps)
        marks[row.field] = _mark(session, bench, row)
    if not text.get("title"):
        why = str(_("The title has to be accepted first."))
        raise NotValid(FIELDS_TO_LOOK_AT, {"title": [why]})
    return {**document, "texts": {**texts, language: written(text, marks, source)}}


def _mark(session: Session, bench: Bench, row: Row) -> Mark:
    """Give the mark of an accepted field; a small fix leaves it as far behind."""
    rendering = _rendering(row)
    if rendering.small and row.mark is not None:
        return replace(row.mark, state=TextState.REVIEWED)
    new = Mark(TextState.REVIEWED, rendering.source_hash, rendering.source_version)
    if new.source == digest(row.source):
        return new
    return behind_since(session, bench.record.id, row.field, new)


def _is_accepted(
    session: Session, bench: Bench, rendering: Rendering, by: Person
) -> None:
    _note(session, bench, rendering, "published", by)
    session.execute(
        update(FieldMark)
        .where(
            FieldMark.record_id == bench.record.id,
            FieldMark.language == bench.language,
            FieldMark.field == rendering.field,
        )
        .values(translator_id=rendering.translator_id, reviewer_id=by.id)
    )
    contributors.note(
        session, bench.record, rendering.translator_id, Share.TRANSLATOR,
        language=bench.language,
    )  # fmt: skip
    session.delete(rendering)


def _left(row: Row, given: Given, words: str) -> bool:
    """Say whether a form leaves a field as it showed it."""
    if digest(words) != given.shown:
        return False
    if row.rendering is None:
        return not given.confirmed
    return given.small == row.rendering.small


def _kept(
    session: Session, bench: Bench, row: Row, given: Given, by: Person
) -> Rendering:
    rendering = row.rendering
    if rendering is None:
        rendering = Rendering(
            record_id=bench.record.id, language=bench.language, field=row.field
        )
        session.add(rendering)
    rendering.words, rendering.small = given.words, given.small
    rendering.state, rendering.translator_id = Work.DRAFT, by.id
    now = digest(row.source), bench.last.number
    rendering.source_hash, rendering.source_version = given.source or now
    rendering.changed = datetime.now(UTC)
    return rendering


def _rendering(row: Row) -> Rendering:
    assert row.rendering is not None
    return row.rendering


def _note(
    session: Session, bench: Bench, rendering: Rendering, what: str,
    by: Person | None = None,
) -> None:  # fmt: skip
    """Write a step down, by whoever translated it unless another took it."""
    session.add(
        RenderingStep(
            record_id=bench.record.id,
            language=bench.language,
            field=rendering.field,
            what=what,
            words=rendering.words,
            note=rendering.note,
            by_id=by.id if by else rendering.translator_id,
            at=datetime.now(UTC),
        )
    )
