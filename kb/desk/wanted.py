"""How much readers of a language want each record: read, or searched for in vain."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kb.desk.asked import Named
from kb.record.called import Called
from kb.record.zoning import Zoned
from kb.search.gaps import Gap
from kb.search.thesaurus import Thesaurus

OWN = 4
"""A reader of the language itself counts so many times one of any other: she reads
words that are not in her language, or went away with nothing."""


@dataclass(frozen=True)
class Demand:
    """How often a record was opened, and what it is about searched for in vain."""

    read: int = 0
    """By readers of the language."""
    read_by_all: int = 0
    in_vain: int = 0
    """Searches of readers of the language that nothing answered."""

    @property
    def weight(self) -> int:
        """Give what counts in an order; never nothing, for all may be read one day."""
        return 1 + self.read_by_all + OWN * (self.read + self.in_vain)

    def __add__(self, other: "Demand") -> "Demand":
        return Demand(
            self.read + other.read,
            self.read_by_all + other.read_by_all,
            self.in_vain + other.in_vain,
        )


def wanted(
    reads: Mapping[int, tuple[int, int]], in_vain: Mapping[int, int]
) -> dict[int, Demand]:
    """Give the demand for each record that was read or searched for."""
    return {
        number: Demand(*reads.get(number, (0, 0)), in_vain.get(number, 0))
        for number in {*reads, *in_vain}
    }


class Subjects:
    """What public records are about: what titles name, and where they are filed.

    A title names concepts in the language it was written in, so that a search in any
    other meets it by what it means.
    """

    def __init__(
        self, called: Mapping[int, Called], zoned: Zoned, thesaurus: Thesaurus
    ) -> None:
        self._thesaurus = thesaurus
        self._of: defaultdict[str, set[int]] = defaultdict(set)
        for number, one in called.items():
            for code in zoned.themes(number):
                self._of[f"theme:{code}"].add(number)
            for code in zoned.uses(number):
                self._of[f"land_use:{code}"].add(number)
            spoken = one.source_language
            titles = [words for code, words in one.titles if code == spoken]
            for code in (c for words in titles for c in self._named(words, spoken)):
                self._of[code].add(number)

    def sought_in_vain(self, searches: Iterable[Gap], named: Named) -> Counter[int]:
        """Count searches that led to nothing by the records about what they name.

        :param named: the named lists, as they are called in their language.
        """
        found: Counter[int] = Counter()
        for one in searches:
            if one.in_vain:
                meant = self._named(one.words, one.language)
                about = meant | named.named_in(one.words)
                for number in {n for each in about for n in self._of.get(each, ())}:
                    found[number] += one.in_vain
        return found

    def _named(self, words: str, language: str) -> set[str]:
        spans = self._thesaurus.spans(words, language)
        return {code for span in spans for code in span.codes}
