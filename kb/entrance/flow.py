"""How much one address may ask for, so that it slows nobody else down.

`kb.entrance.pace` writes a row for each try; no search may wait for that. The first
searches of an address are counted in the memory of this process alone, a few dozen at
once and then some in a minute, which is all that nearly everybody ever does. Whoever
goes on takes the next ten from a row that all processes share: one write for ten
searches, by those alone who search more than people do. Where that row cannot be
written the search is answered: to read is worth more than to count.

Suggestions and pages are cheap; they are counted in memory alone, and generously. What
is asked from this very machine is not counted, nor what comes by a proxy nobody told
of: all readers would share its address.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from ipaddress import ip_address, ip_network
from math import ceil
from threading import Lock
from time import monotonic

from flask import request
from sqlalchemy.exc import DatabaseError
from werkzeug.exceptions import TooManyRequests

from kb.entrance.bearer import a_token
from kb.entrance.form_token import keyed
from kb.entrance.labels import _
from kb.entrance.pace import AT_HOME, who_asks
from kb.entrance.request import office
from kb.people import pace
from kb.people.pace import Allowed
from kb.search.pace import FEW, PROGRAM, READ, SUGGESTED, TEN_SIZE, TENS

KEPT = "flow"
MOST = 20_000
"""Addresses that are remembered at a time; those that need not wait go first."""
NEARLY = 0.001
"""Seconds that make no difference."""
HOUSEHOLD = 64
"""Bits of an address of version 6 that one house or phone has for itself."""
SEARCHES = {"results.find", "map.results", "feeds.atom", "feeds.json_feed"}
SEARCHES |= {"why.why", "api-search.find"}
FILES = {"static", "media", "place_map"}


@dataclass
class Flow:
    """When each address may come again, in the memory of this process.

    As in `kb.people.pace`: in a time of n whiles at most ``burst + n`` are let through.
    """

    clock: Callable[[], float] = monotonic
    _due: dict[tuple[str, str], float] = field(default_factory=dict)
    _left: dict[str, int] = field(default_factory=dict)
    _one: Lock = field(default_factory=Lock)

    def wait(self, what: str, whose: str, allowed: Allowed) -> float:
        """Count one; give how long to wait instead, seconds, if there were too many."""
        each, now = allowed.each.total_seconds(), self.clock()
        with self._one:
            due = max(self._due.get((what, whose), now), now)
            wait = due - now - each * (allowed.burst - 1)
            if wait > NEARLY:
                return wait
            if len(self._due) >= MOST:
                self._forget(now)
            self._due[what, whose] = due + each
        return 0.0

    def of_ten(self, whose: str) -> bool:
        """Use one of the searches that were taken ten at a time, if one is left."""
        with self._one:
            left = self._left.pop(whose, 0)
            if left > 1:
                self._left[whose] = left - 1
            return left > 0

    def give_ten(self, whose: str) -> None:
        """Add ten searches."""
        with self._one:
            if len(self._left) >= MOST:
                self._left.clear()
            self._left[whose] = self._left.get(whose, 0) + TEN_SIZE

    def _forget(self, now: float) -> None:
        """Forget who need not wait; everybody, if that is not enough."""
        self._due = {key: due for key, due in self._due.items() if due > now}
        if len(self._due) >= MOST:
            self._due.clear()


def keep_flow() -> None:
    """Count what a reader asks for.

    :raises TooManyRequests: too much came from there; it says how long to wait.
    :raises Unauthorized: a program searches with a token that works no more.
    """
    endpoint = request.endpoint or ""
    if request.method not in {"GET", "HEAD"} or endpoint.partition(".")[0] in FILES:
        return
    if endpoint == "api-search.find" and "Authorization" in request.headers:
        _let_in("program", str(a_token().id), PROGRAM)
        return
    whose = _from()
    if not whose:
        return
    if endpoint in SEARCHES:
        _let_search(whose)
    elif endpoint.startswith("suggest."):
        _let_in("suggested", whose, SUGGESTED)
    else:
        _let_in("read", whose, READ)


def _let_search(whose: str) -> None:
    flow = _flow()
    if not flow.wait("search", whose, FEW) or flow.of_ten(whose):
        return
    _refuse(_wait_for_ten(whose))
    flow.give_ten(whose)
    flow.of_ten(whose)


def _wait_for_ten(whose: str) -> float:
    """Take ten searches for all processes; give how long to wait if there are none."""
    if not office().settings.secret_key:
        return 0.0
    try:
        with office().database.writing() as session:
            wait = pace.keep_pace(session, keyed("ten searches", whose), TENS)
            session.commit()
    except DatabaseError:
        return 0.0  # what cannot be written now is not worth an answer
    return wait.total_seconds()


def _let_in(what: str, whose: str, allowed: Allowed) -> None:
    _refuse(_flow().wait(what, whose, allowed))


def _refuse(wait: float) -> None:
    if wait <= 0:
        return
    seconds = ceil(wait)
    said = _(
        "Very much was asked for from your connection at once."
        " Seconds to wait: %(seconds)s.",
        seconds=seconds,
    )
    raise TooManyRequests(said, retry_after=seconds)


def _from() -> str:
    """Give where a request comes from: an address, or the network of one house."""
    address = who_asks()
    if not address or address in AT_HOME:
        return ""
    try:
        if ip_address(address).version == 6:
            return str(ip_network(f"{address}/{HOUSEHOLD}", strict=False))
    except ValueError:
        return ""  # a socket of this machine
    return address


def _flow() -> Flow:
    kept: Flow = office().kept.setdefault(KEPT, Flow())
    return kept
