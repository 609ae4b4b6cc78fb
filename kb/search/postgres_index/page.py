"""One page of what was found: order, what was given before, what comes next."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    Double,
    ScalarSelect,
    TableValuedAlias,
    and_,
    cast,
    collate,
    column,
    func,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY, aggregate_order_by

from kb.language import chain
from kb.search.document import Query

SAID = (
    "record_id",
    "ref",
    "kind",
    "source_language",
    "titles",
    "matched_in",
    "score",
    "evidence",
    "day",
)
"""What is said of each hit."""


def hits_of(
    held: CTE, left: ColumnElement[bool], query: Query
) -> ScalarSelect[list[list[object]]]:
    """Give the hits of the page as one list, best first, and one more if there is one.

    A hit is what is `SAID`, and the two that it is ordered by.

    :param left: says of a record that it meets all filters.
    """
    near = _near(query.likeness)
    key = _key(held, near, query)
    nth = func.row_number().over(order_by=[key, held.c.place]).label("nth")
    said = [held.c[name] for name in SAID]
    page = select(nth, *said, key.label("key"), held.c.place)
    page = page.where(left, *_behind(held, key, query))
    if query.sort == "nearest":
        same = near.c.record_id == held.c.record_id
        page = page.select_from(held.outerjoin(near, same))
    page = page.order_by(nth).limit(query.per_page + 1)
    cut = page.offset((query.page - 1) * query.per_page).subquery()
    hit = func.jsonb_build_array(*(cut.c[name] for name in (*SAID, "key", "place")))
    return select(func.jsonb_agg(aggregate_order_by(hit, cut.c.nth))).scalar_subquery()


def _key(held: CTE, near: TableValuedAlias, query: Query) -> ColumnElement[Any]:
    """Give what to sort by, smallest first; equals keep the order of their refs."""
    keys: dict[str, ColumnElement[Any]] = {
        "best": -held.c.score,
        "evidence": -held.c.evidence,
        "newest": -held.c.published,
        "tried": -held.c.tried,
        "nearest": -func.coalesce(near.c.score, 0.0),
        "title": collate(_title(held, query.language), "C"),
    }
    return keys[query.sort]


def _behind(
    held: CTE, key: ColumnElement[Any], query: Query
) -> Iterator[ColumnElement[bool]]:
    """Say that a record was not given and comes after the one to go on from."""
    if query.given:
        given = cast(sorted(query.given), ARRAY(BigInteger))
        yield held.c.record_id != func.all(given)
    if query.after:
        value, place = query.after
        last: Any = value if isinstance(value, str) else cast(value, Double)
        yield or_(key > last, and_(key == last, held.c.place > place))


def _near(likeness: Mapping[int, float]) -> TableValuedAlias:
    """Give how near records are as a table."""
    ids = cast(list(likeness), ARRAY(BigInteger))
    scores = cast(list(likeness.values()), ARRAY(Double))
    columns = column("record_id", BigInteger), column("score", Double)
    near = func.unnest(ids, scores).table_valued(*columns, name="near")
    return near.render_derived()


def _title(held: CTE, reader: str) -> ColumnElement[str]:
    """Give the title in the language that this reader is shown."""
    titles = held.c.titles
    named = [titles[spoken].astext for spoken in chain(reader, reader)]
    source = titles[held.c.source_language].astext
    every = func.jsonb_each_text(titles).table_valued("key", "value", name="every")
    first = select(every.c.value).order_by(collate(every.c.key, "C")).limit(1)
    return func.coalesce(*named, source, first.scalar_subquery())
