"""From what somebody is looking for to Whoosh's query objects and to filters.

Only what can be found is asked for: a term that no document holds is left out, and
with it what cannot be met without it. Most languages fall away so.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from whoosh import query as wq

from kb.search.document import Query
from kb.search.ranges import RANGES, read_range
from kb.search.terms import READER_BOOST, TERMLESS, Question, Way, questions
from kb.search.whoosh_index.hits import Filters, Ranges
from kb.search.whoosh_index.layout import WORDS
from kb.search.whoosh_index.snapshot import Snapshot

Asked = tuple[wq.Query, wq.Query]
"""What is wanted and what is not."""


def narrowing(query: Query) -> tuple[Filters, Ranges]:
    """Give the filters by values, and those by ranges."""
    filters, ranges = {}, {}
    for name, wanted in query.filters.items():
        if name not in RANGES:
            filters[f"facet.{name}"] = wanted
        elif wanted:
            read = [read_range(each) for each in wanted]
            ends = [(each.low, each.high) for each in read]
            ranges[f"facet.{name}"] = (f"figure.{name}", ends)
    return filters, ranges


def asked(query: Query, snapshot: Snapshot) -> Asked:
    """Give what a query wants of a snapshot and what it does not want.

    Whoever turns a page or narrows a search asks the same words again: they are read
    once for each snapshot.
    """
    key = query.words, query.language, query.match, query.meant
    kept: Asked | None = snapshot.asked.get(key)
    if kept is None:
        kept = _read(query, snapshot)
        snapshot.asked.put(key, kept)
    return kept


def _read(query: Query, snapshot: Snapshot) -> Asked:
    """Ask each language its own way."""
    read = questions(query, snapshot.values("language")) if query.words else {}
    without = [way for each in read.values() for way in each.without]
    unwanted = _any(_ways(without, _held(without, snapshot)))
    if not query.words or (read and not any(each.needs for each in read.values())):
        return wq.Every(boost=TERMLESS), unwanted
    read = _hopeful(read, snapshot)
    needs = (need for each in read.values() for need in each.needs)
    held = _held(chain.from_iterable(needs), snapshot)
    wanted = [
        found
        for spoken, each in read.items()
        for found in _in_one_language(
            each, READER_BOOST if spoken == query.language else 1.0, held
        )
    ]
    return _any(wanted), unwanted


def _hopeful(asked: Mapping[str, Question], snapshot: Snapshot) -> dict[str, Question]:
    """Leave out languages in which the first need cannot be met though it must be."""
    firsts = {
        spoken: each.needs[0]
        for spoken, each in asked.items()
        if 1 < len(each.needs) == each.enough
    }
    held = _held(chain.from_iterable(firsts.values()), snapshot)
    return {
        spoken: each
        for spoken, each in asked.items()
        if spoken not in firsts or _ways(firsts[spoken], held)
    }


def _held(ways: Iterable[Way], snapshot: Snapshot) -> frozenset[str]:
    return snapshot.held(chain.from_iterable(way.row for way in ways))


def _in_one_language(
    asked: Question, boost: float, held: frozenset[str]
) -> Iterator[wq.Query]:
    """Give the query of one language, if it can be met."""
    needs = [_any(ways) for need in asked.needs if (ways := _ways(need, held))]
    if len(needs) < asked.enough:
        return
    if asked.enough == len(asked.needs):
        yield wq.And(needs, boost=boost)
    else:
        yield wq.Or(needs, boost=boost, minmatch=asked.enough)


def _ways(ways: Iterable[Way], held: frozenset[str]) -> list[wq.Query]:
    """Give the queries of the ways of which all terms occur."""
    return [_way(way) for way in ways if held.issuperset(way.row)]


def _way(way: Way) -> wq.Query:
    if len(way.row) == 1:
        return wq.Term(WORDS, way.row[0], boost=way.weight)
    return wq.Phrase(WORDS, list(way.row), boost=way.weight)


def _any(found: Sequence[wq.Query]) -> wq.Query:
    if not found:
        return wq.NullQuery
    return found[0] if len(found) == 1 else wq.Or(found)
