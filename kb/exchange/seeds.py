"""Filling a knowledge base from a folder of seeds.

All or nothing: every file is checked first, and one that does not fit is refused with
file, record and field. What was taken in before with the same content stays untouched.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from marshmallow import Schema, fields, validate
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from kb.errors import NotValid
from kb.exchange.checked import read_checked
from kb.exchange.files import read_yaml
from kb.exchange.regions import take_in_regions
from kb.exchange.shapes import take_in_shapes
from kb.exchange.thesaurus import take_in_thesaurus
from kb.language import _
from kb.record.kind import Kind
from kb.record.lookups import read_known
from kb.record.marks import after_files
from kb.record.models import Record, Source
from kb.record.schemas import KEY, Known, near
from kb.record.service import check, fingerprint, relate, take_in
from kb.vocabulary.models import Concept, ConceptName
from kb.writing.sources import ADDED
from kb.writing.versions import (
    Document,
    in_peoples_hands,
    keep_version,
    newest,
    with_versions,
)

BY = "kb seed"


class ConceptSchema(Schema):
    """One entry of a vocabulary file."""

    code = fields.String(required=True, validate=validate.Regexp(r"^[A-Za-z0-9_]+$"))
    group = fields.String(load_default="")
    names = fields.Dict(fields.String(), fields.String(), required=True)
    plain = fields.Dict(fields.String(), fields.String(), load_default=dict)


class VocabularySchema(Schema):
    """One vocabulary file."""

    scheme = fields.String(required=True)
    concepts = fields.List(fields.Nested(ConceptSchema), required=True)


class SourceSchema(Schema):
    """One entry of a file of sources."""

    key = fields.String(required=True, validate=KEY)
    citation = fields.String(required=True, validate=validate.Length(1))
    year = fields.Integer(validate=validate.Range(1500, 2100))
    doi = fields.String(validate=validate.Regexp(r"^10\.\S+/\S+$"))
    url = fields.Url(schemes={"http", "https"})
    also = fields.String(validate=KEY)
    read_on_copy = fields.Boolean()


@dataclass
class Report:
    """What a pass over the seeds did."""

    concepts: int = 0
    sources: int = 0
    regions: int = 0
    """How many rows of regions were new or different."""
    shapes: int = 0
    """How many drawings were new or different."""
    thesaurus: int = 0
    """How many concepts of the thesaurus were new or different."""
    taken_in: list[str] = field(default_factory=list)
    unchanged: int = 0
    left: list[str] = field(default_factory=list)
    """Keys of records whose seed changed, but people have changed or withdrawn them."""


@dataclass
class _Found:
    """One record folder, read and checked."""

    kind: Kind
    key: str
    facts: dict[str, Any]
    words: dict[str, dict[str, Any]]
    digest: str
    document: Document


def sow(
    session: Session,
    folder: Path,
    kinds: Mapping[str, Kind],
    *,
    tell: Callable[[str], None] = lambda line: None,
) -> Report:
    """Take in everything under ``folder``.

    :param tell: called with a line for people as the work goes on.
    :raises NotValid: ``problems`` names file, record and field of each misfit.
    """
    problems: dict[str, list[str]] = {}
    report = Report()
    report.concepts = _take_in_vocabularies(session, folder, problems)
    report.shapes = take_in_shapes(session, folder, problems)
    report.sources = _take_in_sources(session, folder, problems)
    _refuse(problems)
    report.thesaurus = take_in_thesaurus(session, folder, problems)
    _refuse(problems)
    report.regions = take_in_regions(session, folder, problems)
    _refuse(problems)
    known = read_known(session)
    found = [
        record
        for kind in kinds.values()
        for record in _read_records(folder, kind, known, problems)
    ]
    problems |= _loose_ends(session, found, _folders(folder, kinds))
    _refuse(problems)
    tell(f"{report.concepts} concepts, {report.sources} sources checked")
    _store(session, found, known, report, tell)
    _keep_first_versions(session, found, known)
    return report


def _refuse(problems: dict[str, list[str]]) -> None:
    if problems:
        raise NotValid(_("Some seeds do not fit."), problems)


def _store(
    session: Session, found: list[_Found], known: Known, report: Report,
    tell: Callable[[str], None],
) -> None:  # fmt: skip
    rows = session.execute(select(Record.key, Record.id, Record.fingerprint))
    stood = {key: (number, digest) for key, number, digest in rows}
    theirs = in_peoples_hands(session)
    records = {}
    for f in found:
        number, digest = stood.get(f.key, (0, ""))
        if digest == f.digest:
            report.unchanged += 1
        elif number in theirs:
            report.left.append(f.key)
        else:
            _mark(session, f, number)
            records[f.key] = take_in(
                session, f.kind, f.key, f.facts, f.words, by=BY, digest=f.digest
            )
            keep_version(session, records[f.key], f.document, known, came_by=BY)
            report.taken_in.append(records[f.key].ref)
            if len(report.taken_in) % 20 == 0:
                tell(f"{len(report.taken_in)} records taken in")
    ids = dict(session.execute(select(Record.key, Record.id)).all())
    for f in found:
        if f.key in records:
            relate(session, records[f.key], f.facts["relations"], ids)


def _mark(session: Session, found: _Found, number: int) -> None:
    """Mark translations that files leave as they were, while their source changed."""
    if not number or number not in with_versions(session):
        return
    last = newest(session, number)
    texts = after_files(found.document["texts"], last.document["texts"], last.number)
    found.document = found.document | {"texts": texts}
    for language, text in found.words.items():
        for name in ("state", "marks"):
            text[name] = texts[language].get(name, {})


def _keep_first_versions(session: Session, found: list[_Found], known: Known) -> None:
    """Keep a version of what an older program took in, and that has none."""
    documents = {f.key: f.document for f in found}
    lacking = select(Record).where(Record.id.not_in(with_versions(session)))
    for record in session.scalars(lacking):
        if record.key in documents:
            keep_version(session, record, documents[record.key], known, came_by=BY)


def _read_records(
    folder: Path, kind: Kind, known: Known, problems: dict[str, list[str]]
) -> Iterator[_Found]:
    for place in sorted((folder / kind.plural).glob("*/record.yaml")):
        where = place.parent.relative_to(folder)
        try:
            given = read_yaml(place)
            words = {
                path.stem: read_yaml(path)
                for path in sorted(place.parent.glob("*.yaml"))
                if path.name != "record.yaml"
            }
            facts, texts = check(kind, given, words, known)
        except NotValid as refused:
            problems |= _with_place(refused.problems, str(where), words=kind.sections)
            continue
        digest = fingerprint(given, words)
        document = {"facts": given, "texts": words}
        yield _Found(kind, place.parent.name, facts, texts, digest, document)


def _with_place(
    problems: Mapping[str, list[str]], where: str, *, words: tuple[str, ...]
) -> dict[str, list[str]]:
    """Say in which file of a record each problem is."""
    named = {}
    for name, lines in problems.items():
        first, _dot, rest = name.partition(".")
        if first.endswith("yaml") or name.endswith(".yaml"):
            named[f"{where}/{name}"] = lines
        elif (rest and len(first) in {2, 3}) or ("-" in first and rest):
            named[f"{where}/{first}.yaml: {rest}"] = lines
        else:
            named[f"{where}/record.yaml: {name}"] = lines
    return named


def _folders(folder: Path, kinds: Mapping[str, Kind]) -> set[str]:
    """Name every record folder, also those whose record does not fit."""
    return {p.name for k in kinds.values() for p in (folder / k.plural).glob("*")}


def _loose_ends(
    session: Session, found: list[_Found], folders: set[str]
) -> dict[str, list[str]]:
    """Say which relations lead nowhere and which refs stand twice."""
    problems: dict[str, list[str]] = {}
    keys = folders | set(session.scalars(select(Record.key)))
    owner: dict[str, str] = dict(session.execute(select(Record.ref, Record.key)).all())
    for f in found:
        where = f"{f.kind.plural}/{f.key}/record.yaml"
        for i, relation in enumerate(f.facts["relations"]):
            if relation["to"] not in keys:
                said = (
                    f"there is no record {relation['to']!r}{near(relation['to'], keys)}"
                )
                problems[f"{where}: relations.{i}.to"] = [said]
        if owner.setdefault(f.facts["ref"], f.key) != f.key:
            said = f"{f.facts['ref']} is already {owner[f.facts['ref']]}"
            problems[f"{where}: ref"] = [said]
    return problems


def _take_in_vocabularies(
    session: Session, folder: Path, problems: dict[str, list[str]]
) -> int:
    stood = {c.id: c for c in session.scalars(select(Concept))}
    names: list[ConceptName] = []
    schema = VocabularySchema()
    for path in sorted((folder / "vocabularies").glob("*.yaml")):
        given = read_checked(path, schema, problems, folder)
        for position, entry in enumerate(given["concepts"] if given else []):
            names += _names_of(given["scheme"], entry)
            concept = _concept(given["scheme"], position, entry, stood)
            session.add(concept)
    session.flush()
    named = {name.concept_id for name in names}
    session.execute(delete(ConceptName).where(ConceptName.concept_id.in_(named)))
    session.add_all(names)
    session.flush()
    return len(named)


def _concept(
    scheme: str, position: int, entry: dict[str, Any], stood: dict[str, Concept]
) -> Concept:
    id_ = f"{scheme}:{entry['code']}"
    concept = stood.get(id_) or Concept(id=id_, scheme=scheme, code=entry["code"])
    concept.position, concept.group = position, entry["group"]
    return concept


def _names_of(scheme: str, entry: dict[str, Any]) -> list[ConceptName]:
    return [
        ConceptName(
            concept_id=f"{scheme}:{entry['code']}",
            language=language,
            name=name,
            plain=entry["plain"].get(language, ""),
        )
        for language, name in entry["names"].items()
    ]


def _take_in_sources(
    session: Session, folder: Path, problems: dict[str, list[str]]
) -> int:
    """Take sources in; one that a person brought before, with the same DOI, is one.

    It takes the key of the seeds, and goes by its own as well.
    """
    known = dict(session.execute(select(Source.key, Source)).all())
    came = {s.doi.lower(): s for k, s in known.items() if k.startswith(ADDED) and s.doi}
    count = 0
    schema = SourceSchema(many=True)
    for path in sorted((folder / "sources").glob("*.yaml")):
        for given in read_checked(path, schema, problems, folder) or []:
            count += 1
            source = known.get(given["key"])
            if source is None and given.get("doi", "").lower() in came:
                source = known[given["key"]] = came.pop(given["doi"].lower())
                source.also = source.key
            elif source is None:
                source = known[given["key"]] = Source(key=given["key"])
                session.add(source)
            for name, value in given.items():
                setattr(source, name, value)
    session.flush()
    return count
