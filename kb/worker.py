"""One pass over what is due: for now the search index. Safe to repeat, safe to kill."""

from sqlalchemy.orm import Session, sessionmaker

from kb.search.document import SearchIndex
from kb.search.upkeep import bring_up_to_date


def run_once(sessions: sessionmaker[Session], index: SearchIndex) -> int:
    """Do all that is due; give how many records were brought up to date.

    The index is written before the slips are thrown away with the commit: a crash in
    between repeats work and loses none.
    """
    with sessions() as session:
        done = bring_up_to_date(session, index)
        session.commit()
    return done
