"""What the score of a text is made of: what each way of meeting a need adds."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from kb.search.document import Query, Reasons
from kb.search.postgres_index.asking import Rarity, best_texts, rank_of
from kb.search.postgres_index.tables import texts
from kb.search.terms import READER_BOOST, Question, Way


def reasons_of(
    connection: Connection,
    query: Query,
    asked: Mapping[str, Question],
    rarity: Rarity,
    record_ids: Collection[int],
) -> dict[int, Reasons]:
    """Give the reasons of those records that were found."""
    best = best_texts(query, asked, rarity).subquery()
    wanted = select(best).where(best.c.record_id.in_(sorted(record_ids)))
    rows = connection.execute(wanted).all()
    found: dict[int, Reasons] = {}
    for spoken in {row.language for row in rows}:
        scores = {row.record_id: row.score for row in rows if row.language == spoken}
        needs = asked[spoken].needs if spoken in asked else ()
        boost = READER_BOOST if spoken == query.language else 1.0
        ways = [way for need in needs for way in need]
        ranked = _ranked(connection, ways, rarity, spoken, scores)
        for record_id, *ranks in map(tuple, ranked):
            pairs = list[tuple[Way, float]](zip(ways, ranks, strict=True))
            told = tuple((way.row, boost * rank) for way, rank in pairs if rank)
            found[record_id] = Reasons(spoken, scores[record_id], told)
    return found


def _ranked(
    connection: Connection,
    ways: Sequence[Way],
    rarity: Rarity,
    spoken: str,
    record_ids: Collection[int],
) -> Sequence[Row[Any]]:
    """Rank some texts in one language for each way; what is not met ranks 0."""
    ranks = [rank_of(way, rarity).label(f"w{n}") for n, way in enumerate(ways)]
    ours = texts.c.record_id.in_(sorted(record_ids)), texts.c.language == spoken
    return connection.execute(select(texts.c.record_id, *ranks).where(*ours)).all()
