"""``kb worker``: do what is due, again and again."""

import logging
import math
import signal
import time
from collections.abc import Callable
from types import FrameType
from typing import Any

import click
from sqlalchemy.exc import DatabaseError

from kb.cli.office import Desk
from kb.errors import Unavailable
from kb.messages.open import open_sender
from kb.migrations.version import require_newest
from kb.worker import run_once, send_due, tidy

log = logging.getLogger("kb.worker")
HOUR = 3600


class Stopping(Exception):  # noqa: N818
    """Somebody asked the worker to stop."""


def _stop(number: int, frame: FrameType | None) -> None:
    raise Stopping


@click.command()
@click.option("--once", is_flag=True, help="One pass, then stop.")
@click.option("--every", default=2.0, show_default=True, help="Seconds between passes.")
@click.pass_obj
def worker(desk: Desk, once: bool, every: float) -> None:
    """Keep the search index level with the records, and send messages."""
    require_newest(desk.database.engine)
    if once:
        tidy(desk.database.writing)
        indexed, sent = due(desk)
        click.echo(f"{indexed} records indexed, {sent} messages sent")
        return
    work(desk, every)


def work(desk: Desk, every: float = 2.0) -> None:
    """Do a pass every so many seconds until somebody says stop."""
    logging.basicConfig(level=logging.INFO, format="%(name)s: %(message)s")
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)
    tidied = -math.inf
    try:
        while True:
            if time.monotonic() - tidied > HOUR:
                tidied = time.monotonic()
                one_try(lambda: tidy(desk.database.writing))
            one_pass(desk)
            time.sleep(every)
    except Stopping:
        log.info("stopped")


def one_pass(desk: Desk) -> None:
    """Do one pass; what fails now is left for the next."""
    indexed, sent = one_try(lambda: due(desk)) or (0, 0)
    if indexed:
        log.info("%s records indexed", indexed)
    if sent:
        log.info("%s messages sent", sent)


def due(desk: Desk) -> tuple[int, int]:
    """Do what is due; give how many records were indexed and messages sent."""
    indexed = run_once(desk.database.writing, desk.index)
    return indexed, send_due(desk.database.writing, open_sender(desk.settings))


def one_try(work: Callable[[], Any]) -> Any:  # noqa: ANN401
    """Do some work; say what failed, for it will be tried again."""
    try:
        return work()
    except (DatabaseError, Unavailable) as refused:
        log.warning("left for the next pass: %s", refused)
        return None
