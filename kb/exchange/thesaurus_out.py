"""Writing the thesaurus to a file that `kb.exchange.thesaurus` takes in again."""

from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from kb.vocabulary.thesaurus import NAMED_IN
from kb.vocabulary.thesaurus_lookups import PLAIN, NamedConcept, read_concepts
from kb.yaml_out import write_yaml


def write_thesaurus(session: Session, folder: Path) -> int:
    """Write all concepts to ``thesaurus/`` in a folder; give how many there are.

    Taken into an empty database, they give the same rows.
    """
    place = folder / "thesaurus"
    concepts = read_concepts(session)
    shared = sorted({label for concept in concepts for label in concept.shared})
    ambiguous: dict[str, list[str]] = {}
    for language, label in shared:
        ambiguous.setdefault(language, []).append(label)
    whole = {"concepts": [_row(one) for one in concepts], "ambiguous": ambiguous}
    write_yaml(place / "concepts.yaml", whole)
    return len(concepts)


def _row(concept: NamedConcept) -> dict[str, Any]:
    order = dict.fromkeys([*NAMED_IN, *concept.names])
    given = {
        "code": concept.code,
        "broader": list(concept.broader),
        "related": list(concept.related),
        "same_as": concept.same_as,
        "exact_match": concept.exact_match,
        "meaning": concept.meaning,
        "names": {x: list(concept.names[x]) for x in order if x in concept.names},
        "marks": _marks(concept),
        "definitions": {x: d._asdict() for x, d in concept.definitions.items()},
    }
    return {key: value for key, value in given.items() if value}


def _marks(concept: NamedConcept) -> dict[str, dict[str, dict[str, Any]]]:
    """Give what is said of labels, where it is not what is said of all."""
    marks: dict[str, dict[str, dict[str, Any]]] = {}
    for (language, label), mark in sorted(concept.marks.items()):
        said = {k: v for k, v in mark._asdict().items() if v != getattr(PLAIN, k)}
        marks.setdefault(language, {})[label] = {k: _told(v) for k, v in said.items()}
    return marks


def _told(value: str | bool) -> str | bool:
    return value if isinstance(value, bool) else str(value)
