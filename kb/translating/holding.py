"""The pen of a record in a language: whoever opens the workbench takes it."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from kb.access import RULES
from kb.people.models import Person
from kb.translating.bench import Bench
from kb.translating.models import TranslationPen
from kb.writing import pen


def hold(
    session: Session, bench: Bench, *, by: Person, take_over: bool = False
) -> TranslationPen | None:
    """Take the pen; give who has it if that is somebody else.

    :param take_over: whether to take it from whoever has it.
    :raises NotAllowed: it is not her language, or not this record.
    """
    RULES.require(by, "translate", bench.thing)
    held = _pen_of(session, bench)
    if held is None:
        held = TranslationPen(record_id=bench.record.id, language=bench.language)
        session.add(held)
    if not take_over and pen.with_another(held, by):
        return held
    pen.take(held, by)
    session.flush()
    return None


def with_another(session: Session, bench: Bench, *, by: Person) -> bool:
    """Say whether somebody else has the pen now."""
    held = _pen_of(session, bench)
    return held is not None and pen.with_another(held, by)


def put_down(session: Session, bench: Bench, *, by: Person) -> None:
    """Let others have the pen at once, if she has it."""
    held = _pen_of(session, bench)
    if held is not None and held.locked_by_id == by.id:
        pen.put_down(held)
        session.flush()


def _pen_of(session: Session, bench: Bench) -> TranslationPen | None:
    here = (
        TranslationPen.record_id == bench.record.id,
        TranslationPen.language == bench.language,
    )
    wanted = select(TranslationPen).where(*here)
    return session.scalar(wanted.options(joinedload(TranslationPen.locked_by)))
