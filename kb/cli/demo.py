"""``kb demo``: everything at once, on this machine, with real content."""

import subprocess
import sys
from multiprocessing import get_context

import click

from kb.cli.office import Desk, say
from kb.cli.prepared import prepared
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
    say(messages_go(desk.settings.mail_url))
    desk.database.engine.dispose()
    worker = FORK.Process(target=work, args=(Desk(desk.settings),), daemon=True)
    worker.start()
    try:
        run(desk, host, port)
    finally:
        worker.terminate()
        worker.join()


def messages_go(url: str) -> str:
    """Say which way messages go; the rest of an address may hold a password."""
    kind, _colon, rest = url.partition(":")
    return f"Messages are put into {rest}" if kind == "folder" else f"Mail: {kind}"


def prepare_beside(desk: Desk) -> None:
    """Prepare in a process of its own, so that the server starts small."""
    kb = [sys.executable, "-m", "kb.cli.main", "--home", desk.settings.home]
    if subprocess.run([*kb, "prepare"], check=False).returncode:  # noqa: S603
        raise SystemExit(1)
