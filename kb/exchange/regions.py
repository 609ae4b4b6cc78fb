"""Taking regions in from files: the tree, the districts, the named regions.

The districts come from ISO 3166-2 as the package pycountry has it. Its file is read
without importing the package, which would load every list it has.
"""

import json
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from kb.exchange.checked import read_checked
from kb.exchange.region_schemas import (
    DistrictsSchema,
    NamedFileSchema,
    NotesSchema,
    TreeSchema,
)
from kb.regions.given import Given, Regions, complete, misfits
from kb.regions.models import RegionKind
from kb.regions.sowing import as_given, standing, store

PLACE = "regions"
SCHEMAS = {
    "tree.json": TreeSchema,
    "districts.json": DistrictsSchema,
    "named.yaml": NamedFileSchema,
    "notes.yaml": NotesSchema,
}


def take_in_regions(
    session: Session, folder: Path, problems: dict[str, list[str]]
) -> int:
    """Take in what ``regions/`` holds; give how many rows changed.

    Nothing is written if something does not fit; ``problems`` then says what.
    """
    files = _read(folder, problems)
    if problems or not files:
        return 0
    given, stood = list(_given(files)), standing(session)
    known = {region.code: region for region in given}
    for code in stood.keys() - known.keys():
        known[code] = as_given(stood[code])
    for where, said in [*misfits(given, known), *_loose_notes(files, known)]:
        problems.setdefault(where, []).append(said)
    if problems:
        return 0
    complete(given, known)
    return store(session, given, known, stood)


def _read(folder: Path, problems: dict[str, list[str]]) -> dict[str, Any]:
    """Read those of the files that there are."""
    return {
        name: read_checked(folder / PLACE / name, schema(), problems, folder)
        for name, schema in SCHEMAS.items()
        if (folder / PLACE / name).exists()
    }


def _given(files: Mapping[str, Any]) -> Iterator[Given]:
    """Give all regions of the files, with the districts of their countries."""
    tree = files.get("tree.json", {"tree": [], "source": ""})
    named = files.get("named.yaml", {"regions": []})["regions"]
    said = files.get("notes.yaml", {}).get("disclaimers", {})
    for position, row in enumerate(tree["tree"]):
        where = f"{PLACE}/tree.json: tree.{position}"
        usual = {"source": tree["source"], "disclaimer": said.get(row["code"], "")}
        yield Given(where=where, **(usual | row))
    own = {row["parent"] for row in tree["tree"] if row["kind"] == RegionKind.DISTRICT}
    yield from _districts({row["code"] for row in tree["tree"]} - own, files, said)
    for position, row in enumerate(named):
        where = f"{PLACE}/named.yaml: regions.{position}"
        yield Given(where=where, kind=RegionKind.NAMED, **row)


def _districts(
    countries: set[str], files: Mapping[str, Any], said: Mapping[str, str]
) -> Iterator[Given]:
    """Give the districts of these countries but those that are countries as well.

    They are asked for where the tree has none of a country's districts itself.
    """
    source = f"ISO 3166-2, pycountry {version('pycountry')}"
    english = files.get("districts.json", {}).get("districts", {})
    elsewhere = files.get("notes.yaml", {}).get("elsewhere", {})
    for row in iso_3166_2():
        code, country = row["code"], row["code"].partition("-")[0]
        if country in countries and code not in elsewhere:
            name = row["name"].partition(" [")[0]
            other = english.get(code, name)
            yield Given(
                where=f"ISO 3166-2: {code}",
                code=code,
                kind=RegionKind.DISTRICT,
                name=name,
                source=source,
                parent=row.get("parent", country),
                disclaimer=said.get(code, ""),
                names={"en": other} if other != name else {},
            )


def iso_3166_2() -> list[dict[str, str]]:
    """Give all districts: ``code``, ``name``, and ``parent`` if in another district."""
    spec = find_spec("pycountry")
    assert spec is not None
    assert spec.submodule_search_locations is not None
    package = Path(spec.submodule_search_locations[0])
    text = (package / "databases" / "iso3166-2.json").read_text("utf-8")
    listed: list[dict[str, str]] = json.loads(text)["3166-2"]
    return listed


def _loose_notes(files: Mapping[str, Any], known: Regions) -> Iterator[tuple[str, str]]:
    notes = files.get("notes.yaml", {"disclaimers": {}, "elsewhere": {}})
    named = [("disclaimers", code, code) for code in notes["disclaimers"]]
    named += [("elsewhere", a, b) for a, b in notes["elsewhere"].items()]
    for part, row, code in named:
        if code not in known:
            yield f"{PLACE}/notes.yaml: {part}.{row}", f"there is no region {code!r}"
