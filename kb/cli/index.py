"""``kb index``: the search index."""

import click

from kb.cli.office import Desk
from kb.migrations.version import require_newest
from kb.search.upkeep import rebuild, standing


@click.group()
def index() -> None:
    """The search index."""


@index.command("rebuild")
@click.pass_obj
def rebuild_(desk: Desk) -> None:
    """Fill a second index from the records, then swap it in."""
    require_newest(desk.database.engine)
    with desk.database.writing() as session:
        rebuild(session, desk.index)
        session.commit()
    click.echo("rebuilt")


@index.command()
@click.pass_obj
def status(desk: Desk) -> None:
    """Compare the index with the records; exit code 1 if they differ."""
    with desk.database.reading() as session:
        now = standing(session, desk.index)
    click.echo(f"{now.indexed} records indexed, {now.public} public")
    click.echo(f"{now.waiting} changes waiting for kb worker")
    if not now.level:
        raise SystemExit(1)
