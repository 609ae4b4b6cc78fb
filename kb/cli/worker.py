"""``kb worker``: do what is due, again and again."""

import logging
import math
import signal
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from types import FrameType

import click
from sqlalchemy.exc import DatabaseError

from kb.cli.mail import fetch, take_in
from kb.cli.office import Desk
from kb.cli.sms import send_by_gateway
from kb.database import Watch
from kb.errors import KbError, Unavailable
from kb.messages.open import open_sender
from kb.migrations.version import require_newest
from kb.search.drift import Compared, last_compared
from kb.worker import (
    ask_due,
    compare_and_repair,
    is_due,
    note_translations,
    remember_translations,
    remind_due,
    remind_overdue,
    ring_due,
    run_once,
    send_due,
    settle_due,
    tell_followers,
    tell_shaken,
    tidy,
    tidy_pictures,
)

log = logging.getLogger("kb.worker")

EVERY, LONGEST_PAUSE_SECONDS = 0.2, 60.0
POST_SECONDS, RING_SECONDS, TIDY_SECONDS = 2.0, 60.0, 3600.0
"""How often messages are looked for, the clocks of questions, and what nobody needs."""
POLL_SECONDS = 30.0
"""How often the mailbox is looked into."""
NIGHT_HOUR = 3
"""When index and records are compared, by the clock of this machine."""
AFTER_A_FAILURE = timedelta(hours=1)


class Stopping(BaseException):
    """Somebody asked the worker to stop.

    No `Exception`, or SQLAlchemy would take one that comes while it binds values for a
    fault of the statement, and the worker would end with that.
    """


@dataclass
class Bell:
    """What somebody rings who wants the worker to stop.

    What is raised while an object dies is lost, so that it was rung is kept as well.
    """

    rung: bool = False

    def ring(self, number: int, frame: FrameType | None) -> None:
        """Stop what is being done."""
        self.rung = True
        raise Stopping


@click.command()
@click.option("--once", is_flag=True, help="One pass, then stop.")
@click.option(
    "--every", default=EVERY, show_default=True, help="Seconds between looks."
)
@click.pass_obj
def worker(desk: Desk, once: bool, every: float) -> None:
    """Keep the search index level with the records, and send messages.

    Index and records are compared once a night.
    """
    require_newest(desk.database.engine)
    if once:
        hourly(desk)
        ring_due(desk.database.writing, desk.settings.address)
        fetch(desk)
        take_in(desk)
        indexed = run_once(desk.database, desk.index, desk.layers)
        sent = send_due(desk.database.writing, open_sender(desk.settings))
        sent += send_by_gateway(desk)
        click.echo(f"{indexed} records indexed, {sent} messages sent")
        return
    work(desk, every)


def work(desk: Desk, every: float = EVERY) -> None:
    """Look for work every so many seconds until somebody says stop.

    To look is one short question to the database; what fails is tried again, each time
    after twice as long.
    """
    logging.basicConfig(level=logging.INFO, format="%(name)s: %(message)s")
    bell = Bell()
    watch, well, pause = Watch(desk.database.engine), True, every
    night = next_night(last_compared(Path(desk.settings.home)))
    round_ = Round()
    try:
        signal.signal(signal.SIGTERM, bell.ring)
        signal.signal(signal.SIGINT, bell.ring)
        while not bell.rung:
            well = one_pass(desk, watch, again=not well)
            round_.see_to(desk)
            pause = every if well else min(2 * pause, LONGEST_PAUSE_SECONDS)
            if datetime.now().astimezone() >= night:
                night = one_night(desk)
            if not bell.rung:
                time.sleep(pause)
    except Stopping:
        pass
    finally:
        watch.close()
    log.info("stopped")


@dataclass
class Round:
    """What is seen to now and then, and when that was done last."""

    polled: float = -math.inf
    posted: float = -math.inf
    rung: float = -math.inf
    tidied: float = -math.inf

    def see_to(self, desk: Desk) -> None:
        """Send messages and throw away what is old, where it is time."""
        now = time.monotonic()
        if now - self.polled > POLL_SECONDS:
            self.polled = now
            poll(desk)
        try:
            if now - self.tidied > TIDY_SECONDS:
                self.tidied = now
                hourly(desk)
            if now - self.rung > RING_SECONDS:
                self.rung = now
                ring_due(desk.database.writing, desk.settings.address)
            if now - self.posted > POST_SECONDS:
                self.posted = now
                taken = take_in(desk)
                if taken:
                    log.info("%s mails taken in", taken)
                sent = send_due(desk.database.writing, open_sender(desk.settings))
                sent += send_by_gateway(desk)
                if sent:
                    log.info("%s messages sent", sent)
        except (DatabaseError, KbError, OSError) as refused:
            log.warning("left for the next round: %s", refused)


def poll(desk: Desk) -> None:
    """Fetch what lies in the mailbox; a mailbox that is away keeps nothing else up."""
    try:
        fetch(desk)
    except (OSError, KbError) as refused:
        log.warning("left for the next round: %s", refused)


def hourly(desk: Desk) -> None:
    """Throw away what is old, ask users after their season, tell what is due or new."""
    sessions, settings = desk.database.writing, desk.settings
    settle_due(sessions, settings.address)
    tidy(sessions)
    tidy_pictures(sessions, settings.pictures_folder)
    ask_due(sessions, settings.address)
    remind_due(sessions, settings.address)
    remind_overdue(sessions, settings.address)
    tell_shaken(sessions, settings.address)
    tell_followers(desk.database, desk.index, settings.address)
    remember_translations(sessions)
    note_translations(sessions)


def one_pass(desk: Desk, watch: Watch, *, again: bool) -> bool:
    """Do what is due, if anything is; what fails is left. Say whether all is well.

    :param again: the last pass failed, so there is work even if nobody wrote since.
    """
    try:
        stirred = watch.stirred() or again
        due = stirred and is_due(desk.database)
        done = run_once(desk.database, desk.index, desk.layers) if due else 0
    except (DatabaseError, Unavailable) as refused:
        log.warning("left for the next pass: %s", refused)
        return False
    if done:
        log.info("%s records indexed", done)
    return True


def one_night(desk: Desk) -> datetime:
    """Compare index and records, say what was found; give when to do it again."""
    try:
        home = Path(desk.settings.home)
        found = compare_and_repair(desk.database, desk.index, home, layers=desk.layers)
    except (DatabaseError, Unavailable, OSError) as refused:
        log.warning("the index could not be compared: %s", refused)
        return datetime.now().astimezone() + AFTER_A_FAILURE
    log.log(logging.WARNING if found.drifted else logging.INFO, "%s", outcome(found))
    return next_night(found)


def next_night(last: Compared | None) -> datetime:
    """Give the first `NIGHT_HOUR` after the last comparison, now if there was none."""
    if last is None:
        return datetime.now().astimezone()
    at = last.at.astimezone()
    night = at.replace(hour=NIGHT_HOUR, minute=0, second=0, microsecond=0)
    return night if night > at else night + timedelta(days=1)


def outcome(found: Compared) -> str:
    """Say what a comparison found, in one line."""
    when = f"compared {found.at.astimezone():%Y-%m-%d %H:%M}"
    if not found.drifted:
        return f"{when}: index and records agree"
    return (
        f"{when}: {found.missing} missing, {found.left_over} left over, "
        f"{found.outdated} out of date{', repaired' if found.repaired else ''}"
    )
