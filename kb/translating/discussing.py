"""What those who work on a field in a language say to each other, until it is settled.

A *thread* is all that is said of one field in one language. It is open while something
in it is not settled; whoever says something more opens it again.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from kb import outbox
from kb.access import RULES, Thing
from kb.errors import NotFound, NotValid
from kb.language import _, offered
from kb.people.models import Person
from kb.people.pace import NO_WAIT, Allowed, keep_pace
from kb.record.models import FieldMark
from kb.translating.bench import Bench
from kb.translating.models import TranslationComment
from kb.writing.filled import cleaned

LONGEST = 2000
NOTICE = Allowed(3, timedelta(hours=8))
"""Messages to one person about one record: three at once, six on the first day."""


def thing_to_discuss(bench: Bench) -> Thing:
    """Give what the rules ask: who wrote the record may speak of all its languages."""
    return replace(bench.thing, author_id=bench.record.author_id)


def counted(session: Session, bench: Bench) -> dict[str, tuple[int, int]]:
    """Give how much was said of each field, and how much of that is open: one query."""
    is_open = case((TranslationComment.settled.is_(None), 1), else_=0)
    field, here = TranslationComment.field, _here(bench)
    rows = session.execute(
        select(field, func.count(), func.sum(is_open)).where(*here).group_by(field)
    )
    return {name: (every, still) for name, every, still in rows}


def thread(session: Session, bench: Bench, field: str) -> Sequence[TranslationComment]:
    """Give what was said of a field, the oldest first.

    :raises NotFound: the record has no such field.
    """
    if field not in bench.rows:
        raise NotFound(_("There is no such field."))
    wanted = select(TranslationComment).where(
        *_here(bench), TranslationComment.field == field
    )
    shown = wanted.order_by(TranslationComment.id)
    return session.scalars(shown.options(joinedload(TranslationComment.by))).all()


def say(
    session: Session, bench: Bench, field: str, words: str, *, by: Person, site: str
) -> TranslationComment:
    """Say something of a field, and tell those who take part.

    :param site: where addresses of this installation begin; without it nobody is
        written to.
    :raises NotAllowed: she neither works in this language nor wrote the record.
    :raises NotFound: the record has no such field.
    :raises NotValid: nothing is said, or too much.
    """
    RULES.require(by, "discuss translation", thing_to_discuss(bench))
    before, said = thread(session, bench, field), cleaned(words)
    if not said or len(said) > LONGEST:
        why = _("At most %(most)s signs fit.", most=LONGEST)
        wrong = why if said else _("Please write something.")
        raise NotValid(wrong, {"words": [str(wrong)]})
    comment = TranslationComment(
        record_id=bench.record.id,
        language=bench.language,
        field=field,
        words=said,
        by_id=by.id,
        at=datetime.now(UTC),
    )
    session.add(comment)
    session.flush()
    for one in _concerned(session, bench, field, before, by) if site else ():
        _write_to(session, one, bench, field, site)
    return comment


def settle(
    session: Session, bench: Bench, field: str, *, by: Person, settled: bool
) -> None:
    """Settle what was said of a field, or open it again.

    :raises NotAllowed: she neither works in this language nor wrote the record.
    :raises NotFound: the record has no such field.
    """
    RULES.require(by, "discuss translation", thing_to_discuss(bench))
    for one in thread(session, bench, field):
        one.settled = (one.settled or datetime.now(UTC)) if settled else None
    session.flush()


def _here(bench: Bench) -> tuple[ColumnElement[bool], ...]:
    return (
        TranslationComment.record_id == bench.record.id,
        TranslationComment.language == bench.language,
    )


def _concerned(
    session: Session, bench: Bench, field: str,
    before: Sequence[TranslationComment], by: Person,
) -> list[Person]:  # fmt: skip
    """Give who took part or translated the field, and may still read it."""
    ids = {one.by_id for one in before}
    row = bench.rows[field]
    if row.rendering is not None:
        ids.add(row.rendering.translator_id)
    key = bench.record.id, bench.language, field
    mark = session.get(FieldMark, key)
    if mark is not None and mark.translator_id is not None:
        ids.add(mark.translator_id)
    people = session.scalars(
        select(Person)
        .where(Person.id.in_(ids - {by.id}))
        .order_by(Person.id)
        .options(selectinload(Person.grants), selectinload(Person.factor))
    )
    thing = thing_to_discuss(bench)
    return [one for one in people if RULES.may(one, "discuss translation", thing)]


def _write_to(
    session: Session, person: Person, bench: Bench, field: str, site: str
) -> None:
    """Write a message; what was said does not stand in it, only where to read it."""
    key = f"notice {person.id} {bench.record.id} translation-commented"
    if not person.email or keep_pace(session, key, NOTICE) != NO_WAIT:
        return
    spoken, ref = offered(person.language), bench.record.ref
    asked = f"into={bench.language}&field={field}"
    outbox.put(
        session,
        "translation-commented",
        to=person.email,
        language=spoken,
        ref=ref,
        page=f"{site.rstrip('/')}/{spoken}/translate/{ref}/discussion?{asked}",
    )
