"""Keeping the index level with the records."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kb import journal
from kb.journal import readers_in
from kb.record.lookups import is_public
from kb.record.models import Record
from kb.search.document import Document, Query, SearchIndex
from kb.search.documents import Records, Sessions

AT_ONCE = 100
"""Lines, and so records, taken in with one change of the index."""


@dataclass(frozen=True)
class Standing:
    """How the index compares with the records."""

    indexed: int
    public: int
    waiting: int
    """Journal lines that search has still to see."""

    @property
    def level(self) -> bool:
        """Say whether nothing is left to do."""
        return self.indexed == self.public and not self.waiting


@dataclass(frozen=True)
class Batch:
    """Some journal lines and the records they tell of."""

    lines: tuple[int, ...]
    records: frozenset[int]


def next_batch(reading: Sessions) -> Batch:
    """Give the lines that have waited longest, at most `AT_ONCE`."""
    with reading() as session:
        lines = journal.due(session, readers_in(session).own, limit=AT_ONCE)
    return Batch(
        tuple(line.id for line in lines), frozenset(line.record_id for line in lines)
    )


def level(records: Records, index: SearchIndex, record_ids: Collection[int]) -> None:
    """Bring some records to what they are now, gone ones too, in one change.

    What a record is now decides, not what the journal says was done to it: lines may be
    seen in any order and more than once.
    """
    index.put(records.documents(record_ids), of=record_ids)


def rebuild(
    records: Records, index: SearchIndex, tell: Callable[[int], object] = int
) -> Batch:
    """Fill the index anew from the records; give what waited when it began.

    Nobody has to wait: what others put in meanwhile is kept, for it is newer. What
    waited before is done with the filling; its slips may be thrown away.

    :param tell: told each time how many more records have been read.
    """
    with records.reading() as session:
        waiting = tuple(journal.ids_due(session, readers_in(session).own))
    index.refill(_counted(records.documents(), tell))
    return Batch(waiting, frozenset())


def _counted(
    documents: Iterable[Document], tell: Callable[[int], object]
) -> Iterator[Document]:
    last = None
    for d in documents:
        if d.record_id != last:
            tell(1)
        last = d.record_id
        yield d


def count_public(session: Session) -> int:
    """Say how many records everybody may see."""
    return session.scalar(select(func.count(Record.id)).where(is_public())) or 0


def standing(session: Session, index: SearchIndex) -> Standing:
    """Compare the index with the records.

    :raises Unavailable: the index cannot be used.
    """
    return Standing(
        indexed=index.find(Query(per_page=1)).total,
        public=count_public(session),
        waiting=journal.count_due(session, readers_in(session).own),
    )
