"""Answering a search: hits from the index, records from the database."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy.orm import Session

from kb.errors import NotValid, Unavailable
from kb.folding import fold
from kb.language import _
from kb.record.whereabouts import Nearness
from kb.search.behind import require_level
from kb.search.boosts import are_compared, beside
from kb.search.cursor import next_cursor
from kb.search.document import FILTERS, SORTS, Found, Query, SearchIndex
from kb.search.from_database import find_in_database, not_used
from kb.search.meaning import understood
from kb.search.ranges import RANGES, read_range
from kb.search.shown import Shown, shown_of
from kb.search.steps import FEW, Kind, Step, proposed, steps, wider
from kb.search.terms import question
from kb.search.thesaurus import NOTHING_NAMED, Thesaurus
from kb.search.words import LONGEST_QUERY

MOST_PER_PAGE, MOST_PAGES = 50, 1000


@dataclass(frozen=True)
class Results:
    """One page of results and what is to be said about it."""

    query: Query
    total: int
    shown: list[Shown]
    facets: Mapping[str, Mapping[str, int]]
    step: Kind = Kind.ALL
    """How far what was searched is from what was typed."""
    whole: int = 0
    """How many records hold all the words, where others were added to these few."""
    corrected: Mapping[str, str] = field(default_factory=dict)
    """Words that stand nowhere → what was searched in their place."""
    left_out: tuple[str, ...] = ()
    """Words that stand nowhere and were not searched."""
    did_you_mean: str = ""
    """What she may have meant, where there are few results."""
    only_common: bool = False
    """All words were too common to search for."""
    shortened: bool = False
    """The query was cut to `LONGEST_QUERY` signs."""
    without_index: bool = False
    """The index does not answer; the database did, in its simpler way."""
    not_used: tuple[str, ...] = ()
    """Filters that were passed over, because only an index can reckon them."""
    unordered: bool = False
    """The order that was asked for needs an index."""
    by_place: bool = False
    """The nearer to the reader's place, the further up."""
    unplaced: bool = False
    """The nearest were asked for, but no place was said; the best stand first."""
    searched: Query | None = None
    """What the index was asked in the end; a step may have changed the words."""
    found: Found | None = None
    """What the index said to that."""

    @property
    def relaxed(self) -> bool:
        """Say that no record held all the words and these hold some."""
        return self.step in {Kind.MOST, Kind.ANY}

    @property
    def pages(self) -> int:
        """Say how many pages there are, at least one."""
        return max(1, -(-self.total // self.query.per_page))

    def next_cursor(self, asked: str) -> str | None:
        """Give where to go on; nothing behind the last page, and without an index.

        :param asked: all that decides what is found.
        """
        if self.searched is None or self.found is None:
            return None
        return next_cursor(self.searched, self.found, asked)


def checked(query: Query, values: Mapping[str, Collection[str]]) -> Query:
    """Refuse what no search can answer, naming the field.

    :param values: facet → the values there are; a facet left out is not checked.
    :raises NotValid: an unknown facet or value, a range that is none, an unknown sort,
        page or page size.
    """
    problems: dict[str, list[str]] = {}
    for name, chosen in query.filters.items():
        wrong = _wrong_with(name, chosen, values.get(name))
        if wrong is not None:
            problems[name] = [str(wrong)]
    if query.sort not in SORTS:
        problems["sort"] = [str(_("There is no such order."))]
    if not 1 <= query.page <= MOST_PAGES:
        problems["page"] = [str(_("There is no such page."))]
    if not 1 <= query.per_page <= MOST_PER_PAGE:
        problems["per_page"] = [str(_("From 1 to 50 are shown at a time."))]
    if problems:
        raise NotValid(_("This search cannot be answered."), problems)
    return replace(query, words=query.words.replace("\x00", " ").strip())


def _wrong_with(
    name: str, chosen: Collection[str], known: Collection[str] | None
) -> Any:  # noqa: ANN401  (a sentence that waits for its language)
    """Say what is wrong with a filter, if anything."""
    if name not in FILTERS:
        return _("There is no such filter.")
    if name in RANGES:
        wrong = filter(None, map(_wrong_with_range, chosen))
        return next(wrong, None)
    if known is not None and not set(chosen) <= set(known):
        return _("There is no such value.")
    return None


def _wrong_with_range(written: str) -> NotValid | None:
    try:
        read_range(written)
    except NotValid as refused:
        return refused
    return None


def search(
    session: Session,
    index: SearchIndex,
    query: Query,
    near: Nearness | None = None,
    thesaurus: Thesaurus = NOTHING_NAMED,
) -> Results:
    """Find public records.

    Among what fits the words, what `kb.search.boosts` names comes first (``best``);
    with ``nearest`` place alone decides; other orders stay, and hits say how near.

    When no record holds all the words, others are given step by step (see
    `kb.search.steps`), and the results say so; a query that goes on where a cursor says
    is taken as it is. When the index cannot be used, the database answers with titles
    and summaries alone, and the results say so too, with all that was passed over.

    :raises Unavailable: the index cannot be used, and the query goes on by a cursor.
    """
    query, shortened = _cut(query)
    unplaced = query.sort == "nearest" and near is None
    query = understood(_by_nearness(query, near), thesaurus)
    if query.words and question(query, query.language) is None:
        return Results(query, 0, [], {}, only_common=True, shortened=shortened)
    try:
        require_level(session)
        found, step = _step_by_step(index, query, near, thesaurus)
        meant = _meant(index, found, step, query)
    except Unavailable:
        if query.goes_on:
            raise
        return _without_index(session, query, thesaurus, shortened=shortened)
    shown = shown_of(session, found.hits, step.query, near, thesaurus)
    return Results(
        replace(query, match=step.query.match),
        found.total,
        shown,
        found.facets,
        step=step.kind,
        whole=step.whole,
        corrected={t: _as_written(word, shown) for t, word in step.corrected.items()},
        left_out=step.left_out,
        did_you_mean=meant,
        shortened=shortened,
        by_place=_is_by_place(query, near),
        unplaced=unplaced,
        searched=step.query,
        found=found,
    )


def _cut(query: Query) -> tuple[Query, bool]:
    """Cut a query to what is searched; say whether something was lost."""
    words = query.words[:LONGEST_QUERY]
    return replace(query, words=words), words != query.words


def _without_index(
    session: Session, query: Query, thesaurus: Thesaurus, *, shortened: bool
) -> Results:
    """Answer from the database, in its simpler way."""
    codes = {code for each in query.meant for code in each.codes}
    found = find_in_database(session, query, thesaurus.names(codes))
    return Results(
        query,
        found.total,
        shown_of(session, found.hits, query),
        found.facets,
        shortened=shortened,
        without_index=True,
        not_used=not_used(query),
        unordered=query.sort not in {"best", "newest"},
    )


def _by_nearness(query: Query, near: Nearness | None) -> Query:
    """Tell the index how near every record is, where that is the order asked for.

    Without a place nothing is near: the best come first then.
    """
    if query.sort != "nearest":
        return query
    if near is None:
        return replace(query, sort="best")
    return replace(query, likeness=near.scores())


def _step_by_step(
    index: SearchIndex, query: Query, near: Nearness | None, thesaurus: Thesaurus
) -> tuple[Found, Step]:
    """Ask until something is found or only a filter stands in the way."""
    if query.goes_on:
        return _find(index, query, near), _resumed(index, query)
    tried = []
    for each in steps(query, index):
        step = each
        if step.query.words != query.words:
            step = replace(step, query=understood(step.query, thesaurus))
        found = _find(index, step.query, near)
        more = wider(step.query, found.total)
        if more:
            return _find(index, more, near), replace(
                step, query=more, whole=found.total
            )
        if found.total or any(map(any, found.facets.values())):
            return found, step
        tried.append((found, step))
    return tried[0]


def _resumed(index: SearchIndex, query: Query) -> Step:
    """Take a query that goes on as it is; say how far from what was typed that is now.

    What was made of single words was told with its first page.
    """
    if query.match == "all":
        return Step(Kind.ALL, query)
    first = replace(query, per_page=1, after=(), given=frozenset(), counted=())
    strict = replace(first, match="all")
    whole = index.find(strict).total
    return Step(Kind.ALL if whole else Kind(query.match), query, whole=whole)


def _meant(index: SearchIndex, found: Found, step: Step, query: Query) -> str:
    """Give another spelling where as typed there is little."""
    if (
        (step.whole or found.total) > FEW
        or step.corrected
        or query.exact
        or not query.words
    ):
        return ""
    return "" if query.goes_on else proposed(query, index)


def _as_written(word: str, shown: Sequence[Shown]) -> str:
    """Give a folded word as a result writes it."""
    marked = (
        piece.words.lower()
        for one in shown
        for piece in one.title + one.summary + one.excerpt
        if piece.marked and fold(piece.words) == word
    )
    return next(marked, word)


def _is_by_place(query: Query, near: Nearness | None) -> bool:
    """Say whether place decides: not beyond the hits that are compared."""
    return near is not None and (
        query.sort == "nearest" or (query.sort == "best" and are_compared(query))
    )


def _find(index: SearchIndex, query: Query, near: Nearness | None) -> Found:
    """Ask the index; put the best hits in order of words and all that counts beside.

    Whoever goes on by a cursor sees the same hits compared as by numbers of pages.
    """
    more = beside(query, near)
    return index.find(query, more.weights) if more else index.find(query)
