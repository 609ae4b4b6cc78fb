"""Of which themes, uses of the land and zones few practices are known, by language."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from kb.desk.asked import Asked
from kb.record.zoning import Zoned
from kb.regions.zones import CLIMATES, SOILS, Zone, on_earth

FEW = 2
"""Up to so many practices are few: nobody can choose among them."""

LISTS = ("theme", "land_use")
"""The named lists that are looked through."""


@dataclass(frozen=True)
class Line:
    """How many practices there are on one thing, and how often it was asked for."""

    entry: str
    """Id of the theme or the use of the land; empty for all of a zone."""
    zone: str
    """Code of the zone; empty for everywhere."""
    practices: Mapping[str, int]
    """Language → practices that can be read in it."""
    in_any: int
    """Practices in whatever language."""
    tried: int | None
    """Those tried in the zone, not only meant for such land; nothing for everywhere."""
    asked: Mapping[str, int]
    """Language → searches by its readers."""

    def is_few(self, language: str) -> bool:
        """Say whether readers of a language find few, or none that was tried there."""
        return self.practices[language] <= FEW or self.tried == 0

    @property
    def pressing(self) -> tuple[int, int, int]:
        """Give what sorts it: what is asked for most and known least comes first."""
        asked, known = sum(self.asked.values()), sum(self.practices.values())
        return -asked, known, self.tried or 0


class Stock:
    """All public practices by what they are on, where, and who can read them."""

    def __init__(self, zoned: Zoned, read_in: Mapping[int, Collection[str]]) -> None:
        """Take the practices in.

        :param read_in: number of a record → languages it can be read in.
        """
        self._zoned = zoned
        self._on = {
            number: {
                "",
                *(f"theme:{code}" for code in zoned.themes(number)),
                *(f"land_use:{code}" for code in zoned.uses(number)),
            }
            for number in read_in
            if zoned.kind(number) == "practice"
        }
        self._readable: defaultdict[str, set[int]] = defaultdict(set)
        for number in self._on:
            for language in read_in[number]:
                self._readable[language].add(number)

    def lines(
        self,
        entries: Iterable[str],
        asked: Asked,
        languages: Sequence[str],
        zone: Zone | None = None,
    ) -> list[Line]:
        """Give a line for each entry of which few are known, the most pressing first.

        :param entries: ids; an empty one for all there is.
        :param zone: nothing for everywhere.
        """
        wanted = dict.fromkeys(entries)
        within, tried = self._within(zone)
        code, there = zone.code if zone else "", self._count(tried, wanted)
        in_any = self._count(within, wanted)
        found = {
            spoken: self._count(self._readable[spoken] & within, wanted)
            for spoken in languages
        }
        lines = (
            Line(
                entry,
                code,
                {spoken: found[spoken][entry] for spoken in languages},
                in_any[entry],
                there[entry] if zone else None,
                {spoken: asked[spoken, code, entry] for spoken in languages},
            )
            for entry in wanted
        )
        few = (line for line in lines if any(map(line.is_few, languages)))
        return sorted(few, key=lambda line: line.pressing)

    def zones(self, asked: Asked, languages: Sequence[str]) -> list[Line]:
        """Give a line for each zone of which few practices are known."""
        lines = [
            line
            for zone in self.every_zone()
            for line in self.lines([""], asked, languages, zone)
        ]
        return sorted(lines, key=lambda line: line.pressing)

    def every_zone(self) -> list[Zone]:
        """Give the zones there are on Earth, and others that records tell of."""
        return every_zone(self._zoned)

    def _within(self, zone: Zone | None) -> tuple[Set[int], Set[int]]:
        """Give the practices of a zone, and those of them that were tried there."""
        if zone is None:
            return self._on.keys(), frozenset()
        found = self._zoned.within(zone)
        return self._on.keys() & set(found.all), self._on.keys() & found.tried.keys()

    def _count(self, numbers: Set[int], wanted: Mapping[str, object]) -> Counter[str]:
        """Count practices under each of some entries."""
        return Counter(entry for n in numbers for entry in self._on[n] & wanted.keys())


def every_zone(zoned: Zoned) -> list[Zone]:
    """Give the zones there are on Earth, and others that records tell of."""
    there = {*on_earth(), *zoned.climates()}
    return [Zone(c, soil) for c in CLIMATES if c in there for soil in SOILS]
