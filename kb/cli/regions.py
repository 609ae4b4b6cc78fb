"""``kb regions``: the maps that say what a place is like, and the list of places."""

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

import click

from kb.cli.layers import layers, load, unload
from kb.cli.office import Desk, say
from kb.regions.atlas import Atlas, Point, checked_point, open_atlas
from kb.regions.climate import decided
from kb.regions.disputed import DISCLAIMER
from kb.regions.gazetteer import Gazetteer
from kb.regions.layer_kinds import FIGURE_LAYERS


@click.group()
def regions() -> None:
    """The maps, the list of places, and maps of your own."""


for command in (load, layers, unload):
    regions.add_command(command)


@regions.command()
@click.pass_obj
def build(desk: Desk) -> None:
    """Build the map of climates and the list of places, as far as they do not stand."""
    folder = desk.settings.regions_folder
    made = [build_maps(folder), build_places(folder)]
    click.echo("built" if any(made) else "nothing to do")


@regions.command(context_settings={"ignore_unknown_options": True})
@click.argument("latitude")
@click.argument("longitude")
@click.pass_obj
def at(desk: Desk, latitude: str, longitude: str) -> None:
    """Say what the maps know of a point: LATITUDE and LONGITUDE in degrees.

    A zone is marked with * where the numbers allow to speak of it alone.
    """
    point = checked_point(latitude, longitude)
    atlas = open_atlas(desk.settings.regions_folder)
    for name, value in told_of(atlas, point).items():
        click.echo(f"{name:15}{value or '-'}")
    if atlas.disputed_at(point):
        say(str(DISCLAIMER))


def told_of(atlas: Atlas, point: Point) -> dict[str, str]:
    """Give each line that is said of a point."""
    soils = {
        "soil": listed(atlas.soil_at(point)),
        "ipcc_soil": listed(atlas.ipcc_soil_at(point)),
    }
    units = {layer.part: layer.unit for layer in FIGURE_LAYERS.values()}
    figures = {
        part: f"{figure:g} {units[part]}".rstrip()
        for part, figure in atlas.figures_at(point).items()
    }
    return {
        "country": atlas.country_at(point) or "",
        "climate": listed(atlas.climate_at(point)),
        "ipcc": listed(atlas.ipcc_at(point)),
        "agroclimate": listed(atlas.agroclimate_at(point)),
        **{name: said for name, said in soils.items() if said},
        **figures,
    }


def listed(shares: Mapping[str, float]) -> str:
    """Write shares in a line, the decided one marked."""
    sure = decided(shares)
    return "  ".join(
        f"{code}{'*' if code == sure else ''} {share:.2f}"
        for code, share in shares.items()
    )


def build_maps(folder: Path) -> bool:
    """Build the map if it is not there; say whether it had to be made.

    The builder is loaded only now: nothing else needs numpy and Pillow.
    """
    made: bool = import_module("kb.regions.build").build(folder)
    return made


def build_places(folder: Path) -> bool:
    """Build the list of places if it is not there; say whether it had to be made.

    The builder is loaded only now: no look-up needs it.
    """
    if Gazetteer(folder).is_built():
        return False
    import_module("kb.regions.gazetteer_build").build_gazetteer(folder)
    return True
