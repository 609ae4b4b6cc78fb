"""Writing the regions to files that `kb.exchange.regions` takes in again."""

import json
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from kb.regions.models import Region, RegionKind, RegionMember
from kb.yaml_out import write_yaml

BY_SIZE = ("world", "continent", "subregion", "country", "district")


def write_regions(session: Session, folder: Path) -> int:
    """Write all regions to ``regions/`` in a folder; give how many there are.

    Taken into an empty database, they give the same rows.
    """
    place = folder / "regions"
    place.mkdir(parents=True, exist_ok=True)
    wanted = select(Region).options(selectinload(Region.names)).order_by(Region.code)
    regions = list(session.scalars(wanted))
    tree = [_tree_row(one) for one in regions if one.kind != RegionKind.NAMED]
    tree.sort(key=lambda row: BY_SIZE.index(row["kind"]))
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in tree)
    whole = f'{{"source": "Humus", "tree": [\n{lines}\n]}}\n'
    (place / "tree.json").write_text(whole, "utf-8")
    members = _members(session)
    named = [
        _row(one) | {"members": members[one.code]}
        for one in regions
        if one.kind == RegionKind.NAMED
    ]
    write_yaml(place / "named.yaml", {"regions": named})
    return len(regions)


def _row(region: Region) -> dict[str, Any]:
    given = {
        "code": region.code,
        "m49": region.m49,
        "names": {name.language: name.name for name in region.names},
        "disclaimer": region.disclaimer,
        "source": region.source,
    }
    return {key: value for key, value in given.items() if value}


def _tree_row(region: Region) -> dict[str, Any]:
    box = [region.west, region.south, region.east, region.north]
    given = {
        "kind": region.kind,
        "name": region.name,
        "in": region.parent_code,
        "box": None if None in box else box,
    }
    return _row(region) | {key: value for key, value in given.items() if value}


def _members(session: Session) -> dict[str, list[str]]:
    members: dict[str, list[str]] = {}
    wanted = select(RegionMember.region_code, RegionMember.member_code)
    for code, member in session.execute(wanted.order_by(RegionMember.member_code)):
        members.setdefault(code, []).append(member)
    return members
