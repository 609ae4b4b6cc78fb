"""Counting what readers look for and whether they open anything; see `kb.search.gaps`.

How the counts are written is told in `kb.entrance.counting`.
"""

from kb.entrance.counting import Counting, is_robot, kept_counting, words_before
from kb.entrance.place import this_place
from kb.entrance.request import office, this_language
from kb.regions.zones import zone_of
from kb.search.gaps import Line, Tally, line_of, write
from kb.search.service import Results


def counting() -> Counting[Line]:
    """Give the counts of this process."""
    return kept_counting(
        "counting", lambda: Counting(office().database, write, Tally())
    )


def _tally() -> Tally:
    """Give where this process counts, and see to it that it is written."""
    counts = counting()
    counts.write_soon()
    assert isinstance(counts.tally, Tally)
    return counts.tally


def note_search(results: Results) -> None:
    """Count a search by words; further pages of results do not count."""
    query = results.query
    line = None
    if query.page == 1 and not results.without_index:
        line = _line(query.words, query.language)
    if line:
        in_vain = not results.total or results.relaxed or results.only_common
        _tally().searched(line, in_vain=in_vain)


def note_opened() -> None:
    """Count a record that was opened from a page of results of ours."""
    line = _line(words_before(), this_language())
    if line:
        _tally().opened(line)


def _line(words: str, language: str) -> Line | None:
    """Give the line to count in; nothing for robots, and where nothing is counted."""
    if not words or office().settings.count_searches != "yes":
        return None
    if is_robot():
        return None
    place = this_place()
    zone = zone_of(place) if place else None
    return line_of(words, language, zone.code if zone else "")
