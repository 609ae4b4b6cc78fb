"""``kb prepare``: tables, seeds and index, as far as they are not there yet."""

import hashlib
from pathlib import Path
from time import monotonic

import click

from kb.cli.office import Desk, say
from kb.cli.seed import take_in
from kb.errors import Unavailable
from kb.exchange.files import stamp
from kb.migrations.apply import newest, standing, upgrade
from kb.search.upkeep import rebuild
from kb.search.upkeep import standing as index_standing
from kb.settings import shipped


@click.command()
@click.pass_obj
def prepare(desk: Desk) -> None:
    """Make the tables, take the seeds in and build the index; no step is done twice."""
    prepare_what_is_left(desk)


def prepare_what_is_left(desk: Desk) -> None:
    """Do each step that has not been done, saying so.

    Tables that had to be made are empty, whatever was once sown into others.
    """
    begun, had_tables = monotonic(), tabled(desk)
    if not had_tables:
        say("Making the tables …")
        upgrade(desk.database.engine)
    if not (had_tables and sown(desk)):
        say("Taking in practices, stories and answers …")
        take_in(desk, shipped("seeds"))
        mark = seeded_mark(desk)
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.write_text(what_is_sown(desk), "utf-8")
    if not indexed(desk):
        say("Building the search index …")
        with desk.database.writing() as session:
            rebuild(session, desk.index)
            session.commit()
    say(f"Ready after {monotonic() - begun:.1f} s.")


def prepared(desk: Desk) -> bool:
    """Say whether nothing is left to do."""
    return tabled(desk) and sown(desk) and indexed(desk)


def tabled(desk: Desk) -> bool:
    """Say whether the tables are those this program needs."""
    return standing(desk.database.engine) == newest()


def sown(desk: Desk) -> bool:
    """Say whether these seeds were taken into this database."""
    mark = seeded_mark(desk)
    return mark.exists() and mark.read_text("utf-8") == what_is_sown(desk)


def seeded_mark(desk: Desk) -> Path:
    """Give the file that says which seeds were taken in."""
    return Path(desk.settings.home, "seeded")


def what_is_sown(desk: Desk) -> str:
    """Give a digest of the seeds and of the database they go into."""
    both = f"{stamp(shipped('seeds'))} {desk.settings.database}"
    return hashlib.sha256(both.encode()).hexdigest()


def indexed(desk: Desk) -> bool:
    """Say whether there is an index that holds all records."""
    try:
        with desk.database.reading() as session:
            now = index_standing(session, desk.index)
    except Unavailable:
        return False
    return now.indexed == now.public
