"""Things worth keeping while they are asked for, up to a bound; the oldest go first."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

Thing = TypeVar("Thing")


class Kept(Generic[Thing]):
    """What was lately asked for; threads share it."""

    def __init__(self, most: int) -> None:
        """Keep things of up to so much together, in whatever `put` measures them."""
        self._most, self._size = most, 0
        self._held: OrderedDict[Hashable, tuple[Thing, int]] = OrderedDict()
        self._one = Lock()

    def get(self, key: Hashable) -> Thing | None:
        """Give a thing if it is still there."""
        with self._one:
            found = self._held.get(key)
            if found is None:
                return None
            self._held.move_to_end(key)
            return found[0]

    def clear(self) -> None:
        """Let go of all."""
        with self._one:
            self._held.clear()
            self._size = 0

    def put(self, key: Hashable, thing: Thing, size: int = 1) -> None:
        """Keep a thing; one that is bigger than a quarter of the room is not kept."""
        if size * 4 > self._most:
            return
        with self._one:
            if key not in self._held:
                self._held[key] = (thing, size)
                self._size += size
            while self._size > self._most:
                self._size -= self._held.popitem(last=False)[1][1]
