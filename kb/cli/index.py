"""``kb index``: the search index."""

import sys
from pathlib import Path

import click

from kb import journal
from kb.cli.office import Desk
from kb.cli.worker import outcome
from kb.migrations.version import require_newest
from kb.search.drift import last_compared
from kb.search.upkeep import count_public, standing
from kb.worker import compare_and_repair, rebuild_all


@click.group()
def index() -> None:
    """The search index."""


@index.command("rebuild")
@click.pass_obj
def rebuild_(desk: Desk) -> None:
    """Fill a second index from the records, then swap it in; nobody has to wait."""
    require_newest(desk.database.engine)
    rebuild_showing(desk)
    click.echo("rebuilt")


def rebuild_showing(desk: Desk) -> None:
    """Rebuild with a bar on the terminal."""
    with desk.database.reading() as session:
        count = count_public(session)
    label = "Reading records"
    with click.progressbar(length=count, label=label, file=sys.stderr) as bar:
        rebuild_all(desk.database, desk.index, bar.update, layers=desk.layers)


@index.command()
@click.pass_obj
def status(desk: Desk) -> None:
    """Compare the index with the records; exit code 1 if they differ."""
    with desk.database.reading() as session:
        now = standing(session, desk.index)
        left = journal.left_slips(session)
    click.echo(f"{now.indexed} records indexed, {now.public} public")
    click.echo(f"{now.waiting} changes waiting for kb worker")
    for reader, count in left.items():
        click.echo(f"{count} left for {reader}, which is no more: kb index forget")
    click.echo(figures_of(desk))
    last = last_compared(Path(desk.settings.home))
    click.echo(outcome(last) if last else "never compared record by record")
    if not now.level:
        raise SystemExit(1)


def figures_of(desk: Desk) -> str:
    """Say how the index stands on its disk."""
    now = desk.index.figures()
    return (
        f"{now.documents} texts in {now.segments} segments, "
        f"{now.size_bytes / 1e6:.1f} MB, generation {now.generation}, "
        f"{now.gone} texts gone that still take room"
    )


@index.command()
@click.option("--repair", is_flag=True, help="Bring what differs to what it is now.")
@click.pass_obj
def verify(desk: Desk, repair: bool) -> None:
    """Compare every record; exit code 1 if one differs and is not repaired."""
    require_newest(desk.database.engine)
    home = Path(desk.settings.home)
    found = compare_and_repair(
        desk.database, desk.index, home, mend=repair, layers=desk.layers
    )
    click.echo(outcome(found))
    if found.drifted and not repair:
        click.echo("mend: kb index verify --repair")
        raise SystemExit(1)


@index.command()
@click.pass_obj
def forget(desk: Desk) -> None:
    """Throw away what waits for machines that are no longer in KB_MACHINES."""
    require_newest(desk.database.engine)
    with desk.database.writing() as session:
        left = journal.left_slips(session)
        journal.forget_left(session)
        session.commit()
    click.echo(f"{sum(left.values())} thrown away")


@index.command()
@click.pass_obj
def optimize(desk: Desk) -> None:
    """Make one segment of all and drop what is gone from it."""
    desk.index.tidy()
    click.echo(figures_of(desk))
