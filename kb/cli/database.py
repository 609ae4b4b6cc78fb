"""``kb db``: the version of the tables."""

import click

from kb.cli.office import Desk
from kb.migrations.apply import downgrade, upgrade
from kb.migrations.version import newest, standing


@click.group()
def db() -> None:
    """The database."""


@db.command("upgrade")
@click.argument("to", default="head")
@click.pass_obj
def upgrade_(desk: Desk, to: str) -> None:
    """Bring the tables up to this version of the program."""
    upgrade(desk.database.engine, to)
    click.echo(standing(desk.database.engine))


@db.command("downgrade")
@click.argument("to")
@click.pass_obj
def downgrade_(desk: Desk, to: str) -> None:
    """Take the tables back to version TO; "base" removes them all."""
    downgrade(desk.database.engine, to)
    click.echo(standing(desk.database.engine) or "base")


@db.command()
@click.pass_obj
def status(desk: Desk) -> None:
    """Say which version the tables have and which the program needs."""
    click.echo(f"database {standing(desk.database.engine) or 'empty'}")
    click.echo(f"program {newest()}")
