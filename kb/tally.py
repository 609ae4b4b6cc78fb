"""Counts in memory until somebody writes them; threads share them."""

from collections import Counter
from collections.abc import Hashable, Mapping
from threading import Lock
from typing import Generic, TypeVar

MOST_WAITING = 10_000
"""Different lines held in memory; more are not counted until these are written."""

L = TypeVar("L", bound=Hashable)
"""What is counted together."""


class Tally(Generic[L]):
    """Counts by line and name, until it is emptied."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._counts: dict[L, Counter[str]] = {}

    def add(self, line: L, counts: Mapping[str, int]) -> None:
        """Count something."""
        with self._lock:
            if line in self._counts or len(self._counts) < MOST_WAITING:
                self._counts.setdefault(line, Counter()).update(counts)

    def take(self) -> Mapping[L, Counter[str]]:
        """Give what was counted, and begin anew."""
        with self._lock:
            taken, self._counts = self._counts, {}
        return taken

    def give_back(self, taken: Mapping[L, Counter[str]]) -> None:
        """Count again what could not be written."""
        for line, counts in taken.items():
            self.add(line, counts)
