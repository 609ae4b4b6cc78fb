"""Soil as shares of groups, and what such a soil is expected to be like.

A soil is never announced as one group: asked about 2,667 described soils, the field key
put the right group first for one in four. What holds is the *expected behaviour* over
all groups (design of the regions, section 3.3).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

Shares = Mapping[str, float]
"""Group to share; the shares sum to 1."""


@dataclass(frozen=True)
class Behaviour:
    """What a soil does, each from 0 (none) to 1 (most)."""

    clay: float
    """Of the whole profile. Where clay lies under a light topsoil it says more than
    the farmer feels: it agrees with measured topsoils only at a rank correlation of
    0.57 (pH 0.92, organic carbon 0.88), so `Place.clay_percent` is compared apart."""
    nutrients: float
    """How much it holds."""
    bases: float
    """From very sour to lime all through."""
    wetness: float
    rooting: float
    """Depth that roots can use."""
    organic: float
    salt: float

    def numbers(self) -> tuple[float, ...]:
        """Give all seven, in the order of `AXES_OF_SOIL`."""
        return (
            self.clay,
            self.nutrients,
            self.bases,
            self.wetness,
            self.rooting,
            self.organic,
            self.salt,
        )


AXES_OF_SOIL = tuple(Behaviour.__dataclass_fields__)

SOIL_LIMIT = 0.6
"""Gap in behaviour beyond which a soil has nothing in common with another."""

_TABLE = """
HS peat       ORG   30  70  30  95  80 100   0
AT other      HAC   50  60  60  40  90  60   0
TC other      HAC   40  40  60  20  30  30  10
CR other      HAC   40  50  40  80  20  70   0
LP thin       HAC   40  50  50  10   0  40   0
SN salty      HAC   70  60 100  40  50  20  70
VR cracking   HAC  100 100  70  40  90  40  10
SC salty      HAC   50  50  90  50  70  20 100
GL wet        WET   60  60  50 100  60  50   5
AN dark       VOL   30  70  40  10  90  80   0
PZ sandy      SPO    5  15  10  30  60  40   0
PT weathered  LAC   50  15  30  50  30  25   0
PL wet        HAC   60  40  40  70  50  25   5
ST wet        WET   60  50  40  70  60  35   0
NT weathered  LAC   80  40  45   5 100  45   0
FR weathered  LAC   70  10  25   5 100  35   0
CH dark       HAC   50  90  80  10 100  85   0
KS dark       HAC   50  80  85   5  90  60   5
PH dark       HAC   50  85  65  15 100  75   0
UM dark       HAC   40  50  25  20  70  80   0
DU ordinary   LAC   40  40  75   5  35  15  10
GY ordinary   HAC   35  40  90   5  60  10  30
CL ordinary   HAC   45  60  90   5  60  20  10
RT ordinary   HAC   40  45  35  40  80  30   0
AC weathered  LAC   50  20  20  10  90  25   0
LX weathered  LAC   45  20  50  10  90  20   0
AL ordinary   HAC   60  60  15  15  90  30   0
LV ordinary   HAC   50  70  60  15  90  30   0
CM ordinary   HAC   45  55  50  10  80  35   0
FL ordinary   HAC   40  60  55  40  90  35   5
AR sandy      SAN    0  10  45   0  90  10   0
RG ordinary   HAC   35  40  50   5  60  20   0
"""
"""Group, family, IPCC class, behaviour in hundredths.

The behaviour is expert judgement. Of the design's eleven families two pairs that behave
nearly alike are one: volcanic with dark, lime with ordinary. The IPCC classes are those
of the 2006 Guidelines, Vol. 4, Table 2.3; for AT TC CR SC PL FL (high activity) and PT
(low), which it does not list, judgement. Nothing here is translated and code leans on
every row, so it stands here and not in the seeds; the plain lines of the groups are
names of the vocabulary ``soil``.
"""

_ROWS = [line.split() for line in _TABLE.split("\n") if line]

GROUPS = tuple(row[0] for row in _ROWS)
"""The 32 reference groups of WRB 2022, in the order of its key."""

FAMILY: Mapping[str, str] = MappingProxyType({row[0]: row[1] for row in _ROWS})
IPCC_SOIL: Mapping[str, str] = MappingProxyType({row[0]: row[2] for row in _ROWS})
BEHAVIOUR: Mapping[str, Behaviour] = MappingProxyType(
    {row[0]: Behaviour(*(float(x) / 100 for x in row[3:])) for row in _ROWS}
)
FAMILIES = (*sorted({*FAMILY.values()} - {"other"}), "other")
"""Nine families of soils that behave alike, and what belongs to none."""

TRUST_IN_MAP, TRUST_IN_RASTER = 1.0, 2.0
"""What a soil map of the world and an administrator's own layer count together."""


def expected(soil: Shares) -> Behaviour:
    """Give the behaviour to expect of a soil known by its shares."""
    parts = [(share, BEHAVIOUR[group].numbers()) for group, share in soil.items()]
    return Behaviour(
        *(sum(share * row[i] for share, row in parts) for i in range(len(AXES_OF_SOIL)))
    )


def behaviour_alike(a: Behaviour, b: Behaviour) -> float:
    """Say how alike two soils behave, 0 to 1.

    Half by the mean gap, half by the largest: one great difference, such as salt, must
    not be lost among six axes that agree.
    """
    gaps = _gaps(a, b)
    gap = (sum(gaps) / len(gaps) + max(gaps)) / 2
    return max(0.0, 1 - gap / SOIL_LIMIT)


def differs_most(a: Behaviour, b: Behaviour) -> str:
    """Name the axis, such as ``clay``, on which two soils differ most."""
    gaps = _gaps(a, b)
    return AXES_OF_SOIL[gaps.index(max(gaps))]


def _gaps(a: Behaviour, b: Behaviour) -> list[float]:
    return [abs(x - y) for x, y in zip(a.numbers(), b.numbers(), strict=True)]


def soil_certainty(soil: Shares) -> float:
    """Say how much the shares tell of any one field there: 1 for one group alone.

    It is how alike a field is on average to the behaviour that stands for all of them:
    about 0.5 when nothing is known.
    """
    mean = expected(soil)
    return sum(s * behaviour_alike(BEHAVIOUR[g], mean) for g, s in soil.items())


def mix(opinions: Iterable[tuple[Shares, float]]) -> dict[str, float]:
    """Put several accounts of the same soil together, each counting as much as said.

    :param opinions: shares, and what they count: any positive figure.
    :returns: shares that sum to 1; of no account, all groups alike.
    """
    told = [(shares, weight) for shares, weight in opinions if shares]
    total = sum(weight for _shares, weight in told)
    if not told:
        return dict.fromkeys(GROUPS, 1 / len(GROUPS))
    return {
        group: sum(weight * s.get(group, 0.0) for s, weight in told) / total
        for group in GROUPS
    }


def prior_of(
    map_shares: Shares | None = None, raster: Shares | None = None
) -> dict[str, float]:
    """Say what soil to expect before anybody is asked.

    Both may be missing. An administrator loads a layer because it is better than the
    world map, so it counts `TRUST_IN_RASTER`; what a person answers then goes on top
    with `kb.regions.field_key.soil_shares`.
    """
    return mix([(map_shares or {}, TRUST_IN_MAP), (raster or {}, TRUST_IN_RASTER)])


def family_shares(soil: Shares) -> dict[str, float]:
    """Give the share of each family of soils, the largest first."""
    found: dict[str, float] = {}
    for group, share in soil.items():
        found[FAMILY[group]] = found.get(FAMILY[group], 0.0) + share
    return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


def ipcc_soil_shares(soil: Shares) -> dict[str, float]:
    """Give the share of each IPCC soil class (``HAC``, ``LAC`` …), the largest first.

    What is more than 70 % sand with less than 8 % clay is ``SAN`` whatever its group;
    only a place with figures for both can tell, so it is not done here.
    """
    found: dict[str, float] = {}
    for group, share in soil.items():
        found[IPCC_SOIL[group]] = found.get(IPCC_SOIL[group], 0.0) + share
    return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


def shares_like(behaviour: Behaviour) -> dict[str, float]:
    """Give the groups that behave so, the more alike the larger their share.

    For a soil of which only the behaviour is known; empty if no group comes near.
    """
    near = {g: behaviour_alike(behaviour, BEHAVIOUR[g]) ** 4 for g in GROUPS}
    total = sum(near.values())
    return {g: v / total for g, v in near.items() if v} if total else {}
