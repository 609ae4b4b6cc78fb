"""The work done on records of any kind. Nothing else changes one."""

import hashlib
import json
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from marshmallow import ValidationError
from marshmallow.experimental.context import Context
from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from kb import journal
from kb.database import Base
from kb.errors import NotValid
from kb.language import _
from kb.markdown import slug
from kb.record.kind import Kind
from kb.record.marks import apart, marks_of, source_of, whole_state
from kb.record.models import (
    Citation,
    Effect,
    LocalName,
    Part,
    Record,
    Relation,
    Site,
    Status,
    Tag,
    Text,
    TextState,
)
from kb.record.parts import parts_of
from kb.record.schemas import Known, text_schema

OWN = (Text, Tag, LocalName, Site, Effect, Citation)
TOLD_BY_USERS = (Site, Effect)
"""Of these a record has some that do not come in with it: what users tried."""
CREDIT = "The editors of Humus, from the sources named"


def fingerprint(given: Mapping[str, Any], texts: Mapping[str, Any]) -> str:
    """Give a digest of a record as it came in."""
    whole = json.dumps([given, texts], sort_keys=True, default=str)
    return hashlib.sha256(whole.encode()).hexdigest()[:32]


def check(
    kind: Kind, given: Mapping[str, Any], texts: Mapping[str, Any], known: Known
) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """Check a record and its words; give both ready to be stored.

    :param texts: language → what its file of words holds.
    :raises NotValid: ``problems`` names each field, words as ``fr.steps``.
    """
    problems: dict[str, list[str]] = {}
    facts: dict[str, Any] = {}
    words: dict[str, dict[str, Any]] = {}
    with Context(known):
        try:
            facts = kind.schema().load(given)
        except ValidationError as refused:
            problems |= flat(refused.messages_dict)
    schema = text_schema(kind.sections)
    for language, text in texts.items():
        try:
            words[language] = schema.load(text)
        except ValidationError as refused:
            problems |= flat(refused.messages_dict, language)
    if not problems:
        problems = _disagreements(kind, facts, words)
        problems |= _unknown_keys("drawings", known.codes.get("drawing", ()), words)
        problems |= _unknown_keys("labels", known.labels, words)
    if problems:
        raise NotValid(_("The record does not fit."), problems)
    return facts, words


def take_in(
    session: Session,
    kind: Kind,
    key: str,
    facts: dict[str, Any],
    words: dict[str, dict[str, Any]],
    *,
    by: str,
    digest: str = "",
    what: str = "taken in",
    note: str = "",
) -> Record:
    """Store a checked record, replacing what stood under the same key.

    Relations wait for `relate`, since the other record may come in later.

    :param what: what the journal says was done.
    """
    facts = dict(facts)
    facts.pop("relations", None)
    record = session.scalar(select(kind.model).where(kind.model.key == key))
    if record is None:
        record = kind.model(key=key, ref=facts["ref"], provenance=by)
        session.add(record)
    else:
        _take_apart(session, kind, record)
    rows = {name: facts.pop(name, []) for name in kind.rows}
    _fill(record, facts, digest)
    session.flush()
    _hang_on(session, record, facts)
    _add_texts(session, record, words)
    for name, model in kind.rows.items():
        session.add_all(_own_rows(name, model, record, rows[name]))
    session.flush()
    journal.write(session, what, kind=kind.name, record_id=record.id, by=by, note=note)
    return record


def relate(
    session: Session,
    record: Record,
    relations: list[dict[str, str]],
    ids: dict[str, int],
) -> None:
    """Say how a record stands to others.

    :param ids: key of every record → its number.
    """
    session.execute(delete(Relation).where(Relation.from_id == record.id))
    session.add_all(
        Relation(from_id=record.id, to_id=ids[r["to"]], kind=r["kind"])
        for r in relations
    )


def flat(messages: object, name: str = "") -> dict[str, list[str]]:
    """Turn nested problems into one list per field, ``effects.2.unit``."""
    if isinstance(messages, list):
        return {name: [str(m) for m in messages]}
    found: dict[str, list[str]] = {}
    assert isinstance(messages, dict)
    for field, inner in messages.items():
        step = "" if field == "_schema" else str(field)
        found |= flat(inner, ".".join(p for p in (name, step) if p))
    return found


def _disagreements(
    kind: Kind, facts: dict[str, Any], words: dict[str, dict[str, Any]]
) -> dict[str, list[str]]:
    """Say where the facts and the words of a record do not belong together."""
    problems: dict[str, list[str]] = {}
    if not facts["ref"].startswith(f"{kind.letter}-"):
        problems["ref"] = [f"a {kind.name} has a ref that begins with {kind.letter}-"]
    sources = [x for x, text in words.items() if text["state"] == "source"]
    if len(sources) != 1:
        problems["state"] = [f"one text is the source, not {len(sources)}"]
    for name in ("effects", *kind.keyed):
        keys = [row["key"] for row in facts.get(name, [])]
        if len(keys) != len(set(keys)):
            problems[name] = ["a key stands twice"]
        problems |= _unknown_keys(name, keys, words)
    return problems | _wrong_steps(len(facts.get("steps", [])), words)


def _unknown_keys(
    name: str, keys: Collection[str], words: dict[str, dict[str, Any]]
) -> dict[str, list[str]]:
    extra = {x: set(text.get(name, {})) - set(keys) for x, text in words.items()}
    return {
        f"{language}.{name}": [f"no such key: {', '.join(sorted(unknown))}"]
        for language, unknown in extra.items()
        if unknown
    }


def _wrong_steps(wanted: int, words: dict[str, dict[str, Any]]) -> dict[str, list[str]]:
    """Say which texts have other steps than the facts, or an original without words.

    A step that is not translated yet is empty and shown in the original.
    """
    problems = {
        f"{language}.steps": [f"there must be {wanted} as in record.yaml"]
        for language, text in words.items()
        if len(text.get("steps", [None] * wanted)) != wanted
    }
    for language, text in words.items():
        if text["state"] == "source":
            empty = [i for i, said in enumerate(text.get("steps", [])) if not said]
            problems |= {f"{language}.steps.{i}": ["says nothing"] for i in empty}
    return problems


def _take_apart(session: Session, kind: Kind, record: Record) -> None:
    for model in OWN:
        gone = delete(model).where(model.record_id == record.id)
        if model in TOLD_BY_USERS:
            gone = gone.where(model.told_in == "")
        session.execute(gone)
    for own in kind.rows.values():
        owner = own.__table__.c[f"{kind.name}_id"]
        session.execute(delete(own).where(owner == record.id))
    session.expire(record)


def _fill(record: Record, facts: dict[str, Any], digest: str) -> None:
    lists = {"tags", "names", "sites", "effects", "sources"}
    for name, value in facts.items():
        if name not in lists:
            setattr(record, name, value)
    record.credit = record.credit or CREDIT
    record.fingerprint = digest
    published = facts.get("published_on")
    record.status = Status.PUBLISHED if published else Status.DRAFT
    record.review_due_on = _later(record.review_due_on, published)


def _later(due: date | None, published: date | None) -> date | None:
    """Give when it is due: a year after publication, or later if it was assessed."""
    if published is None:
        return None
    return max(due or published, a_year_after(published))


def a_year_after(day: date) -> date:
    """Give the same day twelve months later; 28 February for a leap day."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def _hang_on(session: Session, record: Record, facts: dict[str, Any]) -> None:
    of = {"record_id": record.id}
    session.add_all(Tag(**of, concept_id=c) for c in dict.fromkeys(facts["tags"]))
    session.add_all(LocalName(**of, **row) for row in facts["names"])
    session.add_all(Site(**of, **row) for row in facts["sites"])
    session.add_all(Effect(**of, **row) for row in facts["effects"])
    session.add_all(
        Citation(**of, source_id=s) for s in dict.fromkeys(facts["sources"])
    )


def _add_texts(
    session: Session, record: Record, words: dict[str, dict[str, Any]]
) -> None:
    source = source_of(words)
    texts = {}
    for language, given in words.items():
        texts[language] = _text(record, language, given, source)
    session.add_all(texts.values())
    session.flush()
    parts = [
        {"text_id": texts[language].id, "name": name, "words": said}
        for language, given in words.items()
        for name, said in parts_of(given).items()
        if name in source
    ]
    if parts:
        session.execute(insert(Part), parts)


def _text(
    record: Record, language: str, given: dict[str, Any], source: dict[str, str]
) -> Text:
    """Give a text without its parts; parts that the source lacks are not shown."""
    state, others = given["state"], {}
    if state == TextState.SOURCE:
        record.source_language = language
    else:
        found = marks_of(given, source)
        marks = {field: mark for field, mark in found.items() if field in source}
        state = whole_state(marks)
        others = apart(marks, state)
    return Text(
        record_id=record.id,
        language=language,
        state=state,
        apart=others,
        title=given["title"],
        summary=given["summary"],
        slug=slug(given["title"]),
    )


def _own_rows(
    name: str, model: type[Base], record: Record, rows: list[Any]
) -> list[Base]:
    owner = {f"{record.kind}_id": record.id}
    if name == "steps":
        return [model(**owner, number=i, **row) for i, row in enumerate(rows, start=1)]
    return [model(**owner, **row) for row in rows]
