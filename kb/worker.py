"""One pass over what is due: the search index, messages, and what may be thrown away.

Safe to repeat, safe to kill.
"""

from sqlalchemy.orm import Session, sessionmaker

from kb import outbox
from kb.outbox import LetterState, NotSent, Sender
from kb.people import tidying
from kb.search.document import SearchIndex
from kb.search.upkeep import bring_up_to_date

MOST_LETTERS = 50
"""Messages in one pass, so that the index does not wait for a slow mail server."""


def run_once(sessions: sessionmaker[Session], index: SearchIndex) -> int:
    """Do all that is due; give how many records were brought up to date.

    The index is written before the slips are thrown away with the commit: a crash in
    between repeats work and loses none.
    """
    with sessions() as session:
        done = bring_up_to_date(session, index)
        session.commit()
    return done


def send_due(sessions: sessionmaker[Session], sender: Sender) -> int:
    """Send the messages that are due; give how many went.

    No session is open while one is sent: a mail server may take its time.
    """
    sent = 0
    for _each in range(MOST_LETTERS):
        with sessions() as session:
            letter = outbox.claim(session)
            session.commit()
        if letter is None:
            break
        sent += _send(sessions, sender, letter)
    return sent


def _send(
    sessions: sessionmaker[Session], sender: Sender, letter: outbox.Letter
) -> bool:
    refused, late = None, outbox.is_late(letter)
    if not late:
        try:
            sender.send(letter)
        except NotSent as why:
            refused = why
    with sessions() as session:
        if refused is not None:
            outbox.put_off(session, letter, refused)
        else:
            state = LetterState.LATE if late else LetterState.SENT
            outbox.settle(session, letter, state)
        session.commit()
    return not late and refused is None


def tidy(sessions: sessionmaker[Session]) -> None:
    """Throw away what nobody needs any more; once an hour is enough."""
    with sessions() as session:
        outbox.tidy(session)
        tidying.tidy(session)
        session.commit()
