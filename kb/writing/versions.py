"""Versions: what was published, when, by whom; kept for good."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session, aliased, joinedload, load_only

from kb.errors import NotFound
from kb.language import _
from kb.record.marks import Mark, digest, marks_of, source_of
from kb.record.models import FieldMark, Record, Status
from kb.record.parts import words_in
from kb.record.schemas import MANY_CODES, Known
from kb.writing.models import Version

Document = dict[str, Any]
"""``facts`` as in ``record.yaml``, and ``texts``: language → its file of words."""
NOBODY = {"translator_id": None, "reviewer_id": None}


def keep_version(
    session: Session, record: Record, document: Document, known: Known, **said: Any
) -> Version:
    """Write down what was just published, under the next number.

    Lists given as "all" or "all but" are written out: a version has to mean the same
    when the vocabularies have grown.
    """
    last = session.scalar(
        select(func.max(Version.number)).where(Version.record_id == record.id)
    )
    version = Version(
        record_id=record.id,
        number=(last or 0) + 1,
        document=document | {"facts": written_out(document["facts"], known)},
        at=datetime.now(UTC),
        **said,
    )
    session.add(version)
    session.flush()
    keep_marks(session, record.id, document["texts"], version.number)
    return version


def keep_marks(
    session: Session, record_id: int, texts: dict[str, Any], number: int
) -> None:
    """Write down how far each field of each translation can be trusted now.

    Who translated and reviewed it stays while the words do.

    :param number: of the version that the texts were published in.
    """
    hers = FieldMark.record_id == record_id
    who = select(
        FieldMark.language,
        FieldMark.field,
        FieldMark.words_hash,
        FieldMark.translator_id,
        FieldMark.reviewer_id,
    )
    known = {
        (language, field, words): {"translator_id": one, "reviewer_id": other}
        for language, field, words, one, other in session.execute(who.where(hers))
    }
    session.execute(delete(FieldMark).where(hers))
    source = source_of(texts)
    rows = [
        {
            "record_id": record_id,
            "language": language,
            "field": field,
            "state": str(mark.state),
            "behind": str(mark.behind),
            "source_hash": mark.source,
            "source_version": mark.version,
            "words_hash": hashed,
        }
        | known.get((language, field, hashed), NOBODY)
        for language, text in texts.items()
        if text["state"] != "source"
        for field, mark, hashed in _hashed(text, source, number)
    ]
    if rows:
        session.execute(insert(FieldMark), rows)


def _hashed(
    text: Mapping[str, Any], source: Mapping[str, str], number: int
) -> Iterator[tuple[str, Mark, str]]:
    words = words_in(text)
    for field, mark in marks_of(text, source, number).items():
        if field in source:
            yield field, mark, digest(words[field])


def written_out(facts: dict[str, Any], known: Known) -> dict[str, Any]:
    """Give facts with each list of codes as a list."""
    tags = {
        name: _listed(value, known.codes.get(name, ())) if name in MANY_CODES else value
        for name, value in facts.get("tags", {}).items()
    }
    return facts | {"tags": tags} if tags else facts


def _listed(value: object, everything: Sequence[str]) -> object:
    if value == "all":
        return list(everything)
    if isinstance(value, dict):
        return [code for code in everything if code not in value["all_but"]]
    return value


def list_versions(session: Session, record: Record) -> Sequence[Version]:
    """Give the versions of a record, newest first, without their documents."""
    wanted = select(Version).where(Version.record_id == record.id)
    shown = load_only(
        Version.number,
        Version.significance,
        Version.note,
        Version.came_by,
        Version.at,
    )
    by = joinedload(Version.by)
    return session.scalars(
        wanted.order_by(Version.number.desc()).options(shown, by)
    ).all()


def get_version(session: Session, record: Record, number: int) -> Version:
    """Give one version.

    :raises NotFound: the record has no such version.
    """
    version = session.scalar(
        select(Version)
        .where(Version.record_id == record.id, Version.number == number)
        .options(joinedload(Version.by))
    )
    if version is None:
        raise NotFound(_("There is no such version."), number=number)
    return version


def published_last(session: Session) -> dict[int, tuple[int, date]]:
    """Give number and day of the newest version of each record that has one."""
    last = select(func.max(Version.id)).group_by(Version.record_id)
    rows = session.execute(
        select(Version.record_id, Version.number, Version.at).where(
            Version.id.in_(last)
        )
    )
    return {record_id: (number, at.date()) for record_id, number, at in rows}


def newest(session: Session, record_id: int) -> Version:
    """Give the version of a record that is published now.

    :raises NotFound: none was kept, for its seeds were taken in by an older program.
    """
    version = session.scalar(
        select(Version)
        .where(Version.record_id == record_id)
        .order_by(Version.number.desc())
        .limit(1)
    )
    if version is None:
        raise NotFound(_("No version of this record was kept yet. Run: kb seed"))
    return version


def with_versions(session: Session) -> set[int]:
    """Give the numbers of the records that have a version."""
    return set(session.scalars(select(Version.record_id).distinct()))


def in_peoples_hands(session: Session) -> set[int]:
    """Give what seeds must not overwrite: records changed or withdrawn by people."""
    later = aliased(Version)
    has_later = (
        select(later.id)
        .where(later.record_id == Version.record_id, later.number > Version.number)
        .exists()
    )
    changed = select(Version.record_id).where(Version.by_id.is_not(None), ~has_later)
    withdrawn = select(Record.id).where(Record.status == Status.WITHDRAWN)
    return set(session.scalars(changed)) | set(session.scalars(withdrawn))
