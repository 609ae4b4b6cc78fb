"""``kb export``: all that is public, in files that `kb seed` takes in."""

from collections.abc import Callable
from pathlib import Path

import click
from sqlalchemy.orm import Session

from kb.assessing.out import write_assessments
from kb.cli.office import Desk
from kb.credit.out import write_contributors
from kb.exchange.pictures_out import write_pictures
from kb.exchange.records_out import write_records, write_sources, write_vocabularies
from kb.exchange.regions_out import write_regions
from kb.exchange.shapes import write_shapes
from kb.exchange.thesaurus_out import write_thesaurus
from kb.helpdesk.desk_files import write_desks
from kb.kinds import KINDS
from kb.migrations.version import require_newest

Writer = Callable[[Session, Path], int]


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.pass_obj
def export(desk: Desk, folder: Path) -> None:
    """Write all that is public to FOLDER, which must be new or empty.

    Records, sources, vocabularies, thesaurus, regions and helpdesks can be taken into
    another installation with `kb seed FOLDER`. All of it is as it stood when it began.
    What people keep to themselves stays here, and so do the records of communities, who
    agreed to be told here.
    """
    require_newest(desk.database.engine)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise click.ClickException(f"{folder} is not empty; name a new folder.")
    folder.mkdir(parents=True, exist_ok=True)
    with desk.database.of_one_moment() as session:
        for name, write in writers(desk).items():
            click.echo(f"{write(session, folder)} {name}")


def writers(desk: Desk) -> dict[str, Writer]:
    """Give what is written: what it is called → what writes it and counts."""
    return {
        "entries of vocabularies": write_vocabularies,
        "drawings": write_shapes,
        "concepts": write_thesaurus,
        "regions": write_regions,
        "sources": write_sources,
        "records": lambda session, folder: write_records(
            session, folder, KINDS.values()
        ),
        "pictures": lambda session, folder: write_pictures(
            session, desk.settings.pictures_folder, folder
        ),
        "contributors": write_contributors,
        "assessments": write_assessments,
        "helpdesks": write_desks,
    }
