"""Comments to the owner of a record: held until an editor lets them through."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from kb.access import thing_of
from kb.errors import NotFound
from kb.feedback.models import Comment, HeldState
from kb.feedback.notices import answer_writer, tell_editors
from kb.feedback.rules import RULES, said_of
from kb.feedback.written import (
    MOST_LISTED,
    decide,
    find,
    looks_like_advertising,
    require_reason,
    require_state,
    said_just_now,
    seen_by,
    who,
)
from kb.language import _
from kb.people.models import Person
from kb.record.models import Record


def comment(
    session: Session, record: Record, given: Mapping[str, Any], *,
    by: Person | None, site: str,
) -> Comment:  # fmt: skip
    """Take in a comment, held; the owner and the editors are told."""
    row = Comment(
        **who(given, by),
        record_id=record.id,
        words=given["words"],
        state=HeldState.HELD,
        suspect=looks_like_advertising(given["words"], given["name"]),
    )
    known = said_just_now(session, row, "words")
    if known is not None:
        return known
    session.add(row)
    session.flush()
    tell_editors(session, record, "commented", site=site)
    return row


def held(session: Session, *, by: Person) -> Sequence[Comment]:
    """Give the comments that wait and she may see; likely advertising comes last."""
    waits = select(Comment).where(Comment.state == HeldState.HELD)
    wanted = waits.order_by(Comment.suspect, Comment.id)
    whole = wanted.options(joinedload(Comment.record))
    return seen_by(session, by, "see held comments", Comment, whole)


def get_comment(session: Session, number: int, *, by: Person) -> Comment:
    """Give a comment to whoever may judge or answer it.

    :raises NotFound: there is none, or it is none of hers.
    """
    row = find(session, Comment, number)
    if row is None or not _may_see(session, row, by):
        raise NotFound(_("There is no such comment."))
    return row


def _may_see(session: Session, row: Comment, person: Person) -> bool:
    if row.state == HeldState.PASSED:
        return may(session, row, "answer a comment", by=person)
    return may(session, row, "see held comments", by=person)


def may(session: Session, row: Comment, step: str, *, by: Person) -> bool:
    """Say whether a person may take a step on a comment."""
    whose = thing_of(session, row.record)  # to answer it is for the owner of the record
    if step != "answer a comment":
        whose = said_of(session, row.record, row)
    return RULES.may(by, step, whose)


def let_through(session: Session, row: Comment, *, by: Person, site: str) -> None:
    """Show a comment on the page of its record.

    :raises NotAllowed: it is her own, or she may not judge comments on this record.
    :raises Conflict: it was decided meanwhile.
    """
    RULES.require(by, "judge a comment", said_of(session, row.record, row))
    require_state(row, HeldState.HELD)
    decide(row, HeldState.PASSED, by=by, note="")
    answer_writer(session, row, "comment-shown", row.record, site)


def refuse(session: Session, row: Comment, *, by: Person, note: str) -> None:
    """Keep a comment from being shown, or take it off the page; why is kept with it.

    :raises NotAllowed: it is her own, or she may not judge comments on this record.
    :raises Conflict: it was refused already.
    :raises NotValid: it is not said why.
    """
    RULES.require(by, "judge a comment", said_of(session, row.record, row))
    require_state(row, HeldState.HELD, HeldState.PASSED)
    require_reason(note)
    decide(row, HeldState.REFUSED, by=by, note=note)
    row.contact = ""


def answer(
    session: Session, row: Comment, given: Mapping[str, Any], *, by: Person, site: str
) -> Comment:
    """Answer a comment that is shown; the answer is shown at once, with her name.

    :raises NotAllowed: she is neither owner, expert nor editor of the record.
    :raises Conflict: the comment is not shown.
    """
    RULES.require(by, "answer a comment", thing_of(session, row.record))
    require_state(row, HeldState.PASSED)
    said = Comment(
        **who({**given, "name": by.name, "contact": ""}, by),
        record_id=row.record_id,
        words=given["words"],
        answers_id=row.answers_id or row.id,
        state=HeldState.PASSED,
    )
    session.add(said)
    answer_writer(session, row, "comment-shown", row.record, site)
    row.contact = ""
    session.flush()
    return said


def shown(session: Session, record_id: int) -> Sequence[Comment]:
    """Give the comments on a record and their answers, as they were written."""
    return session.scalars(
        select(Comment)
        .where(Comment.record_id == record_id, Comment.state == HeldState.PASSED)
        .order_by(Comment.id)
        .limit(MOST_LISTED)
    ).all()
