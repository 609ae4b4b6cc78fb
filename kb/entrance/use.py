"""Counting how records are used; see `kb.credit.use` and `kb.entrance.counting`."""

from collections.abc import Iterable

from flask import request

from kb.credit.use import Line, line_of, write
from kb.entrance.counting import Counting, is_robot, kept_counting, words_before
from kb.entrance.request import office, this_language
from kb.search.service import Results
from kb.tally import Tally


def using() -> Counting[Line]:
    """Give the counts of this process."""
    return kept_counting("using", lambda: Counting(office().database, write, Tally()))


def note_view(record_id: int) -> None:
    """Count that a record was opened, and whether from results of ours."""
    names = ("views", "opened") if words_before() else ("views",)
    _count([record_id], names)


def note_shown(results: Results) -> None:
    """Count which records a search by words showed."""
    if results.query.words:
        _count([one.record.id for one in results.shown], ("shown",))


def note_handout(record_id: int) -> None:
    """Count that somebody came by the code that printed pages bear."""
    _count([record_id], ("handouts",))


def _count(record_ids: Iterable[int], names: Iterable[str]) -> None:
    """Count people who read; nothing where that is not wanted."""
    ahead = "prefetch" in request.headers.get("Sec-Purpose", "")
    if office().settings.count_use != "yes" or request.method != "GET":
        return
    if ahead or is_robot():
        return
    for number in record_ids:
        using().tally.add(line_of(number, this_language()), dict.fromkeys(names, 1))
    using().write_soon()
