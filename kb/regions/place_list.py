"""The list of places that comes with the program, made by ``seeds/regions/places.py``.

Everything that the gazetteer needs is in it and in its order; only the pieces of names
are cut when the gazetteer is built: 1.9 MB less to ship for half a second.
"""

from array import array
from collections.abc import Iterator, Sequence, Sized
from itertools import takewhile
from pathlib import Path
from typing import Any, NamedTuple

from kb.language import _
from kb.regions.columns import NUMBER, lay, lift
from kb.regions.sealed import read_sealed, unusable, write_sealed

KIND = "places"
STEPS = 10_000
"""Steps of a degree in which points are kept: 11 m or less."""


class PlaceList(NamedTuple):
    """What the gazetteer is made from, in columns; numbers of rows begin with 1."""

    district_names: list[str]
    district_regions: list[str]
    """ISO 3166-2 code; empty where it is not known."""

    names: list[str]
    """Of places, the most populous first."""
    countries: list[str]
    """ISO 3166-1 codes."""
    districts: "array[int]"
    """0 where it is not known."""
    norths: "array[int]"
    """Steps from the South Pole."""
    easts: "array[int]"
    """Steps from the line where the date changes."""
    populations: "array[int]"

    forms: list[str]
    """Of spellings, in their order."""
    written: list[str]
    """The spelling as people write it, where its form does not tell; else empty."""
    firsts: "array[int]"
    """The most populous place of that spelling."""
    counts: "array[int]"
    """How many other places have that spelling."""
    others: "array[int]"
    """These places, all spellings one after another, by population."""


def write_places(path: Path, places: PlaceList, about: dict[str, str]) -> None:
    """Write a list of places to a file, whole or not at all.

    :param about: source, licence and citation: kept in the file's header.
    """
    columns = places._asdict()
    columns["forms"] = [
        form[kept:] for form, kept in zip(places.forms, _kept(places), strict=True)
    ]
    where, laid = lay(columns | {"kept": array(NUMBER, _kept(places))})
    write_sealed(path, KIND, {"about": about, "columns": where}, laid)


def _kept(places: PlaceList) -> Iterator[int]:
    """Say of each form how many of its first signs the form before it has too."""
    last = ""
    for form in places.forms:
        same = takewhile(lambda pair: pair[0] == pair[1], zip(last, form, strict=False))
        yield sum(1 for _pair in same)
        last = form


def read_places(path: Path, *, mend: str) -> tuple[PlaceList, dict[str, str]]:
    """Read a list of places, and what is said about it.

    :param mend: what to do if it cannot be used, for the message.
    :raises Unavailable: it is missing, foreign, of another version or damaged.
    """
    header, laid = read_sealed(path, KIND, mend=mend)
    try:
        columns: dict[str, Any] = lift(header["columns"], laid)
        columns["forms"] = _whole(columns.pop("kept"), columns["forms"])
        return _fitting(PlaceList(**columns)), header["about"]
    except (KeyError, TypeError, ValueError) as refused:
        raise unusable(path, _("its parts do not fit together"), mend) from refused


def _whole(kept: "array[int]", ends: list[str]) -> list[str]:
    """Give the forms, each from its end and the form before it."""
    forms, form = [], ""
    for length, end in zip(kept, ends, strict=True):
        form = form[:length] + end
        forms.append(form)
    return forms


def _fitting(places: PlaceList) -> PlaceList:
    """Give the list back if its columns are as long as they should be."""
    alike: list[Sequence[Sized]] = [places[:2], places[2:8], places[8:12]]
    for columns in alike:
        if len({len(column) for column in columns}) > 1:
            raise ValueError([len(column) for column in columns])
    if sum(places.counts) != len(places.others):
        raise ValueError(sum(places.counts), len(places.others))
    return places
