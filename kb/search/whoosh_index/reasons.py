"""What the score of a document is made of: what each leaf of the query adds."""

from collections.abc import Collection, Iterator

import numpy as np
from whoosh import query as wq

from kb.search.document import Query, Reasons
from kb.search.whoosh_index.asking import asked
from kb.search.whoosh_index.hits import best_of_each
from kb.search.whoosh_index.matching import match, within
from kb.search.whoosh_index.snapshot import Part, Snapshot

Way = tuple[tuple[str, ...], float]


def reasons(
    query: Query, snapshot: Snapshot, record_ids: Collection[int]
) -> dict[int, Reasons]:
    """Give the reasons of those records that were found."""
    wanted, _unwanted = asked(query, snapshot)
    ids = np.fromiter(record_ids, "i8", len(record_ids))
    found: dict[int, Reasons] = {}
    for part in snapshot.parts:
        best = best_of_each(part, match(wanted, snapshot, part))
        best = best.where(np.isin(part.segment.groups[best.documents], ids))
        spoken = part.sets("language").firsts(best.documents)
        for document, score, language in zip(
            best.documents.tolist(), best.scores.tolist(), spoken, strict=True
        ):
            ways = tuple(_ways(wanted, snapshot, part, document))
            group = int(part.segment.groups[document])
            found[group] = Reasons(language, score, ways)
    return found


def _ways(
    query: wq.Query, snapshot: Snapshot, part: Part, document: int, boost: float = 1.0
) -> Iterator[Way]:
    """Go down to what a document holds; a branch that it does not meet adds nothing."""
    here, scores = within(query, snapshot, part, np.array([document]))
    if not len(here) or isinstance(query, wq.Every):
        return
    if isinstance(query, wq.And | wq.Or):
        for each in query.subqueries:
            yield from _ways(each, snapshot, part, document, boost * query.boost)
    else:
        words = query.words if isinstance(query, wq.Phrase) else [query.text]
        yield tuple(words), boost * float(scores[0])
