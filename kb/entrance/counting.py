"""Counting what is read without making anybody wait, and without knowing who reads.

Counts wait in memory; some seconds after the first of them a thread writes them in one
go, and so does the process when it ends. Whoever opens a page writes nothing and waits
for no lock. What was counted since the last writing is lost if the process is killed.
"""

import atexit
import re
from collections import Counter
from collections.abc import Callable, Hashable, Mapping
from contextlib import suppress
from logging import getLogger
from signal import SIG_BLOCK, SIGINT, SIGQUIT, SIGTERM, pthread_sigmask
from threading import Lock, Timer
from typing import Generic, TypeVar
from urllib.parse import parse_qs, urlsplit

from flask import request
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from kb.database import Database
from kb.entrance.request import office
from kb.tally import Tally

WRITE_SECONDS = 5
_ROBOT = re.compile("bot|crawl|spider|slurp", re.IGNORECASE)
_RESULTS = re.compile(r"/[a-z]{2,3}/search")
_log = getLogger(__name__)

L = TypeVar("L", bound=Hashable)


class Counting(Generic[L]):
    """The counts of one process that are not written yet."""

    def __init__(
        self,
        database: Database,
        store: Callable[[Session, Mapping[L, Counter[str]]], None],
        tally: Tally[L],
    ) -> None:
        self._database, self._store, self.tally = database, store, tally
        self._waiting: Timer | None = None
        self._one_waits = Lock()

    def write_soon(self) -> None:
        """See to it that what was counted is written in some seconds."""
        with self._one_waits:
            if self._waiting is None:
                self._waiting = Timer(WRITE_SECONDS, self.write)
                self._waiting.daemon = True  # nobody waits for it at the end
                self._waiting.start()

    def write(self) -> None:
        """Write what was counted; what cannot be written waits for the next time."""
        with self._one_waits:
            if self._waiting is not None:
                self._waiting.cancel()
            self._waiting = None
        taken = self.tally.take()
        if not taken:
            return
        try:
            with self._database.writing() as session:
                self._store(session, taken)
                session.commit()
        except DBAPIError as refused:
            _log.warning("Nothing is counted just now: %s", refused.orig)
            self.tally.give_back(taken)

    def write_last(self) -> None:
        """Write what is left as the process ends; asked again to end, it ends after."""
        undisturbed = False
        while not undisturbed:
            with suppress(SystemExit):  # of a signal that came before it was held off
                pthread_sigmask(SIG_BLOCK, (SIGINT, SIGTERM, SIGQUIT))
                undisturbed = True
        self.write()


def kept_counting(name: str, begun: Callable[[], Counting[L]]) -> Counting[L]:
    """Give the counts of this process that go by a name."""
    kept = office().kept
    if name not in kept:
        kept[name] = begun()
        atexit.register(kept[name].write_last)
    found: Counting[L] = kept[name]
    return found


def is_robot() -> bool:
    """Say whether a program asks that reads all there is."""
    return _ROBOT.search(request.user_agent.string) is not None


def words_before() -> str:
    """Give the words of the search of ours that the reader comes from, if any."""
    came_from = urlsplit(request.referrer or "")
    if came_from.netloc != request.host or not _RESULTS.fullmatch(came_from.path):
        return ""
    return parse_qs(came_from.query).get("q", [""])[0]
