"""What holds what, read once: the order of `kb.regions.tree` without asking each time.

`Holding.around` gives the codes that `kb.regions.tree.ancestors` gives, in its order;
a test holds the two together.
"""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.regions.models import Region, RegionMember
from kb.regions.tree import DEEPEST, NEARNESS


@dataclass(frozen=True)
class Holding:
    """All regions with what each lies in."""

    parents: Mapping[str, str | None]
    kinds: Mapping[str, str]
    named: Mapping[str, tuple[str, ...]]
    """Country or district → the named regions it is a member of."""
    sizes: Mapping[str, tuple[int, int]]
    """Named region → how many countries and how many members it has."""

    def around(self, code: str) -> list[str]:
        """Give a region and all that hold it, nearest first; nothing if unknown."""
        up: list[str] = []
        step: str | None = code if code in self.parents else None
        while step is not None and len(up) <= DEEPEST:
            up.append(step)
            step = self.parents.get(step)
        depth = {each: n for n, each in reversed(list(enumerate(up)))}
        for each in up:
            for named in self.named.get(each, ()):
                depth.setdefault(named, DEEPEST)
        return sorted(depth, key=lambda one: self._nearness(one, depth[one]))

    def nearest_with(self, code: str, has: Container[str]) -> str | None:
        """Give the nearest region that has something: itself or one that holds it.

        :param has: codes of all regions that have it.
        """
        return next((one for one in self.around(code) if one in has), None)

    def _nearness(self, code: str, depth: int) -> tuple[int, int, int, int, str]:
        kind = NEARNESS.get(self.kinds[code], 9) if depth else 0
        return (kind, depth, *self.sizes.get(code, (0, 0)), code)


def read_holding(session: Session) -> Holding:
    """Read what holds what, in two queries."""
    regions = session.execute(select(Region.code, Region.parent_code, Region.kind))
    rows = regions.all()
    pairs = select(RegionMember.member_code, RegionMember.region_code)
    members = session.execute(pairs).all()
    named: dict[str, tuple[str, ...]] = {}
    held: dict[str, list[str]] = {}
    for member, region in members:
        named[member] = (*named.get(member, ()), region)
        held.setdefault(region, []).append(member)
    return Holding(
        parents={code: parent for code, parent, _kind in rows},
        kinds={code: kind for code, _parent, kind in rows},
        named=named,
        sizes={code: _size(each) for code, each in held.items()},
    )


def _size(members: Iterable[str]) -> tuple[int, int]:
    listed = list(members)
    return len({member[:2] for member in listed}), len(listed)
