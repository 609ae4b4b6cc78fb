"""What is tried, one after the other, until something is found.

First all that was typed. Then, unless words count as they are spelt: a word that stands
in no text of any language is a slip or unknown, so the nearest word that does stand
there is taken in its place, or it is left out, and all the rest is asked for. Then most
of that, then any of it. To try something more, let `steps` give one step more.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import islice

from kb.folding import fold
from kb.search.asked import MINUS, Asked, Said, read, written
from kb.search.document import NearWord, Query, SearchIndex
from kb.search.terms import question
from kb.search.word_parts import is_unspaced
from kb.search.words import MOST_TERMS, tokens

FEW = 2
"""Results up to which another spelling is proposed."""
MUCH_COMMONER = 5
"""How many times the texts a proposed word stands in, against what was typed."""

ENOUGH = 10
"""Results that hold all the words from which no others are added: one page. A few that
hold them all by accident would hide many that are about what was meant."""

Nearby = Mapping[str, list[NearWord]]


class Kind(StrEnum):
    """How far a step goes from what was typed."""

    ALL = "all"
    CORRECTED = "corrected"
    MOST = "most"
    ANY = "any"


@dataclass(frozen=True)
class Step:
    """One way of asking, and what it made of the words."""

    kind: Kind
    query: Query
    corrected: Mapping[str, str] = field(default_factory=dict)
    """Words as typed → words as searched, folded."""
    left_out: tuple[str, ...] = ()
    """Words that stand nowhere and are not asked for, as typed."""
    whole: int = 0
    """How many records hold all the words, where others were added to these few."""


def steps(query: Query, index: SearchIndex) -> Iterator[Step]:
    """Give the ways of asking, nearest first; each is only worked out when asked for.

    :raises Unavailable: the index cannot be used.
    """
    yield Step(Kind.ALL, query)
    asked = read(query.words, query.language)
    if not asked.needs:
        return
    mended = Step(Kind.ALL, query) if query.exact else _mended(query, asked, index)
    if mended.query != query:
        yield mended
    enough = _enough(mended.query)
    for kind in (Kind.MOST, Kind.ANY):
        relaxed = replace(mended.query, match=kind.value)
        if _enough(relaxed) < enough:
            enough = _enough(relaxed)
            yield replace(mended, kind=kind, query=relaxed)


def wider(query: Query, whole: int) -> Query | None:
    """Give the query that adds to few results those that hold any of the words.

    :param whole: how many hold all of them.
    """
    some = replace(query, match=Kind.ANY.value)
    if query.sort != "best" or query.match != "all" or not 0 < whole < ENOUGH:
        return None
    return some if _enough(some) < _enough(query) else None


def proposed(query: Query, index: SearchIndex) -> str:
    """Write a query with much commoner words in place of rare ones like them.

    :returns: nothing where there are none.
    """
    asked = read(query.words, query.language)
    nearby = _nearby(asked, query.language, index)

    def commoner(word: str) -> str:
        found = nearby.get(fold(word), [])
        texts = next((near.texts for near in found if not near.slips), 0)
        best = next((near for near in found if near.slips and near.own), None)
        return best.word if best and best.own >= MUCH_COMMONER * max(texts, 1) else word

    changed = _changed(asked, query.language, commoner, quoted=True)
    return "" if changed == asked else written(changed)


def _enough(query: Query) -> int:
    asked = question(query, query.language)
    return asked.enough if asked else 0


def _mended(query: Query, asked: Asked, index: SearchIndex) -> Step:
    """Put near words for those that stand nowhere; leave out what has none."""
    nearby = _nearby(asked, query.language, index)
    corrected, left_out = dict[str, str](), list[str]()

    named = {word for each in query.meant for word in fold(each.words).split()}

    def mend(word: str) -> str:
        found = nearby.get(fold(word))
        if found is None or (found and not found[0].slips) or fold(word) in named:
            return word
        if found:
            corrected[word] = found[0].word
            return found[0].word
        left_out.append(word)
        return ""

    words = written(_changed(asked, query.language, mend))
    changed = replace(query, words=words)
    if question(changed, query.language) is None:
        return Step(Kind.ALL, query)
    kind = Kind.MOST if left_out else Kind.CORRECTED
    return Step(kind, changed, corrected, tuple(dict.fromkeys(left_out)))


def _nearby(asked: Asked, language: str, index: SearchIndex) -> Nearby:
    """Ask the index about the words that are wanted and written with spaces."""
    words = (
        fold(said.words[token.start : token.end])
        for need in asked.needs
        for said in need
        for token in tokens(said.words, language)
    )
    spaced = dict.fromkeys(word for word in words if not is_unspaced(word))
    return index.near(list(islice(spaced, MOST_TERMS)), language)


def _changed(
    asked: Asked,
    language: str,
    change: Callable[[str], str],
    *,
    quoted: bool = False,
) -> Asked:
    """Put another word, or none, for each that counts.

    :param quoted: whether words in quotes are changed, too.
    """

    def one(said: Said) -> Said:
        if said.quoted and not quoted:
            return said
        words, end = "", 0
        for token in tokens(said.words, language):
            words += said.words[end : token.start]
            words += change(said.words[token.start : token.end])
            end = token.end
        words = (words + said.words[end:]).lstrip(MINUS)
        return replace(said, words=words) if end else said

    needs = (tuple(one(said) for said in need) for need in asked.needs)
    left = (tuple(said for said in need if said.words) for need in needs)
    return replace(asked, needs=tuple(need for need in left if need))
