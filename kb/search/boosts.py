"""What counts beside the words: small, stated, and the same for every index.

The best hits by words (`kb.search.document.COMPARED`) are put in the order of their
scores times these. The numbers stand here and nowhere else; they were chosen on the
judged queries to tune on (``python -m tests.bench.search.quality``), except freshness,
in which those queries do not differ, and place.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from kb.record.whereabouts import Nearness
from kb.search.document import COMPARED, Compared, Document, Query
from kb.search.intent import kind_asked

ASKED_FOR = 1.2
"""A record of the kind that the words ask for (`kb.search.intent`)."""

PRACTICE = 1.1
"""A practice, where the words ask for no kind: most people want to know what to do."""

EVIDENCE = 0.015
"""More for each level of evidence from E1 to E5: at most 7.5 in a hundred."""

FRESH, FRESH_YEARS = 0.05, 5
"""More for what was published or assessed today; it falls evenly to nothing."""

UNPLACED = 0.5
"""What a record counts that says nothing of places, such as most answers: as much as
one in a place partly like the reader's."""

YEAR_DAYS = 365.25


class Boosts(NamedTuple):
    """By how much one record's score is multiplied for each reason; 1 changes nothing.

    With a place, from half to one and a half: a record in a place just like the
    reader's comes before one that fits the words up to twice as well and is about
    places that have nothing in common with hers.
    """

    kind: float = 1.0
    evidence: float = 1.0
    fresh: float = 1.0
    place: float = 1.0

    @property
    def together(self) -> float:
        """Give what the score is multiplied by."""
        return self.kind * self.evidence * self.fresh * self.place


@dataclass(frozen=True)
class Beside:
    """What counts beside the words of one query; without words, place alone."""

    words: str
    near: Nearness | None = None
    today: date = field(default_factory=date.today)

    def weights(self, compared: Compared) -> Sequence[float]:
        """Give how much some records count."""
        kind = kind_asked(self.words)
        rows = list(zip(*compared[1:], strict=True))
        known = {row: self._beside_place(kind, *row).together for row in set(rows)}
        told = [known[row] for row in rows]
        if self.near is None:
            return told
        places = map(self._place, compared.records)
        return [each * place for each, place in zip(told, places, strict=True)]

    def boosts(self, d: Document) -> Boosts:
        """Give how much one record counts, reason by reason."""
        asked = kind_asked(self.words)
        told = self._beside_place(asked, d.kind, d.evidence_level, d.last_day)
        return told._replace(place=self._place(d.record_id))

    def _beside_place(self, asked: str, kind: str, evidence: int, day: int) -> Boosts:
        if not self.words:
            return Boosts()
        told = 1 + EVIDENCE * max(evidence, 0)
        return Boosts(by_kind(kind, asked), told, by_age(day, self.today))

    def _place(self, record_id: int) -> float:
        if self.near is None:
            return 1.0
        likeness = self.near.score(record_id)
        return 0.5 + (UNPLACED if likeness is None else likeness)


def beside(query: Query, near: Nearness | None) -> Beside | None:
    """Give what counts beside the words; nothing if they decide alone."""
    if query.sort != "best" or not (query.words or near) or not are_compared(query):
        return None
    return Beside(query.words, near)


def are_compared(query: Query) -> bool:
    """Say whether all hits of a page are put in order by more than words."""
    behind = len(query.given) + (query.page - 1) * query.per_page
    return not query.after and behind + query.per_page <= COMPARED


def by_kind(kind: str, asked: str) -> float:
    """Give what a kind of record counts where one was asked for, or none."""
    if asked:
        return ASKED_FOR if kind == asked else 1.0
    return PRACTICE if kind == "practice" else 1.0


@lru_cache(maxsize=4096)
def by_age(day: int, today: date) -> float:
    """Give what a record counts by when it was last published or assessed.

    :param day: 20261123; what is no day counts as nothing.
    """
    try:
        last = date(day // 10_000, day // 100 % 100, day % 100)
    except ValueError:
        return 1.0
    years = max((today - last).days / YEAR_DAYS, 0.0)
    return 1 + FRESH * max(0.0, 1 - years / FRESH_YEARS)
