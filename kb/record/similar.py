"""Records that are like another one, and in which respects.

Four *aspects* are compared: what a record is for, what is done, on which kind of use of
the land, and in what climates and soils. How much work it is and what it costs is left
out on purpose: who looks for something similar often looks for what is less of either.

A concept counts the more the fewer records are filed under it: "rice" that four records
share says more than "build soil organic matter", which half of them share. The weight
of a concept is ln(1 + records / records filed under it), as in any search engine. Two
lists of concepts are as alike as the weight of what is in both by the weight of what is
in either (weighted Jaccard). Land uses, climates and soils are not merely the same or
others: each is held against the nearest of the other record (`kb.regions`).

The aspects are averaged by weight. One that is known of neither record is left out; one
that is known of only one of them counts nothing, for what is not known to be similar is
not to be shown as similar. The weights are judgement.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from kb.language import _
from kb.record.filed import Filed
from kb.record.whereabouts import LEAST_COVERAGE, SAID_ONLY, Whereabouts
from kb.regions.axes import AXES, axes_likeness
from kb.regions.land_use import LAND_USES, land_use_alike
from kb.regions.likeness import WORDS as PLACE_WORDS
from kb.regions.likeness import Degree, Facet, degree
from kb.regions.similarity import alike
from kb.regions.soil import BEHAVIOUR, behaviour_alike

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


class Aspect(StrEnum):
    """A side on which records are compared."""

    PURPOSE = "purpose"
    THEME = "theme"
    LAND_USE = "land_use"
    PLACE = "place"


WEIGHT = {
    Aspect.PURPOSE: 0.3,
    Aspect.THEME: 0.3,
    Aspect.LAND_USE: 0.2,
    Aspect.PLACE: 0.2,
}

LEAST = 0.4
"""Below this records are not called similar. Judged on the first 94 records."""

LEAST_IN_COMMON = 0.4
"""How alike at least one of purpose and theme has to be: land alone makes nothing
similar. From here on "partly" is said."""

MOST = 5
"""How many are shown."""

MOST_SHARED = 2
"""How many of the concepts that two records share are named, the rarest first."""

WORDS: Mapping[Aspect, Mapping[Degree, object]] = {
    Aspect.PURPOSE: {
        Degree.SAME: _("same purpose"),
        Degree.VERY_SIMILAR: _("nearly the same purpose"),
        Degree.SIMILAR: _("similar purpose"),
        Degree.PARTLY: _("partly the same purpose"),
    },
    Aspect.THEME: {
        Degree.SAME: _("same theme"),
        Degree.VERY_SIMILAR: _("nearly the same theme"),
        Degree.SIMILAR: _("similar theme"),
        Degree.PARTLY: _("partly the same theme"),
    },
    Aspect.LAND_USE: {
        Degree.SAME: PLACE_WORDS["land_use"][Degree.SAME],
        Degree.VERY_SIMILAR: PLACE_WORDS["land_use"][Degree.VERY_SIMILAR],
        Degree.SIMILAR: PLACE_WORDS["land_use"][Degree.SIMILAR],
    },
}
"""What is said of an aspect, by degree; of what is less alike nothing is said."""

TRIED = {
    Degree.SAME: _("tried in the same climate"),
    Degree.VERY_SIMILAR: _("tried in nearly the same climate"),
    Degree.SIMILAR: _("tried in similar climate"),
}
NAMED = {
    Degree.SAME: _("for the same climates and soils"),
    Degree.VERY_SIMILAR: _("for nearly the same climates and soils"),
    Degree.SIMILAR: _("for similar climates and soils"),
}


def climates_alike(a: str, b: str) -> float:
    """Say how alike two Köppen-Geiger classes are, 0 to 1."""
    other = AXES[b]
    return axes_likeness(AXES[a], other.heat, other.wetness, other.rain)


def _each_pair(codes: Iterable[str], alike: Callable[[str, str], float]) -> Floats:
    names = list(codes)
    return np.array([[alike(a, b) for b in names] for a in names])


KINDS_OF_LAND: Mapping[str, tuple[tuple[str, ...], Floats]] = {
    "land_use": (tuple(LAND_USES), _each_pair(LAND_USES, land_use_alike)),
    "climate": (tuple(AXES), _each_pair(AXES, climates_alike)),
    "soil": (
        tuple(BEHAVIOUR),
        _each_pair(BEHAVIOUR, lambda a, b: behaviour_alike(BEHAVIOUR[a], BEHAVIOUR[b])),
    ),
}
"""Scheme → the kinds of land it names, and how alike each two are, 0 to 1."""


@dataclass(frozen=True)
class Reason:
    """One respect in which two records are alike."""

    aspect: Aspect
    words: object
    shared: tuple[str, ...] = ()
    """Concepts that both are filed under, the rarest first."""


@dataclass(frozen=True)
class Similar:
    """A record that is like the one asked about."""

    record_id: int
    score: float
    """0 to 1; for ranking, never shown."""
    reasons: tuple[Reason, ...]


class Likes:
    """All public records of one kind, packed to be compared with one of them."""

    def __init__(self, filed: Mapping[int, Filed], whereabouts: Whereabouts) -> None:
        """Pack.

        :param filed: the records that are to be compared with each other.
        """
        self._ids, rows = list(filed), list(filed.values())
        self._row = {record_id: row for row, record_id in enumerate(self._ids)}
        self._where = whereabouts
        self._purposes = _Concepts([one.under("purpose") for one in rows])
        self._themes = _Concepts([one.under("theme", "slm_group") for one in rows])
        self._kinds = {
            scheme: _Kinds([one.codes.get(scheme, ()) for one in rows], codes, alike)
            for scheme, (codes, alike) in KINDS_OF_LAND.items()
        }
        owners = [self._row.get(spot.record_id, -1) for spot in whereabouts.spots]
        self._owners = np.array(owners, dtype=np.int64)

    def of(self, record_id: int, *, without: Collection[int] = ()) -> list[Similar]:
        """Give the records most like one of them, the most alike first.

        :param without: records that are not to be named, such as its neighbours.
        """
        row = self._row.get(record_id)
        if row is None:
            return []
        tried, named = self._tried(row), self._named(row)
        parts = {
            Aspect.PURPOSE: self._purposes.compare(row),
            Aspect.THEME: self._themes.compare(row),
            Aspect.LAND_USE: self._kinds["land_use"].compare(row),
            Aspect.PLACE: np.where(
                np.isnan(tried), named, np.fmax(tried, SAID_ONLY * named)
            ),
        }
        scores = _mean(parts, self._known(row))
        common = np.fmax(parts[Aspect.PURPOSE], parts[Aspect.THEME])
        scores[~(common >= LEAST_IN_COMMON)] = 0.0
        scores[[row, *(self._row[i] for i in without if i in self._row)]] = 0.0
        return [
            Similar(
                self._ids[other], float(scores[other]), self._say(row, other, parts)
            )
            for other in map(int, np.argsort(-scores, kind="stable")[:MOST])
            if scores[other] >= LEAST
        ]

    def _known(self, row: int) -> dict[Aspect, Flags]:
        """Say of which records an aspect is known, or of the one at ``row``."""
        placed = self._kinds["climate"].known | self._kinds["soil"].known
        placed[self._owners[self._owners >= 0]] = True
        known = {
            Aspect.PURPOSE: self._purposes.known,
            Aspect.THEME: self._themes.known,
            Aspect.LAND_USE: self._kinds["land_use"].known,
            Aspect.PLACE: placed,
        }
        return {aspect: flags | flags[row] for aspect, flags in known.items()}

    def _named(self, row: int) -> Floats:
        """Say how alike the climates and soils are that records name."""
        both = np.array([self._kinds[s].compare(row) for s in ("climate", "soil")])
        known = ~np.isnan(both)
        count = known.sum(axis=0)
        total = np.where(known, both, 0.0).sum(axis=0)
        return _divided(total, count, count > 0)

    def _tried(self, row: int) -> Floats:
        """Say how alike the two sites of two records are that are most alike."""
        best = np.full(len(self._ids), np.nan)
        for site in self._where.sites_of.get(self._ids[row], ()):
            compared = self._where.candidates.compare(self._where.spots[site].place)
            known = (self._owners >= 0) & (compared.coverage >= LEAST_COVERAGE)
            np.fmax.at(best, self._owners[known], compared.scores[known])
        return best

    def _say(
        self, row: int, other: int, parts: Mapping[Aspect, Floats]
    ) -> tuple[Reason, ...]:
        """Give what two records have in common, aspect by aspect."""
        found = []
        for aspect, words in WORDS.items():
            value = parts[aspect][other]
            how = Degree.DIFFERENT if np.isnan(value) else degree(float(value))
            if how in words:
                found.append(
                    Reason(aspect, words[how], self._shared(aspect, row, other))
                )
        return (*found, *self._said_of_places(row, other))

    def _shared(self, aspect: Aspect, row: int, other: int) -> tuple[str, ...]:
        concepts = {Aspect.PURPOSE: self._purposes, Aspect.THEME: self._themes}
        return concepts[aspect].shared(row, other) if aspect in concepts else ()

    def _said_of_places(self, row: int, other: int) -> tuple[Reason, ...]:
        """Say that both were tried in such a climate, else that both are for such."""
        climate = self._climate_tried(row, other)
        words = TRIED.get(degree(climate)) if climate is not None else None
        if words is None:
            named = float(self._named(row)[other])
            words = None if np.isnan(named) else NAMED.get(degree(named))
        return (Reason(Aspect.PLACE, words),) if words is not None else ()

    def _climate_tried(self, row: int, other: int) -> float | None:
        """Say how alike the climates are of the two sites that are most alike."""
        mine, its = (self._where.sites_of.get(self._ids[n], ()) for n in (row, other))
        spots = self._where.spots
        found = [alike(spots[a].place, spots[b].place) for a in mine for b in its]
        best = max(found, key=lambda likeness: likeness.score, default=None)
        return best.facets.get(Facet.CLIMATE) if best is not None else None


class _Concepts:
    """Which records are filed under which concepts, each with its weight."""

    def __init__(self, rows: Sequence[Collection[str]]) -> None:
        self._codes = sorted({code for row in rows for code in row})
        self._has = _table(rows, self._codes)
        filed = self._has.sum(axis=0)
        self._weight = np.log1p(len(rows) / np.maximum(filed, 1))
        self._weighed = self._has * self._weight
        self._sums = self._weighed.sum(axis=1)
        self.known: Flags = self._sums > 0

    def compare(self, row: int) -> Floats:
        """Hold one record against all; not a number where one says nothing."""
        both = self._weighed @ self._has[row]
        either = self._sums + self._sums[row] - both
        return _divided(both, either, self.known & self.known[row])

    def shared(self, row: int, other: int) -> tuple[str, ...]:
        """Give what both are filed under, the rarest first."""
        both = np.flatnonzero(self._has[row] * self._has[other])
        rare = sorted(both, key=lambda n: (-self._weight[n], self._codes[n]))
        return tuple(self._codes[n] for n in rare[:MOST_SHARED])


class _Kinds:
    """Which kinds of land records name, and how near each stands to the others."""

    def __init__(
        self, rows: Sequence[Collection[str]], codes: Sequence[str], alike: Floats
    ) -> None:
        self._has = _table(rows, codes)
        self._count = self._has.sum(axis=1)
        self._nearest = np.zeros_like(self._has)
        for has, to_one in zip(self._has.T, alike, strict=True):
            np.maximum(self._nearest, np.outer(has, to_one), out=self._nearest)
        self.known: Flags = self._count > 0

    def compare(self, row: int) -> Floats:
        """Hold one record against all; not a number where one names no kind.

        Each kind that one of the two names is held against the nearest of the other,
        and the two means are averaged, so that it is the same either way round.
        """
        of_mine = self._nearest @ self._has[row] / max(self._count[row], 1)
        of_its = self._has @ self._nearest[row] / np.maximum(self._count, 1)
        known = self.known & self.known[row]
        return np.where(known, (of_mine + of_its) / 2, np.nan)


def _table(rows: Sequence[Collection[str]], codes: Sequence[str]) -> Floats:
    column = {code: n for n, code in enumerate(codes)}
    table = np.zeros((len(rows), len(codes)))
    for n, row in enumerate(rows):
        table[n, [column[code] for code in row]] = 1.0
    return table


def _divided(these: Floats, by: Floats, where: Flags) -> Floats:
    found = np.full(len(these), np.nan)
    np.divide(these, by, out=found, where=where)
    return found


def _mean(parts: Mapping[Aspect, Floats], known: Mapping[Aspect, Flags]) -> Floats:
    """Average the aspects by weight; one that only one of two tells counts nothing."""
    total = sum(WEIGHT[a] * np.nan_to_num(values) for a, values in parts.items())
    weight = sum(WEIGHT[a] * flags for a, flags in known.items())
    scores: Floats = np.asarray(total) / np.maximum(np.asarray(weight), 1e-9)
    return scores
