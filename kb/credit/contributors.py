"""Who made a record: keeping it, and letting people decide how they are named."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from kb import journal
from kb.credit.models import Contribution, Naming, Share
from kb.credit.rules import RULES, credited
from kb.errors import Conflict, NotFound, NotValid
from kb.language import _
from kb.people import consent, log
from kb.people.consent import Matter
from kb.people.models import Person
from kb.record.models import Record, Text

MOST = 30
"""Contributors of one record."""


@dataclass(frozen=True)
class Named:
    """What all may read of a contribution."""

    role: str
    name: str
    """Empty where she is not named."""
    orcid: str = ""
    language: str = ""


def read_credited(session: Session) -> dict[int, list[Named]]:
    """Give the contributors of all records, in their order: one query."""
    found: dict[int, list[Named]] = defaultdict(list)
    rows = session.execute(
        select(
            Contribution.record_id,
            Contribution.role,
            Contribution.name,
            Contribution.orcid,
            Contribution.language,
        ).order_by(Contribution.position, Contribution.id)
    )
    for record_id, *said in rows:
        found[record_id].append(Named(*said))
    return dict(found)


def of_record(session: Session, record: Record) -> Sequence[Contribution]:
    """Give the contributions to a record, in their order."""
    wanted = select(Contribution).where(Contribution.record_id == record.id)
    order = Contribution.position, Contribution.id
    return session.scalars(wanted.order_by(*order)).all()


def of_person(session: Session, person: Person) -> Sequence[Contribution]:
    """Give the contributions of a person, newest first, with their records."""
    wanted = select(Contribution).where(Contribution.person_id == person.id)
    order = Contribution.last_on.desc(), Contribution.id.desc()
    record = joinedload(Contribution.record)
    return session.scalars(wanted.order_by(*order).options(record)).all()


def note(
    session: Session, record: Record, person_id: int, role: Share, *, language: str = ""
) -> None:
    """Count a version somebody wrote, reviewed or translated; named as she chose.

    To be called by whoever publishes, in the same transaction.

    :param language: of a translation.
    """
    today = datetime.now(UTC).date()
    known = session.scalar(
        select(Contribution).where(
            Contribution.record_id == record.id,
            Contribution.person_id == person_id,
            Contribution.role == role,
            Contribution.language == language,
        )
    )
    if known is None:
        named = session.get(Naming, person_id)
        _add(session, record, role, named, person_id=person_id, language=language)
    else:
        known.times, known.last_on = known.times + 1, today
    session.flush()


def add(
    session: Session, record: Record, given: Mapping[str, str], *, by: Person
) -> None:
    """Say that somebody had a share in a record.

    :param given: as `ContributorSchema` gives it.
    :raises NotAllowed: she neither wrote it nor edits there.
    :raises NotValid: the record has no words in that language.
    :raises Conflict: she is there already, or there are too many.
    """
    RULES.require(by, "say who made it", credited(session, record))
    role, mine = given["role"], given["me"] == "yes"
    language = given["language"] if role == Share.TRANSLATOR else ""
    if language and language not in _translated(session, record):
        said = str(_("The record has no words in this language."))
        raise NotValid(said, {"language": [said]})
    there = of_record(session, record)
    named = session.get(Naming, by.id) if mine else Naming(**_names(given))
    if any(_is_same(row, given, language, by) for row in there):
        raise Conflict(_("This stands there already."))
    if len(there) >= MOST:
        raise Conflict(_("At most %(n)s contributors, please.", n=MOST))
    _add(session, record, role, named, person_id=by.id if mine else None,
         language=language)  # fmt: skip
    _changed(session, record, by)


def remove(session: Session, record: Record, number: int, *, by: Person) -> None:
    """Take a contribution out.

    :raises NotAllowed: she neither wrote it nor edits there.
    """
    session.delete(_of(session, record, number, by))
    _changed(session, record, by)


def move_up(session: Session, record: Record, number: int, *, by: Person) -> None:
    """Put a contribution before the one above it.

    :raises NotAllowed: she neither wrote it nor edits there.
    """
    moved = _of(session, record, number, by)
    rows = list(of_record(session, record))
    at = rows.index(moved)
    rows.insert(max(at - 1, 0), rows.pop(at))
    for position, row in enumerate(rows):
        row.position = position
    _changed(session, record, by)


def naming_of(session: Session, person: Person) -> Naming | None:
    """Give how a person wishes to be named; nothing until she said so."""
    return session.get(Naming, person.id)


def name_me(session: Session, person: Person, given: Mapping[str, str]) -> None:
    """Name a person as she wishes, or not at all, wherever she has a share.

    Where she chose to stand without a name she stays so, unless she had none at all.

    :param given: as `NamingSchema` gives it.
    """
    kept = session.get(Naming, person.id)
    everywhere = kept is None or not kept.name or not given["name"]
    if kept is None:
        kept = Naming(person_id=person.id)
        session.add(kept)
    kept.name, kept.orcid = given["name"], given["orcid"]
    for row in of_person(session, person):
        if everywhere or row.name:
            _rename(session, row, kept, person)
    consent.note(session, person, Matter.NAMED, given=bool(kept.name))
    session.flush()


def show_me(
    session: Session, person: Person, number: int, *, shown: bool
) -> Contribution:
    """Name a person in one record, or leave her name out there.

    :raises NotFound: she has no such contribution.
    :raises Conflict: she has not said how she wishes to be named.
    """
    row = session.scalar(
        select(Contribution)
        .where(Contribution.id == number, Contribution.person_id == person.id)
        .options(joinedload(Contribution.record))
    )
    if row is None:
        raise NotFound(_("There is no such contribution."))
    named = session.get(Naming, person.id)
    if shown and (named is None or not named.name):
        raise Conflict(_("Please say first how you wish to be named."))
    _rename(session, row, named if shown else None, person)
    session.flush()
    return row


def forget(session: Session, person: Person) -> None:
    """Let a person stand without name and account wherever she had a share."""
    for row in of_person(session, person):
        _rename(session, row, None, person)
        row.person_id = None
    if kept := session.get(Naming, person.id):
        session.delete(kept)
    session.flush()


def _rename(
    session: Session, row: Contribution, named: Naming | None, person: Person
) -> None:
    row.name, row.orcid = (named.name, named.orcid) if named else ("", "")
    _changed(session, row.record, person)


def _changed(session: Session, record: Record, by: Person) -> None:
    """Write it down, so that what is kept of all records is read again."""
    journal.write(
        session, "credit changed",
        kind=record.kind, record_id=record.id, by=log.called(by),
    )  # fmt: skip


def _add(
    session: Session, record: Record, role: str, named: Naming | None, *,
    person_id: int | None, language: str = "",
) -> None:  # fmt: skip
    last = select(func.max(Contribution.position))
    position = session.scalar(last.where(Contribution.record_id == record.id))
    today = datetime.now(UTC).date()
    row = Contribution(
        record_id=record.id, role=role, language=language,
        position=0 if position is None else position + 1,
        name=named.name if named else "", orcid=named.orcid if named else "",
        person_id=person_id, first_on=today, last_on=today,
    )  # fmt: skip
    session.add(row)
    session.flush()


def _of(session: Session, record: Record, number: int, by: Person) -> Contribution:
    RULES.require(by, "say who made it", credited(session, record))
    row = session.get(Contribution, number)
    if row is None or row.record_id != record.id:
        raise NotFound(_("There is no such contribution."))
    return row


def _is_same(
    row: Contribution, given: Mapping[str, str], language: str, by: Person
) -> bool:
    """Say whether it was added before, as when a form is sent twice."""
    if (row.role, row.language) != (given["role"], language):
        return False
    if given["me"] == "yes":
        return row.person_id == by.id
    return bool(row.name) and row.name == given["name"]


def _names(given: Mapping[str, str]) -> dict[str, str]:
    return {name: given[name] for name in ("name", "orcid")}


def _translated(session: Session, record: Record) -> set[str]:
    texts = select(Text.language).where(Text.record_id == record.id)
    return set(session.scalars(texts)) - {record.source_language}
