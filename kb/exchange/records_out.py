"""Writing public records, their sources and vocabularies as seeds are written."""

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

from sqlalchemy import Result, func, select
from sqlalchemy.orm import Session, selectinload

from kb.record.kind import Kind
from kb.record.lookups import may_leave
from kb.record.models import Record, Source
from kb.vocabulary.models import Concept
from kb.writing.models import Version
from kb.yaml_out import write_yaml

ABOUT_SOURCE = ("key", "citation", "year", "doi", "url", "also", "read_on_copy")


def write_records(session: Session, folder: Path, kinds: Iterable[Kind]) -> int:
    """Write each public record as it was last published; give how many there are.

    A folder for each, ``practices/KEY/record.yaml`` with a file of words for each
    language. What communities let be told here stays here; relations to records that
    are not written are left out.
    """
    places = {kind.name: folder / kind.plural for kind in kinds}
    public = set(session.scalars(select(Record.key).where(may_leave())))
    for key, kind, document in _last_published(session):
        place = places[kind] / key
        write_yaml(place / "record.yaml", _facts(document["facts"], public))
        for language, words in document["texts"].items():
            write_yaml(place / f"{language}.yaml", words)
    return len(public)


def write_sources(session: Session, folder: Path) -> int:
    """Write ``sources/sources.yaml``, what public records cite or not; count them."""
    sources = session.scalars(select(Source).order_by(Source.id))
    rows = [
        {name: value for name in ABOUT_SOURCE if (value := getattr(source, name))}
        for source in sources
    ]
    write_yaml(folder / "sources" / "sources.yaml", rows)
    return len(rows)


def write_vocabularies(session: Session, folder: Path) -> int:
    """Write a file for each vocabulary; give how many entries there are."""
    wanted = (
        select(Concept)
        .options(selectinload(Concept.names))
        .order_by(Concept.scheme, Concept.position)
    )
    schemes: dict[str, list[dict[str, Any]]] = {}
    concepts = session.scalars(wanted).all()
    for concept in concepts:
        schemes.setdefault(concept.scheme, []).append(_entry(concept))
    for scheme, entries in schemes.items():
        whole = {"scheme": scheme, "concepts": entries}
        write_yaml(folder / "vocabularies" / f"{scheme}.yaml", whole)
    return len(concepts)


def _last_published(session: Session) -> Result[str, str, dict[str, Any]]:
    """Give key, kind and newest document of each public record."""
    last = (
        select(Version.record_id, func.max(Version.number).label("number"))
        .group_by(Version.record_id)
        .subquery()
    )
    return session.execute(
        select(Record.key, Record.kind, Version.document)
        .join(Version, Version.record_id == Record.id)
        .join(
            last,
            (last.c.record_id == Version.record_id) & (last.c.number == Version.number),
        )
        .where(may_leave())
        .order_by(Record.key)
    )


def _facts(facts: dict[str, Any], public: Collection[str]) -> dict[str, Any]:
    relations = facts.get("relations")
    if not relations:
        return facts
    return facts | {"relations": [one for one in relations if one["to"] in public]}


def _entry(concept: Concept) -> dict[str, Any]:
    given = {
        "code": concept.code,
        "group": concept.group,
        "names": {name.language: name.name for name in concept.names},
        "plain": {name.language: name.plain for name in concept.names if name.plain},
    }
    return {key: value for key, value in given.items() if value}
