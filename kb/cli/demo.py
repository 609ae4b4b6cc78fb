"""``kb demo``: everything at once, on this machine, with real content."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module

import click

from kb.cli.office import Desk, say
from kb.cli.prepared import prepared
from kb.cli.serve import run


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
    desk = Desk(desk.settings)  # what was opened to look is let go of
    with worker_beside(desk):
        run(desk, host, port)


@contextmanager
def worker_beside(desk: Desk) -> Iterator[None]:
    """Have a worker in a process of its own, for as long as this one serves.

    What it needs is loaded there alone. The processes that answer are forked later and
    come to an end here as well, but the worker is not theirs to stop.
    """
    ours, worker = os.getpid(), os.fork()
    if not worker:
        import_module("kb.cli.worker").work(Desk(desk.settings))
        os._exit(0)
    try:
        yield
    finally:
        if os.getpid() == ours:
            with suppress(ProcessLookupError, ChildProcessError):
                os.kill(worker, signal.SIGTERM)
                os.waitpid(worker, 0)


def messages_go(url: str) -> str:
    """Say which way messages go; the rest of an address may hold a password."""
    kind, _colon, rest = url.partition(":")
    return f"Messages are put into {rest}" if kind == "folder" else f"Mail: {kind}"


def prepare_beside(desk: Desk) -> None:
    """Prepare in a process of its own, so that the server starts small."""
    kb = [sys.executable, "-m", "kb.cli", "--home", desk.settings.home]
    if subprocess.run([*kb, "prepare"], check=False).returncode:  # noqa: S603
        raise SystemExit(1)
