"""What authors and reviewers do with drafts. Each step is written down with it."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from kb import access
from kb.access import NOTHING, Thing
from kb.errors import Conflict, NotValid
from kb.language import _
from kb.people.models import Person
from kb.record.kind import Kind
from kb.record.models import Record
from kb.writing import pen
from kb.writing.filled import cleaned
from kb.writing.letters import Post
from kb.writing.lookups import reviewers_of
from kb.writing.merging import Clash, merged
from kb.writing.models import (
    Draft,
    DraftComment,
    DraftCountry,
    DraftSave,
    DraftStep,
    State,
    Version,
)
from kb.writing.pictured import go_with
from kb.writing.restoring import brought_back
from kb.writing.rules import RULES, thing_of_draft, thing_to_begin
from kb.writing.versions import Document
from kb.writing.versions import newest as newest_version

LARGEST = 400_000
"""Signs of a document as JSON; the largest record has a tenth of it."""
SAVES_KEPT, NEWEST_KEPT = 30, 8
"""So many saves at most; behind the newest few, the last of each quarter of an hour."""
QUARTER_SECONDS = 900
LONGEST_NOTE = 2000
OPEN_AT_ONCE = 50
"""Drafts that one person may have open."""


def begin(
    session: Session, kind: Kind, document: Document, *, by: Person, language: str,
    once: str, there: Thing | None = None,
) -> Draft:  # fmt: skip
    """Begin a new record.

    :param once: sign of the form; the same sign begins no second draft.
    :param there: where it belongs, if that is known from elsewhere than its document.
    :raises NotAllowed: she may not begin one of this kind there.
    """
    there = there or thing_to_begin(session, kind, document, language)
    access.RULES.require(by, kind.begun_by, there)
    known = _begun_before(session, by, once)
    if known is not None:
        return known
    return _begin(session, kind.name, document, by, language=language, once=once)


def begin_change(
    session: Session, record: Record, version: Version, newest: int, *, by: Person,
    once: str,
) -> Draft:  # fmt: skip
    """Begin a change of a record from one of its versions; an older one restores it.

    :param newest: number of the version that is published now.
    """
    RULES.require(by, "begin", NOTHING)
    known = _begun_before(session, by, once)
    if known is not None:
        return known
    document = version.document
    if version.number != newest:
        document = brought_back(version, newest_version(session, record.id))
    draft = _begin(
        session, record.kind, document, by,
        language=record.source_language, once=once,
    )  # fmt: skip
    draft.record_id, draft.based_on = record.id, newest
    if version.number != newest:
        _note(session, draft, "restored", by, note=str(version.number))
    session.flush()
    return draft


@dataclass(frozen=True)
class Saved:
    """What came of a save; with clashes, nothing was changed yet."""

    document: Document
    clashes: tuple[Clash, ...] = ()


def save(
    session: Session, draft: Draft, filled: Callable[[Document], Document], *,
    by: Person, revision: int,
) -> Saved:  # fmt: skip
    """Keep what was written, together with what others wrote meanwhile.

    :param filled: puts what was written into the document that the form showed.
    :param revision: the save that the form showed.
    :raises NotAllowed: she may not write it, or not now.
    :raises NotValid: it is too long.
    """
    RULES.require(by, "write", thing_of_draft(session, draft))
    base = _as_saved(session, draft, revision)
    mine = filled(base)
    if len(json.dumps(mine, ensure_ascii=False)) > LARGEST:
        raise NotValid(_("This is too long to be kept. Please shorten it."), {})
    if revision == draft.revision:
        store(session, draft, mine, by)
        return Saved(mine)
    whole, clashes = merged(base, mine, draft.document)
    if not clashes:
        store(session, draft, whole, by)
    return Saved(whole, tuple(clashes))


def store(session: Session, draft: Draft, document: Document, by: Person) -> None:
    """Keep a document as the newest save; the same once more changes nothing."""
    now = datetime.now(UTC)
    pen.take(draft, by)
    if document == draft.document:
        return
    draft.document, draft.revision, draft.changed = document, draft.revision + 1, now
    _keep_save(session, draft, by, now)
    _note_countries(session, draft)


def lock(
    session: Session, draft: Draft, *, by: Person, take_over: bool = False
) -> bool:
    """Take the pen, if nobody else holds it; say whether she has it.

    It is a courtesy: two who write at once lose nothing, see `save`.

    :param take_over: whether to take it from whoever holds it.
    """
    RULES.require(by, "write", thing_of_draft(session, draft))
    if pen.with_another(draft, by) and not take_over:
        return False
    if take_over and draft.locked_by_id != by.id:
        _note(session, draft, "taken over", by)
    pen.take(draft, by)
    session.flush()
    return True


def submit(
    session: Session, draft: Draft, *, by: Person, note: str, post: Post
) -> None:
    """Hand a draft in; the caller has checked its document.

    :raises NotAllowed: it is not hers, or not with her.
    """
    RULES.require(by, "submit", thing_of_draft(session, draft))
    session.execute(
        update(DraftComment)
        .where(DraftComment.draft_id == draft.id, DraftComment.settled.is_(None))
        .values(settled=datetime.now(UTC))
    )
    _go(session, draft, State.SUBMITTED, by=by, what="submitted", note=note)
    for reviewer in reviewers_of(session, draft):
        post.tell(session, "draft-submitted", reviewer, draft, note)


def take_back(session: Session, draft: Draft, *, by: Person) -> None:
    """Take a draft back to go on writing."""
    RULES.require(by, "take back", thing_of_draft(session, draft))
    _go(session, draft, State.DRAFT, by=by, what="taken back")


def throw_away(session: Session, draft: Draft, *, by: Person) -> None:
    """Give a draft up; its author can still read it."""
    RULES.require(by, "throw away", thing_of_draft(session, draft))
    go_with(session, draft)
    _go(session, draft, State.WITHDRAWN, by=by, what="given up")


def stop(session: Session, draft: Draft, *, post: Post) -> None:
    """Give a draft up for its author, whom we tell: it must not be published any more.

    Nobody took this step who has an account, so the list of steps does not name it.
    """
    go_with(session, draft)
    draft.state, draft.changed = State.WITHDRAWN, datetime.now(UTC)
    pen.put_down(draft)
    session.flush()
    post.tell(session, "draft-stopped", draft.owner, draft)


def take_up(session: Session, draft: Draft, *, by: Person) -> None:
    """Begin to review; who does so is named to the author and to other reviewers."""
    RULES.require(by, "review", thing_of_draft(session, draft))
    draft.reviewer_id = by.id
    _go(session, draft, State.IN_REVIEW, by=by, what="taken up")


def request_changes(
    session: Session, draft: Draft, comments: Mapping[str, str], *, by: Person,
    post: Post,
) -> None:  # fmt: skip
    """Send a draft back with what is to be changed, field by field.

    :param comments: path of a field, or nothing for the whole → what is to be done.
    :raises NotValid: nothing was said.
    """
    RULES.require(by, "review", thing_of_draft(session, draft))
    said = {field: cleaned(words)[:LONGEST_NOTE] for field, words in comments.items()}
    said = {field: words for field, words in said.items() if words}
    if not said:
        problem = _("Please say what should be changed.")
        raise NotValid(problem, {"comment": [str(problem)]})
    now = datetime.now(UTC)
    session.add_all(
        DraftComment(draft_id=draft.id, by_id=by.id, field=field, words=words, at=now)
        for field, words in said.items()
    )
    draft.reviewer_id = by.id
    _go(session, draft, State.CHANGES_REQUESTED, by=by, what="changes requested")
    post.tell(session, "draft-changes", draft.owner, draft, "\n".join(said.values()))


def turn_down(
    session: Session, draft: Draft, *, by: Person, note: str, post: Post
) -> None:
    """Refuse a draft for good, and say why.

    :raises NotValid: it is not said why.
    """
    RULES.require(by, "review", thing_of_draft(session, draft))
    if not cleaned(note):
        problem = _("Please say why.")
        raise NotValid(problem, {"note": [str(problem)]})
    go_with(session, draft)
    draft.reviewer_id = by.id
    _go(session, draft, State.TURNED_DOWN, by=by, what="turned down", note=note)
    post.tell(session, "draft-turned-down", draft.owner, draft, cleaned(note))


def is_published(session: Session, draft: Draft, *, by: Person) -> None:
    """Close a draft that was just published; its saves are not needed any more."""
    draft.reviewer_id = by.id
    session.execute(delete(DraftSave).where(DraftSave.draft_id == draft.id))
    _go(session, draft, State.PUBLISHED, by=by, what="published")


def _begun_before(session: Session, by: Person, once: str) -> Draft | None:
    """Give the draft that the same form began.

    :raises Conflict: she has too many open.
    """
    mine = select(Draft).where(Draft.owner_id == by.id)
    known = session.scalar(mine.where(Draft.once == once))
    closed = (State.PUBLISHED, State.WITHDRAWN, State.TURNED_DOWN)
    still = session.scalars(
        mine.with_only_columns(Draft.id).where(Draft.state.not_in(closed))
    )
    if known is None and len(still.all()) >= OPEN_AT_ONCE:
        raise Conflict(_("You have many drafts. Please finish or give up some first."))
    return known


def _begin(
    session: Session, kind: str, document: Document, by: Person, *, language: str,
    once: str,
) -> Draft:  # fmt: skip
    now = datetime.now(UTC)
    draft = Draft(
        kind=kind,
        language=language,
        owner_id=by.id,
        document=document,
        once=once[:64],
        created=now,
        changed=now,
        revision=1,
    )
    session.add(draft)
    session.flush()
    _keep_save(session, draft, by, now)
    _note_countries(session, draft)
    _note(session, draft, "begun", by)
    return draft


def _as_saved(session: Session, draft: Draft, revision: int) -> Document:
    """Give a draft as it stood after a save, or after the last kept before that one.

    Held against what is older, a form seems to change more than it does: so it may be
    asked about, and never takes anything back unseen.
    """
    if revision == draft.revision:
        return draft.document
    before = DraftSave.draft_id == draft.id, DraftSave.revision <= revision
    last = select(DraftSave).where(*before).order_by(DraftSave.revision.desc())
    kept = session.scalar(last.limit(1))
    return kept.document if kept is not None else {}


def _keep_save(session: Session, draft: Draft, by: Person, now: datetime) -> None:
    session.add(
        DraftSave(
            draft_id=draft.id,
            revision=draft.revision,
            document=draft.document,
            by_id=by.id,
            at=now,
        )
    )
    session.flush()
    _thin_out(session, draft)


def _thin_out(session: Session, draft: Draft) -> None:
    """Throw away saves, so that a form left open for hours is still known.

    The first and the newest stay, and of others the last of each quarter of an hour.
    """
    saves = select(DraftSave.revision, DraftSave.at)
    hers = DraftSave.draft_id == draft.id
    rows = session.execute(saves.where(hers).order_by(DraftSave.revision.desc())).all()
    kept: list[int] = [revision for revision, _at in rows[:NEWEST_KEPT]]
    quarters: set[float] = set()
    for revision, at in rows[NEWEST_KEPT:-1]:
        quarter = at.timestamp() // QUARTER_SECONDS
        if quarter not in quarters and len(kept) < SAVES_KEPT - 1:
            kept.append(revision)
            quarters.add(quarter)
    kept += [revision for revision, _at in rows[-1:]]
    session.execute(delete(DraftSave).where(hers, DraftSave.revision.not_in(kept)))


def _note_countries(session: Session, draft: Draft) -> None:
    sites = draft.document.get("facts", {}).get("sites", [])
    named = {str(site.get("country", ""))[:2].upper() for site in sites} - {""}
    session.execute(delete(DraftCountry).where(DraftCountry.draft_id == draft.id))
    session.add_all(DraftCountry(draft_id=draft.id, country=one) for one in named)
    session.flush()


def _go(
    session: Session, draft: Draft, to: State, *, by: Person, what: str, note: str = ""
) -> None:
    draft.state, draft.changed = to, datetime.now(UTC)
    pen.put_down(draft)
    _note(session, draft, what, by, note)


def _note(
    session: Session, draft: Draft, what: str, by: Person, note: str = ""
) -> None:
    session.add(
        DraftStep(
            draft_id=draft.id,
            what=what,
            by_id=by.id,
            note=cleaned(note)[:LONGEST_NOTE],
            at=datetime.now(UTC),
        )
    )
    session.flush()
