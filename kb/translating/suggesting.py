"""What people without a role suggest, and what becomes of it."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from kb.access import RULES
from kb.errors import Conflict, NotFound, NotValid
from kb.language import _
from kb.people.models import Person
from kb.record.kind import Kind
from kb.record.marks import digest
from kb.search.thesaurus import read_thesaurus
from kb.translating import service
from kb.translating.bench import Bench, open_bench
from kb.translating.checks import problems_of
from kb.translating.models import Suggested
from kb.translating.service import Given
from kb.writing.filled import cleaned

WAITS, TAKEN, REFUSED = "waits", "taken", "refused"
MOST_WAITING = 50
"""Suggestions of one person that wait at once."""


def suggest(
    session: Session, bench: Bench, given: Mapping[str, Given], *, by: Person
) -> None:
    """Keep what somebody would say better; fields left as they were shown are not.

    :raises NotAllowed: she is not signed in.
    :raises Conflict: many of hers wait already.
    """
    RULES.require(by, "propose", bench.thing)
    hers = Suggested.by_id == by.id, Suggested.state == WAITS
    waiting = session.scalar(select(func.count(Suggested.id)).where(*hers)) or 0
    said = {(one.field, one.words) for one in _of(session, bench, by)}
    for name, one in given.items():
        words, row = cleaned(one.words), bench.rows.get(name)
        if row is None or not words or digest(words) in {one.shown, row.shown}:
            continue
        if (name, words) in said:
            continue
        if waiting >= MOST_WAITING:
            raise Conflict(_("Many of your suggestions wait. Please come back later."))
        waiting += 1
        source = one.source or (digest(row.source), bench.last.number)
        session.add(
            Suggested(
                record_id=bench.record.id,
                language=bench.language,
                field=name,
                words=words,
                source_hash=source[0],
                source_version=source[1],
                by_id=by.id,
                at=datetime.now(UTC),
            )
        )
    session.flush()


def waiting(
    session: Session, bench: Bench, by: Person | None = None
) -> dict[str, list[Suggested]]:
    """Give what waits at each field, the oldest first.

    :param by: whose alone.
    """
    found = defaultdict(list)
    for one in _of(session, bench, by):
        found[one.field].append(one)
    return dict(found)


def take(
    session: Session, kind: Kind, bench: Bench, number: int, *, by: Person
) -> None:
    """Make a suggestion the draft of its field; a reviewer thereby publishes it.

    :raises NotAllowed: it is not her language, or not this record.
    :raises NotFound: it does not wait there.
    :raises Conflict: somebody works on the field.
    :raises NotValid: something in it blocks it.
    """
    one = _get(session, bench, number, by)
    row = bench.rows[one.field]
    if row.rendering is not None:
        raise Conflict(_("Somebody works on this field. Save or decide on it first."))
    pair = (bench.source_language, row.source), (bench.language, one.words)
    found = problems_of(one.field, *pair, read_thesaurus(session))
    wrong = [str(each.said) for each in found if each.blocks]
    if wrong:
        raise NotValid(" ".join(wrong), {one.field: wrong})
    service.put_in_hand(
        session, bench, row, one.words, of=one.by,
        source=(one.source_hash, one.source_version),
    )  # fmt: skip
    one.state = TAKEN
    session.flush()
    anew = open_bench(session, bench.record, bench.language)
    row = anew.rows[one.field]
    if service.may_review(anew, row, by):
        service.accept(session, kind, anew, {one.field: row.shown}, by=by)


def refuse(session: Session, bench: Bench, number: int, *, by: Person) -> None:
    """Turn a suggestion down.

    :raises NotAllowed: it is not her language, or not this record.
    :raises NotFound: it does not wait there.
    """
    _get(session, bench, number, by).state = REFUSED
    session.flush()


def _get(session: Session, bench: Bench, number: int, by: Person) -> Suggested:
    RULES.require(by, "translate", bench.thing)
    found = [one for one in _of(session, bench) if one.id == number]
    if not found or found[0].field not in bench.rows:
        raise NotFound(_("There is no such suggestion."))
    return found[0]


def _of(session: Session, bench: Bench, by: Person | None = None) -> list[Suggested]:
    wanted = select(Suggested).where(
        Suggested.record_id == bench.record.id,
        Suggested.language == bench.language,
        Suggested.state == WAITS,
    )
    if by is not None:
        wanted = wanted.where(Suggested.by_id == by.id)
    shown = wanted.order_by(Suggested.id).options(joinedload(Suggested.by))
    return list(session.scalars(shown))
