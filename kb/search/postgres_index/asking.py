"""From a query to one SQL statement that gives a page of records with facet counts."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from math import log
from operator import add
from typing import Any

from sqlalchemy import (
    CTE,
    REAL,
    ColumnElement,
    Integer,
    ScalarSelect,
    Select,
    Text,
    and_,
    case,
    cast,
    func,
    literal,
    or_,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import (
    ARRAY,
    JSONPATH,
    TSQUERY,
    array,
    distinct_on,
)

from kb.search.document import Query
from kb.search.postgres_index.lexemes import RANK_WEIGHTS, any_of, row
from kb.search.postgres_index.page import hits_of
from kb.search.postgres_index.tables import records, texts
from kb.search.ranges import RANGES, read_range
from kb.search.terms import READER_BOOST, TERMLESS, Question, Way


@dataclass(frozen=True)
class Rarity:
    """How rare each term is, which is how much it counts."""

    texts: int
    holders: Mapping[str, int]

    def of(self, way: Way) -> float:
        """Weigh a way of meeting a need by its rarest term."""
        holding = min(self.holders.get(term, 0) for term in way.row)
        return way.weight * log(1 + self.texts / (1 + holding))


def answerable(asked: Mapping[str, Question], rarity: Rarity) -> dict[str, Question]:
    """Leave out what no text holds: ways, and languages in which too little is left.

    What one language refuses, all do: no text of a record may hold it.
    """

    def held(ways: Iterable[Way]) -> tuple[Way, ...]:
        return tuple(w for w in ways if all(rarity.holders.get(t) for t in w.row))

    without = held(way for each in asked.values() for way in each.without)
    left = {}
    for spoken, each in asked.items():
        needs = tuple(need for need in map(held, each.needs) if need)
        if len(needs) >= each.enough:
            left[spoken] = each._replace(needs=needs, without=without)
    return left


def page_of(
    query: Query, asked: Mapping[str, Question], rarity: Rarity
) -> Select[int, list[list[object]], dict[str, int]]:
    """Select one row: how many records, hits as `hits_of` gives them, facet → count."""
    held = _held(query, asked, rarity)
    left = held.c.unmet == array([], type_=Text)
    total = select(func.count()).select_from(held).where(left).scalar_subquery()
    return select(total, hits_of(held, left, query), _counts(held, left))


def _held(query: Query, asked: Mapping[str, Question], rarity: Rarity) -> CTE:
    """Give the best text of each record, with the facets whose filter it fails."""
    best = best_texts(query, asked, rarity).cte("best")
    unmet: list[ColumnElement[Any]] = [
        case((_meets(name, wanted), None), else_=name)
        for name, wanted in query.filters.items()
        if wanted
    ]
    return (
        select(
            best.c.language.label("matched_in"),
            best.c.score,
            records,
            func.array_remove(cast(array(unmet), ARRAY(Text)), None).label("unmet"),
        )
        .join_from(best, records, records.c.record_id == best.c.record_id)
        .cte("held")
    )


def best_texts(
    query: Query, asked: Mapping[str, Question], rarity: Rarity
) -> Select[int, str, float]:
    """Select the record, language and score of the best text of each record."""
    found = _found(query, asked, rarity)
    best = select(found).ext(distinct_on(found.c.record_id))
    return best.order_by(found.c.record_id, found.c.score.desc(), found.c.language)


def _found(query: Query, asked: Mapping[str, Question], rarity: Rarity) -> CTE:
    """Give the texts that match, each with its score."""
    found = select(texts.c.record_id, texts.c.language)
    if all(each.enough == 0 for each in asked.values()):
        found = found.add_columns(literal(TERMLESS).label("score"))
    else:
        found = found.add_columns(_score(query, asked, rarity).label("score"))
        found = found.where(
            or_(*(_fits(spoken, each) for spoken, each in asked.items()))
        )
    for without in {each.without for each in asked.values() if each.without}:
        unwanted = select(texts.c.record_id).where(_holds(without))
        found = found.where(texts.c.record_id.not_in(unwanted))
    return found.cte("found")


def _fits(language: str, asked: Question) -> ColumnElement[bool]:
    """Say that a text in this language meets enough of the needs."""
    held = [_holds(need) for need in asked.needs]
    if asked.enough == len(held):
        return and_(texts.c.language == language, *held)
    some = _holds([way for need in asked.needs for way in need])
    met = reduce(add, (cast(each, Integer) for each in held))
    return and_(texts.c.language == language, some, met >= asked.enough)


def _holds(ways: Collection[Way]) -> ColumnElement[bool]:
    return texts.c.words.bool_op("@@")(cast(any_of(ways), TSQUERY))


def _score(
    query: Query, asked: Mapping[str, Question], rarity: Rarity
) -> ColumnElement[float]:
    """Add up what a text scores for each way of each need, in its own language."""
    whens = {
        spoken: reduce(
            add, (rank_of(way, rarity) for need in each.needs for way in need)
        )
        * (READER_BOOST if spoken == query.language else 1.0)
        for spoken, each in asked.items()
    }
    return case(whens, value=texts.c.language, else_=0.0)


def rank_of(way: Way, rarity: Rarity) -> ColumnElement[float]:
    """Give what a text scores for one way of meeting a need."""
    weights = cast(array(RANK_WEIGHTS), ARRAY(REAL))
    rank = func.ts_rank(weights, texts.c.words, cast(row(way), TSQUERY))
    return rank * rarity.of(way)


def _meets(name: str, wanted: Sequence[str]) -> ColumnElement[bool]:
    if name in RANGES:
        path = cast(_inside(name, wanted), JSONPATH)
        return records.c.figures.bool_op("@?")(path)
    values = array([f"{name}={value}" for value in wanted])
    return records.c.facets.bool_op("&&")(cast(values, ARRAY(Text)))


def _inside(name: str, wanted: Sequence[str]) -> str:
    """Write as a path: any figure that lies in any of some ranges.

    >>> _inside("rainfall", ["400..800", "2000.."])
    '$."rainfall"[*] ? ((@ >= 400 && @ <= 800) || (@ >= 2000))'
    """
    read = [read_range(each) for each in wanted]
    ends = [((">=", each.low), ("<=", each.high)) for each in read]
    inside = (
        " && ".join(f"@ {sign} {end}" for sign, end in pair if end is not None)
        for pair in ends
    )
    return f'$."{name}"[*] ? ({" || ".join(f"({each})" for each in inside)})'


def _counts(held: CTE, left: ColumnElement[bool]) -> ScalarSelect[dict[str, int]]:
    """Count each value among what were left if only its own filter were lifted."""
    each = func.unnest(held.c.facets).table_valued("value", name="each")
    each = each.render_derived()
    name = func.split_part(each.c.value, "=", 1)
    lifted = or_(left, held.c.unmet == array([name]))
    counted = (
        select(each.c.value, func.count().label("times"))
        .select_from(held.join(each, true()))
        .where(lifted)
        .group_by(each.c.value)
        .subquery()
    )
    gathered = func.jsonb_object_agg(counted.c.value, counted.c.times)
    return select(gathered).scalar_subquery()
