"""``kb thesaurus``: the thesaurus as SKOS, for other programs and from them."""

from importlib import import_module
from pathlib import Path
from typing import Any

import click

from kb.cli.office import Desk
from kb.cli.people import writing
from kb.migrations.version import require_newest
from kb.vocabulary.thesaurus_lookups import read_concepts

MOST_SHOWN = 200
"""Warnings printed one by one."""


@click.group()
def thesaurus() -> None:
    """Write the thesaurus as SKOS, or take SKOS in."""


@thesaurus.command()
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option(
    "--format",
    "form",
    type=click.Choice(["turtle", "xml"]),
    default="turtle",
    show_default=True,
    help="Turtle, or RDF/XML.",
)
@click.pass_obj
def export(desk: Desk, file: Path | None, form: str) -> None:
    """Write all concepts to FILE, or to the terminal."""
    require_newest(desk.database.engine)
    with desk.database.reading() as session:
        concepts = read_concepts(session)
    skos: Any = import_module("kb.exchange.skos")
    written: bytes = skos.write_skos(concepts, form, desk.settings.address)
    if file is None:
        click.echo(written, nl=False)
        return
    file.write_bytes(written)
    click.echo(f"{len(concepts)} concepts")


@thesaurus.command(name="import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@click.pass_obj
def import_(desk: Desk, file: Path, *, dry_run: bool) -> None:
    """Take the concepts of FILE in (Turtle or RDF/XML).

    What does not fit is left out, and said with the kind of trouble it is; a circle
    among broader concepts, and whatever would leave a concept broken, stops the whole.
    Concepts of which the file does not tell stay as they are.
    """
    reader: Any = import_module("kb.exchange.skos_read")
    take: Any = import_module("kb.exchange.skos_in")
    if file.stat().st_size > reader.LARGEST:
        content = b" " * (reader.LARGEST + 1)
    else:
        content = file.read_bytes()
    graph = reader.read_graph(content, reader.form_of(file.name, content))
    with writing(desk) as session:
        note = f"kb thesaurus import {file.name}"
        report = take.take_in_skos(session, graph, note=note, dry_run=dry_run)
    for one in report.warnings[:MOST_SHOWN]:
        click.echo(f"{one.trouble}: {one.where}: {one.said}")
    if len(report.warnings) > MOST_SHOWN:
        click.echo(f"and {len(report.warnings) - MOST_SHOWN} more warnings")
    if report.blocked:
        raise click.ClickException("nothing was taken in; mend what is named above")
    done = "would be" if dry_run else "are"
    click.echo(
        f"{len(report.new)} concepts {done} new, {len(report.changed)} {done} changed,"
        f" {report.same} are the same"
    )
