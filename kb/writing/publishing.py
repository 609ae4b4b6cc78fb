"""From a draft to a record that all may read, and from a record to none."""

import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from kb import access, journal
from kb.communities.service import is_published as community_knows
from kb.communities.service import lacks_consent
from kb.credit import contributors
from kb.credit.models import Share
from kb.errors import Conflict, NotValid
from kb.language import _
from kb.people import log
from kb.people.models import Person
from kb.record.kind import Kind
from kb.record.lookups import is_public, read_known
from kb.record.marks import after_change
from kb.record.models import Record, Status
from kb.record.schemas import Known
from kb.record.service import check, fingerprint, relate, take_in
from kb.writing import sources
from kb.writing.filled import cleaned, without_empty_rows
from kb.writing.letters import Post
from kb.writing.local_units import placeless
from kb.writing.merging import (
    Clash,
    merged,
    only_translated,
    with_steps_translated,
)
from kb.writing.models import Draft, Significance, Withdrawal
from kb.writing.pictured import are_shown
from kb.writing.plausibility import Doubt, new_doubts
from kb.writing.rules import RULES, thing_of_draft
from kb.writing.service import LONGEST_NOTE, is_published, store
from kb.writing.shape import sections_of
from kb.writing.versions import Document, get_version, keep_version, newest

FIELDS_TO_LOOK_AT = _("Please look at the marked fields.")


@dataclass(frozen=True)
class Said:
    """What is asked of whoever publishes."""

    significance: str
    note: str = ""
    doubts_note: str = ""


@dataclass(frozen=True)
class Checked:
    """A document that fits: as it will be published, and ready to be stored."""

    document: Document
    facts: dict[str, Any]
    words: dict[str, dict[str, Any]]


def check_draft(session: Session, kind: Kind, draft: Draft, known: Known) -> Checked:
    """Say whether a draft could be published as it is.

    :raises NotValid: ``problems`` names the fields as the forms do.
    """
    return _check(session, kind, draft, draft.document, known)


def _check(
    session: Session, kind: Kind, draft: Draft, written: Document, known: Known
) -> Checked:
    document = _whole(session, kind, written)
    known = sources.with_own(known, document)
    problems: dict[str, list[str]] = {}
    try:
        facts, words = check(kind, document["facts"], document["texts"], known)
    except NotValid as refused:
        problems = dict(refused.problems)
    problems |= _loose_ends(session, document) | _wordless(kind, draft)
    problems |= placeless(session, document)
    if problems:
        named = {field_of(name): lines for name, lines in problems.items()}
        raise NotValid(FIELDS_TO_LOOK_AT, named)
    return Checked(document, facts, words)


def field_of(name: str) -> str:
    """Give how forms call the field of a problem.

    >>> field_of("en.how"), field_of("en.steps.2"), field_of("effects.0.unit")
    ('text.how', 'steps.2.words', 'effects.0.unit')
    """
    first, _dot, rest = name.partition(".")
    if rest and re.fullmatch("[a-z]{2,3}(-[A-Za-z0-9]+)*", first) and first != "tags":
        step = re.fullmatch(r"(steps\.\d+)", rest)
        return f"{step[1]}.words" if step else f"text.{rest}"
    if first == "tags":
        return ".".join(name.split(".")[:2])
    return name if rest else f"facts.{name}"


def tidy_up(session: Session, kind: Kind, draft: Draft, *, by: Person) -> None:
    """Take out rows in which nothing was written, and sources that nothing cites."""
    tidied = without_empty_rows(draft.document, sections_of(kind))
    store(session, draft, sources.without_unused(tidied), by)


def doubts_of(session: Session, draft: Draft) -> list[Doubt]:
    """Give the claims of a draft that stand out and are new with it."""
    return new_doubts(draft.document, _base(session, draft))


def bring_up(session: Session, draft: Draft, *, by: Person) -> list[Clash]:
    """Bring a draft together with what was published since it was begun.

    Where both changed a field the draft keeps its own; these fields are given.
    """
    RULES.require(by, "write", thing_of_draft(session, draft))
    base = _base(session, draft)
    if draft.record_id is None or base is None:
        return []
    last = newest(session, draft.record_id)
    whole, clashes = merged(base, draft.document, last.document)
    whole, settled = with_steps_translated(base, whole, last.document)
    store(session, draft, whole, by)
    draft.based_on = last.number
    session.flush()
    return [clash for clash in clashes if clash.path not in settled]


def _take_translations(session: Session, draft: Draft, *, by: Person) -> None:
    """Bring in what was translated since a draft was begun, if that is all.

    :raises Conflict: more was published meanwhile.
    """
    if not is_behind(session, draft):
        return
    base, record_id = _base(session, draft), draft.record_id
    if (
        base is None
        or record_id is None
        or not only_translated(base, newest(session, record_id).document)
        or bring_up(session, draft, by=by)
    ):
        raise Conflict(_("The record was published anew since this draft was begun."))


def is_behind(session: Session, draft: Draft) -> bool:
    """Say whether the record was published anew since a draft was begun."""
    if draft.record_id is None:
        return False
    return newest(session, draft.record_id).number != draft.based_on


def publish(
    session: Session, kind: Kind, draft: Draft, said: Said, *, by: Person, post: Post
) -> Record:
    """Open a draft to the public as the next version of its record.

    :raises NotAllowed: she may not publish it, or not this record.
    :raises Conflict: the record was published anew meanwhile.
    :raises NotValid: something does not fit, or it lacks what has to be said.
    """
    RULES.require(by, "publish", thing_of_draft(session, draft))
    record = session.get(Record, draft.record_id) if draft.record_id else None
    if record is not None:
        access.RULES.require(by, "publish", access.thing_of(session, record))
    _take_translations(session, draft, by=by)
    check_draft(session, kind, draft, read_known(session))
    _require_agreed(session, draft)
    _require_said(session, draft, said, new=record is None)
    public = sources.made_public(session, draft.document)
    known = read_known(session)
    ready = _check(session, kind, draft, public, known)
    ready = _marked(ready, _base(session, draft), draft.based_on, said)
    record = _store(
        session, kind, record, ready, by=by, what="published", note=said.significance
    )
    keep_version(
        session, record, ready.document, known,
        by_id=by.id, significance=said.significance if draft.based_on else "",
        note=cleaned(said.note)[:LONGEST_NOTE],
        doubts_note=cleaned(said.doubts_note)[:LONGEST_NOTE],
    )  # fmt: skip
    if draft.record_id is None:
        draft.record_id, record.author_id = record.id, draft.owner_id
    are_shown(session, draft, record, ready.document, by=by)
    community_knows(session, draft.holding_id, record, by=by)
    is_published(session, draft, by=by)
    _credit(session, record, draft, by)
    post.tell(session, "draft-published", draft.owner, draft, cleaned(said.note))
    return record


def _credit(session: Session, record: Record, draft: Draft, by: Person) -> None:
    """Write down who wrote this version and who reviewed it."""
    hers = record.author_id == draft.owner_id
    wrote = Share.AUTHOR if hers else Share.COMPILER
    contributors.note(session, record, draft.owner_id, wrote)
    for reviewer in sorted({draft.reviewer_id or by.id, by.id}):
        contributors.note(session, record, reviewer, Share.REVIEWER)


def withdraw(
    session: Session, record: Record, *, by: Person, reason: str, instead: str = ""
) -> None:
    """Show a record to nobody any more, but for a page that says why.

    :param instead: ref of the record that replaces it.
    :raises NotAllowed: she neither edits there nor administers.
    :raises Conflict: it is not public.
    :raises NotValid: it is not said why, or the other record is not public.
    """
    access.RULES.require(by, "withdraw", access.thing_of(session, record))
    if record.status != Status.PUBLISHED:
        raise Conflict(_("Only what is published can be withdrawn."))
    why = cleaned(reason)[:LONGEST_NOTE]
    if not why:
        problem = _("Please say why.")
        raise NotValid(problem, {"reason": [str(problem)]})
    withdrawal = Withdrawal(
        record_id=record.id,
        reason=why,
        replaced_by_id=_replacement(session, record, instead),
        by_id=by.id,
        at=datetime.now(UTC),
    )
    record.status = Status.WITHDRAWN
    session.add(withdrawal)
    journal.write(
        session, "withdrawn", kind=record.kind, record_id=record.id,
        by=log.called(by), note=why,
    )  # fmt: skip


def _replacement(session: Session, record: Record, ref: str) -> int | None:
    if not ref.strip():
        return None
    other = session.scalar(
        select(Record.id).where(
            Record.ref == cleaned(ref).upper(),
            is_public(),
            Record.id != record.id,
        )
    )
    if other is None:
        problem = _("There is no other record with this code.")
        raise NotValid(FIELDS_TO_LOOK_AT, {"instead": [str(problem)]})
    return other


def _whole(session: Session, kind: Kind, written: Document) -> Document:
    """Give the document with what nobody types: code, day, other records by key."""
    document = deepcopy(written)
    facts = document.setdefault("facts", {})
    facts.setdefault("ref", _next_ref(session, kind))
    facts.setdefault("published", datetime.now(UTC).date().isoformat())
    document.setdefault("texts", {})
    refs = {row.get("to", "").upper() for row in facts.get("relations", [])}
    keys = dict(
        session.execute(
            select(Record.ref, Record.key).where(Record.ref.in_(refs))
        ).all()
    )
    for row in facts.get("relations", []):
        row["to"] = keys.get(row.get("to", "").upper(), row.get("to", ""))
    return document


def _next_ref(session: Session, kind: Kind) -> str:
    refs = session.scalars(
        select(Record.ref).where(Record.ref.startswith(f"{kind.letter}-"))
    )
    last = max((int(ref.partition("-")[2]) for ref in refs), default=0)
    return f"{kind.letter}-{last + 1}"


def _loose_ends(session: Session, document: Document) -> dict[str, list[str]]:
    named = [row.get("to", "") for row in document["facts"].get("relations", [])]
    known = set(session.scalars(select(Record.key).where(Record.key.in_(named))))
    said = [str(_("There is no such record."))]
    return {
        f"relations.{number}.to": said
        for number, key in enumerate(named)
        if key not in known
    }


def _wordless(kind: Kind, draft: Draft) -> dict[str, list[str]]:
    text = draft.document.get("texts", {}).get(draft.language, {})
    if any(text.get(name) for name in kind.sections):
        return {}
    said = str(_("Please write at least one of these parts."))
    return {f"{draft.language}.{kind.sections[0]}": [said]}


def _base(session: Session, draft: Draft) -> Document | None:
    """Give the version that a draft was begun from; nothing for a new record."""
    record = session.get(Record, draft.record_id) if draft.record_id else None
    if record is None or not draft.based_on:
        return None
    return get_version(session, record, draft.based_on).document


def unagreed(session: Session, draft: Draft) -> list[str]:
    """Give what a draft holds that the community it belongs to did not agree to.

    :return: parts such as ``text`` and ``place`` (`kb.communities.models.Cover`).
    """
    facts = draft.document.get("facts", {})
    return lacks_consent(session, draft.holding_id, draft.record_id, facts)


def _require_agreed(session: Session, draft: Draft) -> None:
    if unagreed(session, draft):
        why = _("The community it belongs to has not agreed yet that this is shown.")
        raise Conflict(why)


def _require_said(session: Session, draft: Draft, said: Said, *, new: bool) -> None:
    problems: dict[str, list[str]] = {}
    if not new and said.significance not in set(Significance):
        problems["significance"] = [str(_("Please say how much this change matters."))]
    if doubts_of(session, draft) and not cleaned(said.doubts_note):
        why = _("Some figures stand out. Please say why they can be believed.")
        problems["doubts_note"] = [str(why)]
    if problems:
        raise NotValid(FIELDS_TO_LOOK_AT, problems)


def _marked(ready: Checked, base: Document | None, number: int, said: Said) -> Checked:
    """Mark the fields of other languages that the change leaves behind."""
    if base is None:
        return ready
    texts = after_change(
        ready.document["texts"], base["texts"], number, said.significance
    )
    about = ("state", "marks")
    words = {
        language: text | {name: texts[language].get(name, {}) for name in about}
        for language, text in ready.words.items()
    }
    return Checked(ready.document | {"texts": texts}, ready.facts, words)


def put_out(
    session: Session, kind: Kind, record: Record, document: Document, *,
    by: Person, what: str, note: str,
) -> None:  # fmt: skip
    """Publish a document as the next version of a record, as whoever checked it says.

    For changes that are no draft's, such as a translation that was accepted.

    :param what: what the journal says was done.
    :raises NotValid: it does not fit.
    """
    known = read_known(session)
    facts, words = check(kind, document["facts"], document["texts"], known)
    ready = Checked(document, facts, words)
    _store(session, kind, record, ready, by=by, what=what, note=note)
    keep_version(session, record, document, known, by_id=by.id, note=note)


def _store(
    session: Session, kind: Kind, record: Record | None, ready: Checked, *,
    by: Person, what: str, note: str,
) -> Record:  # fmt: skip
    facts = dict(ready.facts)
    key = record.key if record else f"{kind.name}_{facts['ref'].partition('-')[2]}"
    if record is not None:
        withdrawal = session.get(Withdrawal, record.id)
        if withdrawal is not None:
            session.delete(withdrawal)
    try:
        with session.begin_nested():
            stored = take_in(
                session, kind, key, facts, ready.words,
                by=log.called(by), what=what, note=note,
                digest=fingerprint(ready.document["facts"], ready.document["texts"]),
            )  # fmt: skip
    except IntegrityError as taken:
        raise Conflict(
            _("Something else was published just now. Try again.")
        ) from taken
    keys = [row["to"] for row in ready.facts["relations"]]
    ids: Mapping[str, int] = dict(
        session.execute(select(Record.key, Record.id).where(Record.key.in_(keys))).all()
    )
    relate(session, stored, ready.facts["relations"], dict(ids))
    session.flush()
    return stored
