"""Our terms as PostgreSQL writes them: ``'en:stone':1A,7C`` and ``'en:stone' & …``."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from kb.search.terms import CONCEPTS, FIELDS, Way
from kb.search.words import LAYERS

LONGEST_TERM = 500
"""Signs; longer ones are left out (a lexeme holds 2,046 bytes)."""

MOST_PLACES, LAST_PLACE = 255, 16_383
"""Places of one term in one text, and the last place, that a ``tsvector`` keeps."""

GAP = 10
"""Places left free between two texts, so that no row of words reaches across."""

_WEIGHTS = sorted(set(FIELDS.values()), reverse=True)
LETTERS = {weight: "ABCD"[nth] for nth, weight in enumerate(_WEIGHTS)}
"""What a word weighs by its field → one of the four letters there are."""

RANK_WEIGHTS = [0.0] * (4 - len(_WEIGHTS)) + [w / _WEIGHTS[0] for w in _WEIGHTS[::-1]]
"""What D, C, B, A count, as ``ts_rank`` takes it."""


def words_of(fields: Mapping[str, Sequence[str]]) -> str:
    """Write the terms of a document as a ``tsvector``."""
    places: dict[str, list[str]] = defaultdict(list)
    first = 1
    for name, terms in fields.items():
        letter, layers = LETTERS[FIELDS[name]], 1 if name in CONCEPTS else LAYERS
        for nth, term in enumerate(terms):
            place = min(first + nth // layers, LAST_PLACE)
            if len(term) <= LONGEST_TERM and len(places[term]) < MOST_PLACES:
                places[term].append(f"{place}{letter}")
        first += len(terms) // layers + GAP
    return " ".join(f"{_quoted(t)}:{','.join(at)}" for t, at in places.items() if at)


def any_of(ways: Iterable[Way]) -> str:
    """Ask for any of some ways; the ways are not empty."""
    return " | ".join(map(row, ways))


def row(way: Way) -> str:
    """Ask for terms that stand one after the other."""
    return "(" + " <-> ".join(map(_quoted, way.row)) + ")"


def _quoted(term: str) -> str:
    escaped = term.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"
