"""What the values of a raster mean, as a legend, a unit or a table of soil units says.

A legend is never assumed: maps of the same thing count from 0 or from 1 and in another
order. Named ones are CSV files in ``seeds/regions/legends``; an administrator's own has
the same two columns, ``value`` and ``code``, and an empty code for what means nothing.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import TypeVar

from kb.errors import NotValid
from kb.language import _
from kb.regions.layer_kinds import (
    GROWING_DAYS,
    ClassLayer,
    FigureLayer,
    LayerKind,
    Unit,
)
from kb.settings import shipped

OWN = "csv:"
DAYS = "days"
"""The legend of a raster that holds the days of the growing period themselves."""

WIDEST = 2**20
"""Furthest that two numbers of a legend may lie apart."""

Meant = TypeVar("Meant")
Shares = Mapping[str, float]
Classes = Mapping[int, Shares]
"""Value → shares of codes; a value that means nothing has none."""
Figures = Mapping[int, float | None]
"""Value → figure in the unit of the layer."""


@dataclass(frozen=True)
class Reading:
    """How to read a raster: by classes, by figures of some values, or by a unit."""

    name: str
    """The legend, and the table if there is one, to be kept with the layer."""
    classes: Classes | None = None
    figures: Figures | None = None
    unit: Unit | None = None
    rounded: bool = False
    """Whether a value with decimals is read as the whole number next to it."""

    def means_something(self, value: float) -> bool:
        """Say whether the reading gives this very value a class or figure."""
        known: Mapping[int, object] = self.classes or self.figures or {}
        return value.is_integer() and known.get(int(value)) not in ({}, None)


def read_reading(kind: LayerKind, legend: str, table: Path | None = None) -> Reading:
    """Find out what the values of a raster of this kind mean.

    :param legend: a name, or ``csv:`` and a file.
    :param table: for a raster of soil mapping units, a CSV file with the columns
        ``unit``, ``code`` (as in the legend) and ``share`` (in any measure: the shares
        of a unit are made to sum to 1, those that mean nothing included).
    :raises NotValid: legend or table is not there, or names what this kind has not.
    """
    if isinstance(kind, FigureLayer):
        return _figures(kind, legend, table)
    if kind.name == "lgp" and legend == DAYS and table is None:
        return Reading(DAYS, classes=_growing_days(), rounded=True)
    codes = _codes(kind, _file_of(kind, legend))
    if table is None:
        return Reading(legend, classes=_whole_numbers(codes, legend))
    units = _units(table, codes)
    return Reading(f"{legend}, {table.name}", classes=units)


def names_for(kind: LayerKind) -> list[str]:
    """Give the legends that an administrator may name for a kind of layer."""
    if isinstance(kind, FigureLayer):
        return list(kind.units)
    fitting = [
        path.stem for path in sorted(_folder().glob("*.csv")) if _fits(kind, path)
    ]
    return [*fitting, *([DAYS] if kind.name == "lgp" else [])]


def _growing_days() -> Classes:
    return {
        days: {next(c for c, least in GROWING_DAYS.items() if days >= least): 1.0}
        for days in range(367)
    }


def _figures(kind: FigureLayer, legend: str, table: Path | None) -> Reading:
    if table is not None:
        raise _refused("table", _("A table goes with classes, not with figures."))
    if legend in kind.units:
        return Reading(legend, unit=kind.units[legend])
    figures: dict[str, float | None] = {}
    for value, code in _pairs(_file_of(kind, legend)):
        figures[value] = _number(code, "legend") if code else None
    return Reading(legend, figures=_whole_numbers(figures, legend))


def _folder() -> Path:
    return shipped("seeds") / "regions" / "legends"


def _fits(kind: ClassLayer, path: Path) -> bool:
    return {code for _value, code in _pairs(path) if code} <= kind.codes


def _file_of(kind: LayerKind, legend: str) -> Path:
    if legend.startswith(OWN):
        return Path(legend.removeprefix(OWN))
    if legend not in names_for(kind):
        said = _(
            "%(kind)s has no legend %(legend)s. There are: %(known)s, or csv:FILE.",
            legend=legend,
            kind=kind.name,
            known=", ".join(names_for(kind)) or "-",
        )
        raise _refused("legend", said)
    return _folder() / f"{legend}.csv"


def _codes(kind: ClassLayer, path: Path) -> dict[str, Shares]:
    """Read a legend: what is written in a raster or table → what it means."""
    pairs = dict(_pairs(path))
    foreign = sorted({*pairs.values()} - {""} - kind.codes)
    if foreign:
        said = _(
            "%(file)s names what %(kind)s does not know: %(codes)s.",
            file=path.name,
            kind=kind.name,
            codes=", ".join(foreign[:10]),
        )
        raise _refused("legend", said)
    return {value: {code: 1.0} if code else {} for value, code in pairs.items()}


def _pairs(path: Path) -> Iterator[tuple[str, str]]:
    seen: dict[str, str] = {}
    for row in _rows(path, "legend", ("value", "code")):
        value, code = row["value"], row["code"]
        if seen.setdefault(value, code) != code:
            said = _("%(file)s gives %(value)s twice.", file=path.name, value=value)
            raise _refused("legend", said)
        yield value, code


def _rows(path: Path, field: str, columns: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """Give the rows of a file of ours or of an administrator, stripped.

    Semicolons may stand for commas, as spreadsheets write them in many countries.
    """
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as refused:
        said = _("%(file)s cannot be read as a CSV file in UTF-8.", file=path.name)
        raise _refused(field, said) from refused
    delimiter = ";" if lines and ";" in lines[0] else ","
    reader = csv.DictReader(lines, delimiter=delimiter)
    if not set(columns) <= {*(reader.fieldnames or ())}:
        said = _(
            "%(file)s must have the columns %(columns)s.",
            file=path.name,
            columns=", ".join(columns),
        )
        raise _refused(field, said)
    for row in reader:
        yield {column: (row[column] or "").strip() for column in columns}


def _whole_numbers(held: Mapping[str, Meant], legend: str) -> dict[int, Meant]:
    """Keep what stands for a number of a raster, without names.

    :raises NotValid: there is none, or they lie too far apart.
    """
    found = {int(value): meant for value, meant in held.items() if _is_whole(value)}
    if not found or max(found) - min(found) >= WIDEST:
        said = _(
            "%(legend)s must give whole numbers less than 1,048,576 apart.",
            legend=legend,
        )
        raise _refused("legend", said)
    return found


def _is_whole(written: str) -> bool:
    return written.removeprefix("-").isdecimal()


def _units(path: Path, codes: Mapping[str, Shares]) -> Classes:
    """Read a table of soil mapping units: unit → shares, of all that is in it."""
    found: dict[str, dict[str, float]] = {}
    whole: dict[str, float] = {}
    for row in _rows(path, "table", ("unit", "code", "share")):
        unit, code, share = row["unit"], row["code"], _number(row["share"], "table")
        if code and code not in codes:
            told = {"file": path.name, "code": code}
            said = _("%(file)s has %(code)s, which the legend has not.", **told)
            raise _refused("table", said)
        if share < 0:
            raise _refused("table", _("A share is below 0."))
        whole[unit] = whole.get(unit, 0.0) + share
        held = found.setdefault(unit, {})
        for meant, part in codes.get(code, {}).items():
            held[meant] = held.get(meant, 0.0) + part * share
    shares = {
        unit: {code: share / whole[unit] for code, share in held.items() if share}
        for unit, held in found.items()
    }
    return _whole_numbers(shares, path.name)


def _number(written: str, field: str) -> float:
    try:
        number = float(written)
    except ValueError:
        number = float("nan")
    if not isfinite(number):
        raise _refused(field, _("%(written)s is not a number.", written=written or "-"))
    return number


def _refused(field: str, said: object) -> NotValid:
    return NotValid(_("This map cannot be loaded."), {field: [str(said)]})
