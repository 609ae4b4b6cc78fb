"""``kb demo``: everything at once, on this machine, with real content."""

import signal
import subprocess
import sys
from multiprocessing import get_context

import click

from kb.cli.office import Desk, say
from kb.cli.prepared import listed, prepared
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
    places = None if listed(desk) else list_places_beside(desk)
    try:
        run(desk, host, port)
    finally:
        worker.terminate()
        worker.join()
        if places is not None:
            places.send_signal(signal.SIGINT)
            places.wait()


def prepare_beside(desk: Desk) -> None:
    """Prepare in a process of its own, so that the server starts small."""
    words = [*_kb(desk), "prepare", "--without-places"]
    if subprocess.run(words, check=False).returncode:  # noqa: S603
        raise SystemExit(1)


def list_places_beside(desk: Desk) -> subprocess.Popen[bytes]:
    """Begin to list places by name, in a process of its own, while pages are served.

    Whoever stops it interrupts it, so that it tidies up.
    """
    say("Listing places by name meanwhile; they can be found in half a minute.")
    quiet = subprocess.DEVNULL
    words = [*_kb(desk), "regions", "build"]
    return subprocess.Popen(words, stdout=quiet, stderr=quiet)  # noqa: S603


def _kb(desk: Desk) -> list[str]:
    return [sys.executable, "-m", "kb.cli.main", "--home", desk.settings.home]
