"""The queries that were judged by hand, one file a language in tests/search/judged.

Half of them (``tune``) are there to tune the ranking on, the other half (``held``) to
see whether that helped with what it was not tuned on; every other line, whatever it is.
Judged from the text of the records, never from what a search gave.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

FOLDER = Path(__file__).parents[2] / "search" / "judged"
LANGUAGES = tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))
SPLITS = ("tune", "held")
ASKS = ("everyday", "name", "why", "story", "across")
"""What a query asks for: a practice in everyday words or by its name, a cause or a
measure, a story, or something in words of another language than the page's."""


@dataclass(frozen=True)
class Judged:
    """One query as it is typed, and what ought to come."""

    language: str
    """The reader's: of the page, and of the words unless it asks ``across``."""
    query: str
    asks: str
    split: str
    note: str = ""
    """What was meant, in English, where the words alone do not say it."""
    answers: Mapping[str, int] = field(default_factory=dict)
    """Ref → grade, see `tests.bench.search.metrics`."""


def judged(language: str) -> list[Judged]:
    """Give the queries of a language."""
    text = (FOLDER / f"{language}.yaml").read_text("utf-8")
    return [Judged(language, **entry) for entry in yaml.load(text, yaml.CSafeLoader)]
