"""``kb seed``: take in a folder of seeds."""

from pathlib import Path

import click

from kb.cli.office import Desk, say
from kb.exchange.seeds import Report, sow
from kb.helpdesk.desk_files import take_in_desks
from kb.kinds import KINDS
from kb.migrations.version import require_newest
from kb.settings import shipped


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False), required=False)
@click.pass_obj
def seed(desk: Desk, folder: str | None) -> None:
    """Take in the seeds that come with the program, or those in FOLDER.

    All or nothing: what does not fit is named by file, record and field.
    """
    require_newest(desk.database.engine)
    report = take_in(desk, Path(folder) if folder else shipped("seeds"))
    click.echo(f"{len(report.taken_in)} records taken in, {report.unchanged} unchanged")
    if report.left:
        say(f"left as people changed them: {', '.join(report.left)}")


def take_in(desk: Desk, folder: Path) -> Report:
    """Take a folder of seeds in, in one transaction."""
    with desk.database.writing() as session:
        report = sow(session, folder, KINDS, tell=say)
        take_in_desks(session, folder)
        session.commit()
    return report
