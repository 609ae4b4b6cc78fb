"""Regions as files give them: whether they fit together, and what follows from them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from kb.regions.boxes import Box, around
from kb.regions.models import RegionKind

SIZES = [
    RegionKind.DISTRICT.value,
    RegionKind.COUNTRY.value,
    RegionKind.SUBREGION.value,
    RegionKind.CONTINENT.value,
    RegionKind.WORLD.value,
]
"""Each kind lies in a later one; a district may also lie in a district."""
MEMBERS = {RegionKind.COUNTRY.value, RegionKind.DISTRICT.value}


@dataclass(slots=True)
class Given:
    """One region, and in which file and row it stands."""

    where: str
    code: str
    kind: str
    name: str
    source: str
    parent: str | None = None
    m49: str | None = None
    box: Box | None = None
    disclaimer: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    """Language → name."""
    members: tuple[str, ...] = ()


Regions = dict[str, Given]
"""Code → region, of all there are and will be."""
Problem = tuple[str, str]
"""File, row and field; what is wrong."""


def misfits(given: Iterable[Given], known: Regions) -> Iterator[Problem]:
    """Say what does not fit: circles, places in nothing, strange members.

    :param known: all regions, those given among them.
    """
    seen: set[str] = set()
    for region in given:
        if region.code in seen:
            yield f"{region.where}.code", f"{region.code} stands twice"
        seen.add(region.code)
        if region.kind == RegionKind.NAMED:
            yield from _strange_members(region, known)
        else:
            yield from _wrong_place(region, known)


def _wrong_place(region: Given, known: Regions) -> Iterator[Problem]:
    where = f"{region.where}.in"
    if region.parent is None:
        if region.kind != RegionKind.WORLD:
            yield where, f"a {region.kind} lies in another region"
    elif region.parent not in known:
        yield (
            where,
            f"there is no region {region.parent!r}{_near(region.parent, known)}",
        )
    elif known[upwards(region.code, known)[-1]].parent == region.code:
        yield where, f"{region.code} would lie in itself"
    elif not _may_lie_in(region.kind, known[region.parent].kind):
        yield where, f"a {region.kind} cannot lie in a {known[region.parent].kind}"


def _may_lie_in(kind: str, other: str) -> bool:
    if kind == other == RegionKind.DISTRICT:
        return True
    return other in SIZES and SIZES.index(kind) < SIZES.index(other)


def _strange_members(region: Given, known: Regions) -> Iterator[Problem]:
    for position, member in enumerate(region.members):
        if member not in known or known[member].kind not in MEMBERS:
            fit = [code for code, other in known.items() if other.kind in MEMBERS]
            said = f"there is no country or district {member!r}{_near(member, fit)}"
            yield f"{region.where}.members.{position}", said


def _near(code: str, known: Iterable[str]) -> str:
    guess = get_close_matches(code, list(known), n=1)
    return f"; did you mean {guess[0]!r}?" if guess else ""


def upwards(code: str, known: Regions) -> list[str]:
    """Give a region and all it lies in, the largest last; once round a circle."""
    path: list[str] = []
    step: str | None = code
    while step is not None and step in known and step not in path:
        path.append(step)
        step = known[step].parent
    return path


def complete(given: Iterable[Given], known: Regions) -> None:
    """Put named regions in their place, and boxes around what holds others.

    A named region lies in the smallest part of the tree that holds all its members. A
    member without a box counts with that of the country it lies in.
    """
    inside: dict[str, list[Box]] = {}
    for region in known.values():
        if region.box is not None and region.kind == RegionKind.COUNTRY:
            for outer in upwards(region.code, known)[1:]:
                inside.setdefault(outer, []).append(region.box)
    for region in given:
        if region.members:
            region.parent = _smallest_around(region.members, known)
            found = [_box_of(member, known) for member in region.members]
            region.box = around(box for box in found if box)
        elif region.code in inside and region.box is None:
            region.box = around(inside[region.code])


def _smallest_around(codes: Iterable[str], known: Regions) -> str:
    paths = [upwards(code, known) for code in codes]
    shared = set(paths[0]).intersection(*paths)
    return next(code for code in paths[0] if code in shared)


def _box_of(code: str, known: Regions) -> Box | None:
    boxes = (known[outer].box for outer in upwards(code, known))
    return next((box for box in boxes if box), None)
