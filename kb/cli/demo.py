"""``kb demo``: everything at once, on this machine, with real content."""

from multiprocessing import get_context

import click

from kb.cli.office import REFUSALS, Desk, say, told
from kb.cli.prepare import prepare_what_is_left, prepared
from kb.cli.serve import run
from kb.cli.worker import work

FORK = get_context("fork")


@click.command()
@click.option("--home", help="Folder that holds all this installation writes.")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.pass_obj
def demo(desk: Desk, home: str | None, host: str, port: int) -> None:
    """Create, fill, index and serve; a second start finds nothing left to do."""
    desk = desk.at(home).with_secret_key()
    if not prepared(desk):
        prepare_beside(desk)
    desk.database.engine.dispose()
    worker = FORK.Process(target=work, args=(Desk(desk.settings),), daemon=True)
    worker.start()
    try:
        run(desk, host, port)
    finally:
        worker.terminate()
        worker.join()


def prepare_beside(desk: Desk) -> None:
    """Prepare in a process of its own, so that the server starts small."""
    desk.database.engine.dispose()
    helper = FORK.Process(target=prepare_or_say_why, args=(Desk(desk.settings),))
    helper.start()
    helper.join()
    if helper.exitcode:
        raise SystemExit(1)


def prepare_or_say_why(desk: Desk) -> None:
    """Prepare; a refusal is a sentence and exit code 1."""
    try:
        prepare_what_is_left(desk)
    except REFUSALS as refused:
        say(f"Error: {told(refused)}")
        raise SystemExit(1) from refused
