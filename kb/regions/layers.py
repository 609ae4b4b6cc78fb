"""The maps an administrator has loaded, as they stand in the folder of the maps.

Reading them needs the standard library only. A layer is read when it is first asked
for, and again when its file is another one; nobody has to start anything anew.
"""

import logging
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from kb.errors import NotFound, Unavailable
from kb.language import _
from kb.regions.layer_kinds import CLASS_LAYERS, FIGURE_LAYERS, LAYER_KINDS
from kb.regions.runs import About, RunGrid, read_grid
from kb.regions.sealed import unusable
from kb.regions.tables import percentages

FOLDER = "layers"

WIDTH, HEIGHT = 7200, 3600
"""Cells of a layer: 0.05 degrees each, the globe from 90° N, 180° W."""
A_DEGREE = 20
"""Cells in a degree."""

AROUND, NEAR = 2, 1
"""Cells of 0.05 degrees (5.6 km or less) that are looked at to each side.

Two for climates and zones, 25 km across like the map of the world's; one for soils,
whose shares within a cell are known.
"""

Stamp = tuple[int, int]
"""Time of change in nanoseconds, and number of the file on its disk."""

log = logging.getLogger("kb.regions")


def layer_path(folder: Path, kind: str) -> Path:
    """Give the file of a layer, whether it is there or not."""
    return folder / FOLDER / f"{kind}.map"


def read_layer(folder: Path, kind: str) -> RunGrid:
    """Read a layer.

    :raises Unavailable: it is missing, damaged, or a map of something else.
    """
    path, mend = layer_path(folder, kind), mend_of(kind)
    grid = read_grid(path, mend=mend)
    if grid.about.kind != kind:
        raise unusable(path, _("it is a map of something else"), mend)
    return grid


def mend_of(kind: str) -> str:
    """Say what to do about a layer that cannot be used."""
    return f"kb regions load {kind} …, or kb regions unload {kind}"


class Standing(NamedTuple):
    """A layer that is there: what it says of itself, or why it cannot be used."""

    kind: str
    about: About | None
    problem: str = ""


def standing_layers(folder: Path) -> Iterator[Standing]:
    """Give the layers that are there, the damaged ones too."""
    for kind in LAYER_KINDS:
        if not layer_path(folder, kind).exists():
            continue
        try:
            yield Standing(kind, read_layer(folder, kind).about)
        except Unavailable as refused:
            yield Standing(kind, None, str(refused))


def unload(folder: Path, kind: str) -> None:
    """Take a layer away, damaged or not.

    :raises NotFound: there is none of this kind.
    """
    try:
        layer_path(folder, kind).unlink()
    except FileNotFoundError as refused:
        raise NotFound(_("There is no layer %(kind)s.", kind=kind)) from refused


class Layers:
    """The layers of an installation, ready to be asked.

    A damaged layer counts as none, so that pages go on without it: it is written to the
    log once, and ``kb doctor`` names it with the mend.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._paths = {
            kind: os.fspath(layer_path(folder, kind)) for kind in LAYER_KINDS
        }
        self._held: dict[str, tuple[Stamp, RunGrid | None]] = {}

    def get(self, kind: str) -> RunGrid | None:
        """Give a layer as it stands now, if it does."""
        try:
            found = os.stat(self._paths[kind])
        except OSError:
            self._held.pop(kind, None)
            return None
        stamp = found.st_mtime_ns, found.st_ino
        held = self._held.get(kind)
        if held is None or held[0] != stamp:
            held = self._held[kind] = (stamp, self._read(kind))
        return held[1]

    def _read(self, kind: str) -> RunGrid | None:
        try:
            return read_layer(self._folder, kind)
        except Unavailable as refused:
            log.warning("%s", refused)
            return None

    def code_at(self, kind: str, latitude: float, longitude: float) -> str | None:
        """Give the code of the very cell, if there is a layer that has one."""
        layer = self.get(kind)
        return layer.code_at(latitude, longitude) if layer else None

    def shares_at(
        self, kind: str, latitude: float, longitude: float
    ) -> dict[str, float]:
        """Give the codes around a point as shares, greatest first; maybe none."""
        layer = self.get(kind)
        if layer is None:
            return {}
        if not CLASS_LAYERS[kind].mixed:
            return layer.shares_at(latitude, longitude, reach=AROUND)
        return _unmixed(layer.shares_at(latitude, longitude, reach=NEAR))

    def figures_at(self, latitude: float, longitude: float) -> dict[str, float]:
        """Give the figures of a place, by the names `kb.regions.places.Place` has.

        The figure of the cell; where it has none (a coast), the mean of those around.
        """
        found = {}
        for kind, layer in FIGURE_LAYERS.items():
            grid = self.get(kind)
            figure = _figure(grid, latitude, longitude) if grid else None
            if figure is not None:
                found[layer.part] = figure
        return found


def _figure(grid: RunGrid, latitude: float, longitude: float) -> float | None:
    here = grid.code_at(latitude, longitude)
    if here is not None:
        return float(here)
    near = grid.shares_at(latitude, longitude, reach=AROUND)
    mean = sum(float(figure) * share for figure, share in near.items())
    return float(f"{mean:.4g}") if near else None


def _unmixed(mixes: dict[str, float]) -> dict[str, float]:
    found: dict[str, float] = {}
    for mix, weight in mixes.items():
        for code, share in percentages(mix).items():
            found[code] = found.get(code, 0.0) + weight * share
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))
