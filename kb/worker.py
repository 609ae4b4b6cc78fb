"""What is due: the search index, messages, and what may be thrown away.

Safe to repeat, safe to kill.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session, sessionmaker

from kb import (
    journal,
    kinds,  # noqa: F401  (a kind that is not named is not loaded)
    outbox,
)
from kb.assessing import reminders
from kb.communities import reminders as consent_reminders
from kb.communities import settling
from kb.credit import tidying as credit_tidying
from kb.database import Database
from kb.directory import service as directory_service
from kb.errors import KbError
from kb.feedback import follow_up
from kb.feedback import reminders as report_reminders
from kb.feedback import tidying as feedback_tidying
from kb.following import service as following
from kb.helpdesk import looking, ringing, texts
from kb.helpdesk import tidying as helpdesk_tidying
from kb.inbox import box
from kb.inbox.attached import Kept, kept_of
from kb.inbox.reading import read
from kb.inbox.taking import House, take_in
from kb.language import INTERFACE
from kb.outbox import LetterState, NotSent, Sender
from kb.people import tidying
from kb.pictures.files import throw_away
from kb.pictures.service import end_of_consent
from kb.planning import tidying as planning_tidying
from kb.regions.layers import Layers
from kb.search import drift, gaps
from kb.search.document import SearchIndex
from kb.search.documents import Records
from kb.search.thesaurus import keep_readings
from kb.search.upkeep import Batch, level, next_batch, rebuild
from kb.sms.outgoing import Limits, TextSender, claim_text, is_not_sent, is_sent
from kb.translating import history, memory

TIDYING = (
    outbox.tidy,
    tidying.tidy,
    feedback_tidying.tidy,
    helpdesk_tidying.tidy,
    planning_tidying.tidy,
    directory_service.tidy,
    credit_tidying.tidy,
    gaps.tidy,
)
"""What keeps to the days that `kb.belongings.KEPT` promises, beside pictures."""
MOST_LETTERS = 50
"""Messages in one pass, so that the index does not wait for a slow mail server."""
MOST_MAILS = 100
"""Mails that are taken in at once, for the same reason."""


def run_once(
    database: Database, index: SearchIndex, layers: Layers | None = None
) -> int:
    """Do all that is due, batch after batch; give how many records that were.

    The index has a batch safely on its disk before the slips are thrown away, in a
    transaction of their own: a crash in between repeats work and loses none, and nobody
    who writes to the database waits for the index.
    """
    records, done = Records(database.reading, layers), 0
    while (batch := next_batch(database.reading)).lines:
        level(records, index, batch.records)
        _is_seen(database, batch)
        done += len(batch.records)
    return done


def is_due(database: Database) -> bool:
    """Say whether there is anything to do; asked several times a second."""
    with database.reading() as session:
        return journal.is_due(session, journal.readers_in(session).own)


def rebuild_all(
    database: Database,
    index: SearchIndex,
    tell: Callable[[int], object] = int,
    *,
    layers: Layers | None = None,
) -> None:
    """Fill the index anew, while all others go on."""
    with database.writing() as session:
        keep_readings(session)
        session.commit()
    _is_seen(database, rebuild(Records(database.reading, layers), index, tell))


def compare_and_repair(
    database: Database,
    index: SearchIndex,
    home: Path,
    *,
    mend: bool = True,
    layers: Layers | None = None,
) -> drift.Compared:
    """Compare index and records, mend what differs if wanted, and note what it was."""
    records = Records(database.reading, layers)
    found = drift.compare(records, index)
    if mend:
        drift.repair(records, index, found)
    return drift.note(home, found, repaired=mend)


def _is_seen(database: Database, batch: Batch) -> None:
    with database.writing() as session:
        journal.seen(session, journal.readers_in(session).own, batch.lines)
        session.commit()


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


def send_texts(
    sessions: sessionmaker[Session], sender: TextSender, limits: Limits
) -> int:
    """Hand the texts that are due to the gateway; give how many it took.

    No session is open meanwhile. A gateway that is away is left alone until the next
    pass: what else waits would only be refused too.
    """
    handed = 0
    for _each in range(MOST_LETTERS):
        with sessions() as session:
            claimed = claim_text(session, limits)
            session.commit()
        if claimed is None:
            break
        letter, text = claimed
        refused, names = None, []
        try:
            names = sender.send(text)
        except NotSent as why:
            refused = why
        with sessions() as session:
            if refused is not None:
                is_not_sent(session, letter.id, refused)
            else:
                is_sent(session, letter.id, names)
            session.commit()
        handed += refused is None
        if refused is not None and not refused.for_good:
            break
    return handed


def finish_talks(sessions: sessionmaker[Session]) -> int:
    """Go on with talks that wait too long for an answer; give how many that were."""
    with sessions() as session:
        finished = texts.finish_due(session)
        session.commit()
    return finished


def take_in_mail(
    sessions: sessionmaker[Session],
    letterbox: Path,
    house_of: Callable[[Session], House],
) -> int:
    """Take in the mail that lies in the letterbox; give how many that were.

    A crash between taking in and taking out has the mail read once more, and known.
    """
    with box.emptying(letterbox) as alone:
        lying = box.lying(letterbox)[:MOST_MAILS] if alone else []
        if lying:
            with sessions() as session:
                house = house_of(session)
            for path in lying:
                _take_in(sessions, path, house)
    return len(lying)


def _take_in(sessions: sessionmaker[Session], path: Path, house: House) -> None:
    """Take one in; no session is open while its pictures are unpacked."""
    tried = box.begin(path)
    try:
        mail = read(tried.read_bytes())
        kept = Kept((), ()) if mail.automatic else kept_of(mail.attached)
        with sessions() as session:
            take_in(session, mail, kept, house)
            session.commit()
    except (DatabaseError, KbError, OSError):
        box.put_back(tried)
        raise
    box.done(tried)


def tidy(sessions: sessionmaker[Session]) -> None:
    """Throw away what nobody needs any more; once an hour is enough."""
    with sessions() as session:
        for throw_away_old in TIDYING:
            throw_away_old(session)
        session.commit()


def remember_translations(sessions: sessionmaker[Session]) -> int:
    """Bring the memory of translations level; give how many records were behind."""
    with sessions() as session:
        behind = memory.left_behind(session)
    for record_id in behind:
        with sessions() as session:
            memory.refill(session, record_id)
            session.commit()
    return len(behind)


def note_translations(sessions: sessionmaker[Session]) -> bool:
    """Write down how far each language is, once a day; say whether it was due."""
    with sessions() as session:
        noted = history.note_day(session, INTERFACE, history.this_day())
        session.commit()
    return noted


def tidy_pictures(sessions: sessionmaker[Session], folder: Path) -> None:
    """Withdraw pictures without consent, and throw away files nobody needs."""
    with sessions() as session:
        end_of_consent(session)
        session.commit()
    with sessions() as session:
        throw_away(session, folder)
        session.commit()


def settle_due(sessions: sessionmaker[Session], site: str) -> int:
    """Bring records level whose season or consent begins or ends; remind stewards.

    :param site: as for `ask_due`; records are settled in any case.
    """
    with sessions() as session:
        settled = settling.settle_due(session)
        session.commit()
    _told(sessions, site, consent_reminders.remind_due)
    return settled


def ask_due(sessions: sessionmaker[Session], site: str) -> int:
    """Ask those whose season is over how it went; give how many are asked.

    :param site: where the addresses of this installation begin; without it, they wait.
    """
    return _told(sessions, site, follow_up.ask_due)


def remind_due(sessions: sessionmaker[Session], site: str) -> int:
    """Tell people which records are due; give how many are told.

    :param site: as for `ask_due`.
    """
    return _told(sessions, site, reminders.remind_due)


def remind_overdue(sessions: sessionmaker[Session], site: str) -> int:
    """Tell editors of reports past their clock; give how many are told.

    :param site: as for `ask_due`.
    """
    return _told(sessions, site, report_reminders.remind_overdue)


def ring_due(sessions: sessionmaker[Session], site: str) -> int:
    """See to the clocks of questions that ring by now; give how many did.

    :param site: as for `ask_due`.
    """
    return _told(sessions, site, ringing.ring_due)


def tell_shaken(sessions: sessionmaker[Session], site: str) -> int:
    """Tell those whose answers rest on what changed since; give how many are told.

    :param site: as for `ask_due`.
    """
    return _told(sessions, site, looking.tell_shaken)


def tell_followers(database: Database, index: SearchIndex, site: str) -> int:
    """Tell people what is new in the searches they follow; give how many are told.

    Nobody who writes waits for a search: each person's are asked again before.

    :param site: as for `ask_due`.
    """
    if not site:
        return 0
    told, today = 0, datetime.now(UTC).date()
    with database.reading() as session:
        people = following.due(session, today)
    for person_id in people:
        with database.reading() as session:
            news = following.news_of(session, index, person_id, today)
        with database.writing() as session:
            told += following.tell(session, news, today, site=site)
            session.commit()
    return told


class _Telling(Protocol):
    def __call__(self, session: Session, *, site: str) -> int: ...


def _told(sessions: sessionmaker[Session], site: str, tell: _Telling) -> int:
    if not site:
        return 0
    with sessions() as session:
        told = tell(session, site=site)
        session.commit()
    return told
