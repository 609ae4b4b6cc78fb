"""``kb demo``: everything at once, on this machine, with real content."""

import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from time import monotonic

import click

from kb.cli.office import Desk, say
from kb.cli.seed import take_in
from kb.cli.serve import run
from kb.errors import Unavailable
from kb.exchange.files import stamp
from kb.migrations.apply import newest, standing, upgrade
from kb.search.upkeep import rebuild
from kb.search.upkeep import standing as index_standing
from kb.settings import shipped


@click.command()
@click.option("--home", help="Folder that holds all this installation writes.")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.pass_obj
def demo(desk: Desk, home: str | None, host: str, port: int) -> None:
    """Create, fill, index and serve; a second start finds nothing left to do."""
    desk = desk.at(home).with_secret_key()
    prepare(desk)
    helper = start_worker(desk)
    try:
        run(desk, host, port)
    finally:
        helper.terminate()
        helper.wait()


def prepare(desk: Desk) -> None:
    """Do what has not been done yet, saying each step."""
    begun = monotonic()
    if standing(desk.database.engine) != newest():
        say("Making the tables …")
        upgrade(desk.database.engine)
    mark, now = Path(desk.settings.home, "seeded"), stamp(shipped("seeds"))
    if not mark.exists() or mark.read_text("utf-8") != now:
        say("Taking in practices, stories and answers …")
        take_in(desk, shipped("seeds"))
        mark.write_text(now, "utf-8")
    if not indexed(desk):
        say("Building the search index …")
        with desk.writing() as session:
            rebuild(session, desk.index)
            session.commit()
    say(f"Ready after {monotonic() - begun:.1f} s.")


def indexed(desk: Desk) -> bool:
    """Say whether there is an index that holds all records."""
    try:
        with desk.database.reading() as session:
            now = index_standing(session, desk.index)
    except Unavailable:
        return False
    return now.indexed == now.public


def start_worker(desk: Desk) -> subprocess.Popen[bytes]:
    """Start `kb worker` beside the server, with the same settings."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("KB_")}
    given = {f"KB_{k.upper()}": v for k, v in asdict(desk.settings).items() if v}
    command = [sys.executable, "-m", "kb.cli.main", "worker"]
    return subprocess.Popen(command, env=kept | given)  # noqa: S603
