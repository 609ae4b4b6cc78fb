"""Answering Whoosh's query objects with whole arrays instead of one match at a time.

Hits and scores are those of stock Whoosh on the same segments. Queries that are not
named here are refused rather than answered slowly or otherwise.
"""

from collections.abc import Sequence
from functools import reduce, singledispatch

import numpy as np
from whoosh import query as wq

from kb.search.whoosh_index.container import Array
from kb.search.whoosh_index.runs import begins
from kb.search.whoosh_index.snapshot import NONE, Matches, Part, Snapshot

FEW = 512
"""Up to so many documents are looked up one by one in a longer list."""
SPARSE = 6
"""Lists that together fill less than one in so many documents are sorted together."""

NOWHERE = np.zeros(0, "i8"), np.zeros(0, "f4")


def matches(snapshot: Snapshot, query: wq.Query) -> list[Matches]:
    """Give what a query finds in each part of a snapshot.

    :raises TypeError: a kind of query that is not known here.
    """
    return [match(query, snapshot, part) for part in snapshot.parts]


@singledispatch
def match(query: wq.Query, snapshot: Snapshot, part: Part) -> Matches:
    """Answer one query in one part."""
    raise TypeError(f"{type(query).__name__} is not searched")


@match.register
def _(query: wq.Term, snapshot: Snapshot, part: Part) -> Matches:
    term = _bytes(query.text)
    number = part.segment.number_of(term)
    if number < 0:
        return NONE
    return part.term(number, snapshot.rarity(term)).times(query.boost)


@match.register
def _(query: wq.And, snapshot: Snapshot, part: Part) -> Matches:
    if not query.subqueries:
        return NONE
    rarest, *others = _rarest_first(query.subqueries, part)
    found = match(rarest, snapshot, part)
    for each in others:
        here, scores = within(each, snapshot, part, found.documents)
        found = Matches(found.documents[here], found.scores[here] + scores)
    return found.times(query.boost)


@match.register
def _(query: wq.Or, snapshot: Snapshot, part: Part) -> Matches:
    found = [match(each, snapshot, part) for each in query.subqueries]
    least = max(1, query.minmatch)  # which stock Whoosh knows by name and passes over
    return any_of(found, part.segment.count, least).times(query.boost)


@match.register
def _(query: wq.AndNot, snapshot: Snapshot, part: Part) -> Matches:
    found, unwanted = (match(q, snapshot, part) for q in (query.a, query.b))
    where, _ = _positions(found.documents, unwanted.documents)
    chosen = np.ones(len(found), bool)
    chosen[where] = False
    return found.where(chosen).times(query.boost)


@match.register
def _(query: wq.Prefix, snapshot: Snapshot, part: Part) -> Matches:
    first = _bytes(query.text)
    segment = part.segment
    found = part.terms(segment.find(first), segment.find(_after(first)))
    return found.times(query.boost)


@match.register
def _(query: wq.Every, snapshot: Snapshot, part: Part) -> Matches:
    found = part.everything(query.boost)
    if query.fieldname is None:
        return found
    return found.where(part.segment.lengths[found.documents] > 0)


@match.register
def _(query: wq.Phrase, snapshot: Snapshot, part: Part) -> Matches:
    found = match(wq.And(_words(query)), snapshot, part)
    if len(found):
        numbers = [part.segment.number_of(_bytes(word)) for word in query.words]
        found = found.where(_in_a_row(part, numbers, found.documents))
    return found.times(query.boost)


_nothing = type(wq.NullQuery)


@match.register(_nothing)
def _(query: wq.Query, snapshot: Snapshot, part: Part) -> Matches:
    return NONE


Within = tuple[Array, Array]
"""Which of some documents match, by their place among these, and their scores."""


@singledispatch
def within(query: wq.Query, snapshot: Snapshot, part: Part, documents: Array) -> Within:
    """Answer one query among some documents, ascending, all of which are there."""
    found = match(query, snapshot, part)
    here, there = _positions(documents, found.documents)
    return here, found.scores[there]


@within.register
def _(query: wq.Term, snapshot: Snapshot, part: Part, documents: Array) -> Within:
    term = _bytes(query.text)
    number = part.segment.number_of(term)
    if number < 0:
        return NOWHERE
    held, weights = part.segment.postings(number)
    here, there = _positions(documents, held)
    rarity = snapshot.rarity(term) * query.boost
    return here, part.scored(documents[here], weights[there], rarity)


@within.register
def _(query: wq.Or, snapshot: Snapshot, part: Part, documents: Array) -> Within:
    scores, met = np.zeros(len(documents), "f4"), np.zeros(len(documents), "u1")
    for each in query.subqueries:
        here, some = within(each, snapshot, part, documents)
        scores[here] += some
        met[here] += 1
    chosen = np.flatnonzero(met >= max(1, query.minmatch))
    return chosen, scores[chosen] * np.float32(query.boost)


@within.register
def _(query: wq.And, snapshot: Snapshot, part: Part, documents: Array) -> Within:
    left, scores = np.arange(len(documents)), np.zeros(len(documents), "f4")
    for each in _rarest_first(query.subqueries, part):
        here, some = within(each, snapshot, part, documents[left])
        left, scores = left[here], scores[here] + some
    return left, scores * np.float32(query.boost)


def _words(query: wq.Phrase) -> list[wq.Term]:
    return [wq.Term(query.fieldname, word) for word in query.words]


def _rarest_first(asked: Sequence[wq.Query], part: Part) -> list[wq.Query]:
    return sorted(asked, key=lambda query: most(query, part))


@singledispatch
def most(query: wq.Query, part: Part) -> int:
    """Say how many documents a query finds at most."""
    return part.segment.count


@most.register
def _(query: wq.Term, part: Part) -> int:
    return part.segment.holders(_bytes(query.text))


@most.register
def _(query: wq.Or, part: Part) -> int:
    return sum(most(each, part) for each in query.subqueries)


@most.register(wq.And)
@most.register(wq.Phrase)
def _(query: wq.Query, part: Part) -> int:
    terms = _words(query) if isinstance(query, wq.Phrase) else query.subqueries
    return min((most(each, part) for each in terms), default=0)


def both(short: Matches, long: Matches) -> Matches:
    """Keep the documents that are in both; scores add up."""
    if not len(short):
        return NONE
    here, there = _positions(short.documents, long.documents)
    scores = short.scores[here] + long.scores[there]
    return Matches(short.documents[here], scores)


def any_of(found: Sequence[Matches], documents: int, least: int = 1) -> Matches:
    """Give the documents that are in at least so many; scores add up.

    :param documents: how many there are in the segment.
    """
    found = [each for each in found if len(each)]
    if len(found) < max(2, least):
        return found[0] if found and least < 2 else NONE
    found.sort(key=len)
    if len(found) == least:
        return reduce(both, found)
    if len(found) == 2:
        short, long = found
        _, there = _positions(short.documents, long.documents)
        if len(there) == len(short):
            return _added(short, long, there)
    if sum(map(len, found)) * SPARSE < documents:
        return _sorted_together(found, least)
    return _spread(found, documents, least)


def _added(short: Matches, long: Matches, there: Array) -> Matches:
    """Add the scores of a list to those of one that holds all of it.

    So it is with the exact form of a word and its stem.
    """
    scores = long.scores.copy()
    scores[there] += short.scores
    return Matches(long.documents, scores)


def _spread(found: Sequence[Matches], documents: int, least: int) -> Matches:
    """Add up scores with a place for every document of the segment."""
    scores, held = np.zeros(documents, "f4"), np.zeros(documents, "u1")
    for each in found:
        where = each.documents.astype("i8")  # once, for both
        scores[where] += each.scores
        if least > 1:
            held[where] += 1
        else:
            held[where] = 1
    together = np.flatnonzero(held >= least)
    return Matches(together.astype("u4"), scores[together])


def _sorted_together(found: Sequence[Matches], least: int) -> Matches:
    documents = np.concatenate([each.documents for each in found])
    order = np.argsort(documents, kind="stable")
    documents = documents[order]
    firsts = begins(documents)
    scores = np.concatenate([each.scores for each in found])[order]
    summed = Matches(documents[firsts], np.add.reduceat(scores, firsts))
    times = np.diff(np.append(firsts, len(documents)))
    return summed if least < 2 else summed.where(times >= least)


def _positions(few: Array, many: Array) -> tuple[Array, Array]:
    """Give where the documents that are in both lists stand in each."""
    if not len(many) or not len(few):
        return np.zeros(0, "i8"), np.zeros(0, "i8")
    if len(few) < FEW or len(many) > 16 * len(few):
        there = np.searchsorted(many, few)
        there[there == len(many)] = 0
        here = np.flatnonzero(many[there] == few)
        return here, there[here]
    marked = np.zeros(int(max(few[-1], many[-1])) + 1, "i4")
    marked[many] = np.arange(1, len(many) + 1, dtype="i4")
    there = marked[few]
    here = np.flatnonzero(there)
    return here, there[here] - 1


def _in_a_row(part: Part, numbers: Sequence[int], documents: Array) -> Array:
    """Say of each document whether these terms stand in it one after the other.

    A place becomes document x 2^17 + place - (how far down the row the term is): equal
    numbers for all terms mean a row.
    """
    rows: Array | None = None
    for offset, number in enumerate(numbers):
        _, which = _positions(documents, part.segment.postings(number)[0])
        count, places = part.segment.places(number, which)
        nth = np.repeat(np.arange(len(documents)), count)
        here = (nth << 17) + places.astype("i8") - offset
        rows = here if rows is None else _in_both(rows, here)
    chosen = np.zeros(len(documents), bool)
    if rows is not None:
        chosen[rows >> 17] = True
    return chosen


def _in_both(some: Array, others: Array) -> Array:
    """Give those of some ascending numbers that are among others, ascending too."""
    if not len(others):
        return others
    where = others.searchsorted(some)
    where[where == len(others)] = 0
    same: Array = others[where] == some
    return some[same]


def _bytes(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode()


def _after(prefix: bytes) -> bytes:
    """Give the first string of bytes after all that begin with ``prefix``."""
    return prefix[:-1] + bytes([prefix[-1] + 1])
