"""``kb prepare``: tables, seeds, index, map and places, what is not there yet."""

from time import monotonic

import click

from kb.cli.index import rebuild_showing
from kb.cli.office import Desk, say
from kb.cli.prepared import (
    indexed,
    listed,
    mapped,
    seeded_mark,
    sown,
    tabled,
    what_is_sown,
)
from kb.cli.regions import build_maps, build_places
from kb.cli.seed import take_in
from kb.migrations.apply import upgrade
from kb.settings import shipped


@click.command()
@click.pass_obj
def prepare(desk: Desk) -> None:
    """Make tables, take seeds in, build index, map, places; no step is done twice."""
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
        say("Taking in practices, stories, answers and guidelines …")
        take_in(desk, shipped("seeds"))
        mark = seeded_mark(desk)
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.write_text(what_is_sown(desk), "utf-8")
    if not indexed(desk):
        say("Building the search index …")
        rebuild_showing(desk)
    if not mapped(desk):
        say("Building the map of climates …")
        build_maps(desk.settings.regions_folder)
    if not listed(desk):
        say("Building the list of places …")
        build_places(desk.settings.regions_folder)
    say(f"Ready after {monotonic() - begun:.1f} s.")
