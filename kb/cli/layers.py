"""``kb regions load``, ``layers`` and ``unload``: an administrator's own maps."""

import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

import click

from kb.cli.office import Desk, say
from kb.errors import Unavailable
from kb.regions.datasets import Credit, credit_for, datasets
from kb.regions.layer_kinds import FIGURE_LAYERS, LAYER_KINDS
from kb.regions.layers import HEIGHT, standing_layers
from kb.regions.layers import unload as take_away
from kb.search.documents import FROM_MAPS

NEEDED = "To load rasters, install what reads them: pip install 'humus-kb[raster]'"

BY_LEGEND = {"soilgrids-wrb": "soilgrids"}
"""Legend → the known dataset it is the legend of."""

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
KIND = click.Choice(list(LAYER_KINDS))


@click.command()
@click.argument("kind", type=KIND)
@click.argument("path", metavar="FILE", type=FILE)
@click.option("--legend", required=True, help="A name, or csv:FILE (value,code).")
@click.option("--table", type=FILE, help="CSV of soil units: unit,code,share.")
@click.option(
    "--crs", type=click.Choice(["EPSG:4326"]), help="For a file that does not say it."
)
@click.option("--nodata", type=float, help="One more value that means nothing.")
@click.option(
    "--dataset", default="", help=f"A title, or one of {', '.join(datasets())}."
)
@click.option("--licence", default="", help="On which terms the map may be used.")
@click.option("--citation", default="", help="How its makers want to be named.")
@click.option("--date", default="", help="The time it stands for.")
@click.option("--yes", is_flag=True, help="Agree to the licence without being asked.")
@click.pass_obj
def load(
    desk: Desk,
    kind: str,
    path: Path,
    *,
    legend: str,
    table: Path | None,
    crs: str | None,
    nodata: float | None,
    dataset: str,
    licence: str,
    citation: str,
    date: str,
    yes: bool,
) -> None:
    """Make a layer of a raster FILE; one of the same kind stays until it is done."""
    loading = loader()
    credit = credit_for(
        dataset or BY_LEGEND.get(legend, ""),
        licence=licence,
        citation=citation,
        date=date,
    )
    given = loading.Given(kind, path, legend, table, crs or "", nodata)
    click.echo(f"{path.name}: {loading.look_over(given)}")
    tell(credit)
    if not yes:
        click.confirm("May the map be used so?", abort=True)
    hidden = not sys.stderr.isatty()
    with click.progressbar(length=HEIGHT, file=sys.stderr, hidden=hidden) as bar:
        folder = desk.settings.regions_folder
        grid = loading.load(folder, given, credit, each_row=bar.update)
    click.echo(f"{kind} is loaded: {grid.runs} runs, by {grid.about.read_with}")
    tell_of_search(kind)


def loader() -> ModuleType:
    """Give the module that loads rasters; nothing else needs rasterio.

    :raises Unavailable: rasterio is not installed.
    """
    try:
        return import_module("kb.regions.load")
    except ModuleNotFoundError as lacking:
        if lacking.name != "rasterio":
            raise
        raise Unavailable(NEEDED) from lacking


def tell(credit: Credit) -> None:
    """Print what is to be agreed to."""
    click.echo(f"dataset   {credit.dataset}")
    click.echo(f"licence   {credit.licence}")
    for name in ("note", "citation", "date"):
        if said := getattr(credit, name):
            click.echo(f"{name:10}{said}")


@click.command()
@click.pass_obj
def layers(desk: Desk) -> None:
    """List the layers that stand: kind, dataset, licence, date."""
    for kind, about, problem in standing_layers(desk.settings.regions_folder):
        if about is None:
            say(f"{kind}: {problem}")
        else:
            click.echo(f"{kind}\t{about.dataset}\t{about.licence}\t{about.date or '-'}")


@click.command()
@click.argument("kind", type=KIND)
@click.pass_obj
def unload(desk: Desk, kind: str) -> None:
    """Take a layer away; the built-in map, if there is one, answers again."""
    take_away(desk.settings.regions_folder, kind)
    click.echo(f"{kind} is taken away")
    tell_of_search(kind)


def tell_of_search(kind: str) -> None:
    """Say what is to be done where records can be searched by a map's figures."""
    if kind in FIGURE_LAYERS and FIGURE_LAYERS[kind].part in FROM_MAPS:
        say("To search by it: kb index rebuild")
