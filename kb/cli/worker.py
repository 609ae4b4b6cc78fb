"""``kb worker``: do what is due, again and again."""

import logging
import signal
import time
from types import FrameType

import click
from sqlalchemy.exc import DatabaseError

from kb.cli.office import Desk
from kb.errors import Unavailable
from kb.migrations.version import require_newest
from kb.worker import run_once

log = logging.getLogger("kb.worker")


class Stopping(Exception):  # noqa: N818
    """Somebody asked the worker to stop."""


def _stop(number: int, frame: FrameType | None) -> None:
    raise Stopping


@click.command()
@click.option("--once", is_flag=True, help="One pass, then stop.")
@click.option("--every", default=2.0, show_default=True, help="Seconds between passes.")
@click.pass_obj
def worker(desk: Desk, once: bool, every: float) -> None:
    """Keep the search index level with the records."""
    require_newest(desk.database.engine)
    if once:
        click.echo(f"{run_once(desk.database.writing, desk.index)} records indexed")
        return
    work(desk, every)


def work(desk: Desk, every: float = 2.0) -> None:
    """Do a pass every so many seconds until somebody says stop."""
    logging.basicConfig(level=logging.INFO, format="%(name)s: %(message)s")
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)
    try:
        while True:
            one_pass(desk)
            time.sleep(every)
    except Stopping:
        log.info("stopped")


def one_pass(desk: Desk) -> None:
    """Do one pass; what fails now is left for the next."""
    try:
        done = run_once(desk.database.writing, desk.index)
    except (DatabaseError, Unavailable) as refused:
        log.warning("left for the next pass: %s", refused)
        return
    if done:
        log.info("%s records indexed", done)
