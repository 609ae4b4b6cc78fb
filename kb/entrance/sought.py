"""Counting what readers look for and whether they open anything; see `kb.search.gaps`.

Counts wait in memory and are written once a minute, so that no search waits for the
disk, and when the process ends. What was counted when it is killed is lost: up to a
minute of counts.
"""

import atexit
import re
from dataclasses import dataclass, field
from logging import getLogger
from threading import Lock
from time import monotonic
from urllib.parse import parse_qs, urlsplit

from flask import request
from sqlalchemy.exc import DBAPIError

from kb.database import Database
from kb.entrance.place import this_place
from kb.entrance.request import office, this_language
from kb.regions.zones import zone_of
from kb.search.gaps import Line, Tally, line_of, write
from kb.search.service import Results

WRITE_SECONDS = 60
_ROBOT = re.compile("bot|crawl|spider|slurp", re.IGNORECASE)
_RESULTS = re.compile(r"/[a-z]{2,3}/search")
_log = getLogger(__name__)


@dataclass
class Counting:
    """The counts of one process, and when they were last written."""

    database: Database
    tally: Tally = field(default_factory=Tally)
    written: float = field(default_factory=monotonic)
    _one_writes: Lock = field(default_factory=Lock)

    def write_if_due(self) -> None:
        """Write once a minute; whoever comes meanwhile does not wait."""
        if monotonic() - self.written < WRITE_SECONDS:
            return
        if self._one_writes.acquire(blocking=False):
            try:
                self.write()
            finally:
                self._one_writes.release()

    def write(self) -> None:
        """Write what was counted; what cannot be written waits for the next time."""
        self.written = monotonic()
        taken = self.tally.take()
        if not taken:
            return
        try:
            with self.database.writing() as session:
                write(session, taken)
                session.commit()
        except DBAPIError as refused:
            _log.warning("Searches are not counted just now: %s", refused.orig)
            self.tally.give_back(taken)


def counting() -> Counting:
    """Give the counts of this process."""
    kept = office().kept
    if "counting" not in kept:
        kept["counting"] = Counting(office().database)
        atexit.register(kept["counting"].write)
    found: Counting = kept["counting"]
    return found


def note_search(results: Results) -> None:
    """Count a search by words; further pages of results do not count."""
    query = results.query
    line = None
    if query.page == 1 and not results.without_index:
        line = _line(query.words, query.language)
    if line:
        in_vain = not results.total or results.relaxed or results.only_common
        counting().tally.searched(line, in_vain=in_vain)
        counting().write_if_due()


def note_opened() -> None:
    """Count a record that was opened from a page of results of ours."""
    came_from = urlsplit(request.referrer or "")
    if came_from.netloc == request.host and _RESULTS.fullmatch(came_from.path):
        words = parse_qs(came_from.query).get("q", [""])[0]
        line = _line(words, this_language())
        if line:
            counting().tally.opened(line)


def _line(words: str, language: str) -> Line | None:
    """Give the line to count in; nothing for robots, and where nothing is counted."""
    if not words or office().settings.count_searches != "yes":
        return None
    if _ROBOT.search(request.user_agent.string):
        return None
    place = this_place()
    zone = zone_of(place) if place else None
    return line_of(words, language, zone.code if zone else "")
