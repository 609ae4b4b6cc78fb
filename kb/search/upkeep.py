"""Keeping the index level with the records."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kb import journal
from kb.record.lookups import is_public
from kb.record.models import Record
from kb.search.document import Query, SearchIndex
from kb.search.documents import public_documents


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


def bring_up_to_date(session: Session, index: SearchIndex) -> int:
    """Index what the journal says changed since last time; give how many records.

    What a record is now decides, not what the journal says was done to it: lines may be
    seen in any order and more than once.
    """
    changed = {line.record_id for line in journal.due(session, "search")}
    if not changed:
        return 0
    documents = list(public_documents(session, changed))
    index.put(documents)
    gone = changed - {d.record_id for d in documents}
    if gone:
        index.remove(gone)
    return len(changed)


def rebuild(session: Session, index: SearchIndex) -> None:
    """Fill the index anew from the records; what was waiting is done with it."""
    journal.see_all(session, "search")
    index.refill(public_documents(session))


def standing(session: Session, index: SearchIndex) -> Standing:
    """Compare the index with the records.

    :raises Unavailable: the index cannot be used.
    """
    return Standing(
        indexed=index.find(Query(per_page=1)).total,
        public=session.scalar(select(func.count(Record.id)).where(is_public())) or 0,
        waiting=journal.count_due(session, "search"),
    )
