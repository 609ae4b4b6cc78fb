"""What to translate next: what most readers wait for, for the fewest words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kb.desk.wanted import Demand
from kb.record.marks import FieldState
from kb.translating.listing import PRESSING, Lacking

TO_DO = tuple(x for x in PRESSING if x != FieldState.IN_REVIEW)
"""The states of a field that somebody who translates can do something about."""
TO_BEGIN = 50
"""To open a record and see what it is about takes as long as so many words."""
NOBODY = Demand()


@dataclass(frozen=True)
class Next:
    """A record with something to do in a language, and how much it is wanted."""

    lacking: Lacking
    demand: Demand

    @property
    def words(self) -> int:
        """Give how many words of the source are to be translated or read through."""
        return sum(self.lacking.words[state] for state in TO_DO)

    @property
    def worth(self) -> float:
        """Give what sorts it: the readers helped, by the words it takes.

        A field helps by its share of the text, and more where what stands there
        misleads (`PRESSING`).
        """
        words = self.lacking.words
        pressing = sum(PRESSING[state] * words[state] for state in TO_DO)
        helped = self.demand.weight * pressing / max(1, words.total())
        return helped / (self.words + TO_BEGIN)


def next_best(found: Iterable[Lacking], demand: Mapping[int, Demand]) -> list[Next]:
    """Give the records with something to do, the best to begin with first."""
    every = (Next(one, demand.get(one.record_id, NOBODY)) for one in found)
    return sorted(
        (one for one in every if one.words),
        key=lambda one: (-one.worth, one.lacking.record_id),
    )
