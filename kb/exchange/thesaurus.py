"""Taking the thesaurus in from files."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.exchange.checked import read_checked
from kb.exchange.thesaurus_schemas import ThesaurusSchema
from kb.naming.checks import Owners, circle_of, owners_of
from kb.naming.labels import plain
from kb.record.schemas import near
from kb.search.thesaurus import keep_readings
from kb.vocabulary.models import Concept
from kb.vocabulary.sowing import standing, store
from kb.vocabulary.thesaurus_lookups import (
    PLAIN,
    Definition,
    Mark,
    NamedConcept,
    merged_concepts,
    read_concepts,
)

PLACE = "thesaurus"

Problems = dict[str, list[str]]
Shared = frozenset[tuple[str, str]]
"""Languages with labels, as they are compared, that belong to several concepts."""


@dataclass(frozen=True)
class _Given:
    """A concept as a file gives it."""

    where: str
    digest: str
    concept: NamedConcept


def take_in_thesaurus(session: Session, folder: Path, problems: Problems) -> int:
    """Take in what ``thesaurus/`` holds; give how many concepts changed.

    Nothing is written if something does not fit; ``problems`` then says what. Concepts
    that no file names any more stay, and what people changed on the web is theirs.
    """
    files = _read(folder, problems)
    if problems or not files:
        return 0
    shared = frozenset(
        (language, plain(label))
        for content in files.values()
        for language, said in content["ambiguous"].items()
        for label in said
    )
    every = list(_given(files, shared))
    stood = {concept.code: concept for concept in read_concepts(session)}
    theirs = {code for code, concept in stood.items() if concept.version}
    theirs |= set(merged_concepts(session))
    given = [one for one in every if one.concept.code not in theirs]
    known = stood | {one.concept.code: one.concept for one in every}
    known |= {code: stood[code] for code in theirs & stood.keys()}
    entries = set(session.scalars(select(Concept.id)))
    left = {code: one for code, one in stood.items() if code not in theirs}
    left |= {one.concept.code: one.concept for one in every}
    owners = owners_of(left.values())
    for misfits in (
        _twice(every),
        _loose_ends(given, known, entries),
        _cycles(given, known),
        _one_name_for_two(given, owners, shared),
        _not_shared(files, owners),
    ):
        for where, said in misfits:
            problems.setdefault(where, []).append(said)
    if problems:
        return 0
    digests = standing(session)
    changed = {
        one.digest: one.concept
        for one in given
        if digests.get(one.concept.code) != one.digest
    }
    store(session, changed)
    keep_readings(session)
    return len(changed)


def _read(folder: Path, problems: Problems) -> dict[str, Any]:
    schema = ThesaurusSchema()
    files = {
        path.name: read_checked(path, schema, problems, folder)
        for path in sorted((folder / PLACE).glob("*.yaml"))
    }
    return {name: content for name, content in files.items() if content}


def _given(files: Mapping[str, Any], shared: Shared) -> Iterator[_Given]:
    for name, content in files.items():
        for position, row in enumerate(content["concepts"]):
            own = sorted(
                (language, label)
                for language, said in row["names"].items()
                for label in said
                if (language, plain(label)) in shared
            )
            whole = json.dumps([row, own], sort_keys=True)
            yield _Given(
                f"{PLACE}/{name}: concepts.{position}",
                hashlib.sha256(whole.encode()).hexdigest()[:32],
                _concept(row, own),
            )


def _concept(row: Mapping[str, Any], shared: Sequence[tuple[str, str]]) -> NamedConcept:
    return NamedConcept(
        row["code"],
        {language: tuple(said) for language, said in row["names"].items()},
        broader=tuple(dict.fromkeys(row["broader"])),
        related=tuple(dict.fromkeys(row["related"])),
        same_as=row["same_as"],
        meaning=row["meaning"],
        shared=frozenset(shared),
        definitions={
            language: Definition(**said)
            for language, said in row.get("definitions", {}).items()
        },
        exact_match=row.get("exact_match", ""),
        marks={
            (language, label): mark
            for language, said in row.get("marks", {}).items()
            for label, told in said.items()
            if (mark := Mark(**told)) != PLAIN
        },
    )


def _twice(given: Sequence[_Given]) -> Iterator[tuple[str, str]]:
    """Say which codes, and which entries meant, stand twice."""
    codes: dict[str, str] = {}
    entries: dict[str, str] = {}
    for one in given:
        code, entry = one.concept.code, one.concept.same_as
        if codes.setdefault(code, one.where) != one.where:
            yield f"{one.where}.code", f"{code} stands twice"
        if entry and entries.setdefault(entry, code) != code:
            yield f"{one.where}.same_as", f"{entry} is already {entries[entry]}"


def _loose_ends(
    given: Sequence[_Given], known: Mapping[str, NamedConcept], entries: set[str]
) -> Iterator[tuple[str, str]]:
    """Say which concepts and entries named are not there."""
    for one in given:
        for field in ("broader", "related"):
            for position, other in enumerate(getattr(one.concept, field)):
                if other not in known:
                    said = f"there is no concept {other!r}{near(other, known)}"
                    yield f"{one.where}.{field}.{position}", said
                elif other == one.concept.code:
                    yield f"{one.where}.{field}.{position}", "names itself"
        entry = one.concept.same_as
        if entry and entry not in entries:
            said = f"no vocabulary has {entry!r}{near(entry, entries)}"
            yield f"{one.where}.same_as", said


def _cycles(
    given: Sequence[_Given], known: Mapping[str, NamedConcept]
) -> Iterator[tuple[str, str]]:
    """Say which concepts are broader than themselves."""
    for one in given:
        if circle_of(one.concept, known):
            said = f"{one.concept.code} would be broader than itself"
            yield f"{one.where}.broader", said


def _one_name_for_two(
    given: Sequence[_Given], owners: Owners, shared: Shared
) -> Iterator[tuple[str, str]]:
    """Say which labels two concepts have without anybody having said so."""
    for one in given:
        for language, said in one.concept.names.items():
            for rank, label in enumerate(said):
                bearing = owners.get((language, plain(label)), set())
                others = bearing - {one.concept.code}
                if others and (language, plain(label)) not in shared:
                    where = f"{one.where}.names.{language}.{rank}"
                    so = f"{label!r} is also {', '.join(sorted(others))}"
                    yield where, f"{so}; if that is meant so, list it under ambiguous"


def _not_shared(files: Mapping[str, Any], owners: Owners) -> Iterator[tuple[str, str]]:
    """Say which labels are called ambiguous and are not."""
    for name, content in files.items():
        for language, said in content["ambiguous"].items():
            for position, label in enumerate(said):
                if len(owners.get((language, plain(label)), ())) < 2:
                    where = f"{PLACE}/{name}: ambiguous.{language}.{position}"
                    yield where, f"{label!r} is no label of two concepts"
