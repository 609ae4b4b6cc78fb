"""Climate zones of the IPCC and agro-climates where figures of a place are known.

Climates alone leave several zones open. Temperature, rain, aridity and altitude rule
some of them out; what is left keeps its shares. A figure that stands near a limit rules
nothing out, for it is the mean of a cell of 5 km.

Sources: IPCC 2006 Guidelines, volume 4, figure 3A.5.2, and its 2019 Refinement; for
agro-climates, limits of P/PET that give WOCAT's 75, 180 and 270 growing days by the
formula of GAEZ v4 (LGP = 14 + 293.66 MI - 61.25 MI²).
"""

from collections.abc import Collection, Mapping

ZONES = {
    "tropical_montane": "tropical",
    "tropical_wet": "tropical",
    "tropical_moist": "tropical",
    "tropical_dry": "tropical",
    "warm_temperate_moist": "warm",
    "warm_temperate_dry": "warm",
    "cool_temperate_moist": "cool",
    "cool_temperate_dry": "cool",
    "boreal_moist": "boreal",
    "boreal_dry": "boreal",
    "polar_moist": "polar",
    "polar_dry": "polar",
}
"""Zone → its belt."""
BELTS = {
    "tropical": (18.0, 99.0),
    "warm": (10.0, 99.0),
    "cool": (0.0, 10.0),
    "boreal": (-99.0, 0.0),
    "polar": (-99.0, 0.0),
}
"""Belt → mean temperature of the year, °C, from and to. Above 18 °C a place with more
than seven days of frost is warm temperate; which of the two no figure here tells."""
MONTANE = "tropical_montane"
MONTANE_M = 1000.0
WET_MM, MOIST_MM = 2000.0, 1000.0
AGROCLIMATES = {
    "arid": (0.0, 0.22),
    "semi_arid": (0.22, 0.655),
    "sub_humid": (0.655, 1.145),
    "humid": (1.145, float("inf")),
}
"""Agro-climate → P/PET from and to."""
MARGIN_C, MARGIN_M, MARGIN_SHARE = 0.5, 50.0, 0.05
"""How near to a limit a figure rules nothing out; rain and P/PET by their share."""


FIGURES = frozenset({"mat_c", "map_mm", "ai", "altitude_m"})
"""What is looked at, by the names of `kb.regions.places.Place`."""


def known(figures: Mapping[str, float]) -> bool:
    """Say whether a figure is known that may rule a zone out."""
    return not FIGURES.isdisjoint(figures)


def ipcc_by_figures(
    candidates: Mapping[str, float],
    figures: Mapping[str, float],
    climates: Collection[str],
) -> dict[str, float]:
    """Give the IPCC zones that figures leave open, likeliest first.

    :param candidates: zone → share, from the climates.
    :param figures: of ``mat_c`` (°C), ``map_mm`` (mm a year), ``ai`` (P/PET) and
        ``altitude_m``, those that are known.
    :param climates: the classes of Köppen-Geiger around the place; they tell of frost
        (none in A) and of summers below 10 °C (E).
    """
    if not known(figures):
        return dict(candidates)
    belts = _belts(figures.get("mat_c"), climates)
    open_to = [
        zone for zone, belt in ZONES.items() if belt in belts and _fits(zone, figures)
    ]
    return _left(candidates, open_to)


def agroclimates_by_figures(
    candidates: Mapping[str, float], figures: Mapping[str, float]
) -> dict[str, float]:
    """Give the agro-climates that P/PET leaves open, likeliest first.

    Where there are no candidates, on ice and tundra, there are none.
    """
    ai = figures.get("ai")
    if ai is None or not candidates:
        return dict(candidates)
    less, more = ai * (1 - MARGIN_SHARE), ai * (1 + MARGIN_SHARE)
    return _left(
        candidates,
        [
            zone
            for zone, (low, high) in AGROCLIMATES.items()
            if more >= low and less < high
        ],
    )


def _left(
    candidates: Mapping[str, float], open_to: Collection[str]
) -> dict[str, float]:
    """Share what is left; what no climate spoke of counts only if nothing else is.

    Figures that no zone has, with these climates, say nothing.
    """
    left = {zone: share for zone, share in candidates.items() if zone in open_to}
    left = left or dict.fromkeys(open_to, 1.0) or dict(candidates)
    whole = sum(left.values())
    return {
        zone: left[zone] / whole
        for zone in sorted(left, key=left.__getitem__, reverse=True)
    }


def _belts(mat: float | None, climates: Collection[str]) -> set[str]:
    """Give the belts that temperatures leave open."""
    found = {belt for belt, (low, high) in BELTS.items() if _within(mat, low, high)}
    letters = {climate[0] for climate in climates}
    if letters == {"A"}:
        return found & {"tropical"}
    if letters == {"E"}:
        return found - {"boreal"}
    return found - {"polar"} if letters and "E" not in letters else found


def _within(mat: float | None, low: float, high: float) -> bool:
    return mat is None or low - MARGIN_C < mat <= high + MARGIN_C


def _fits(zone: str, figures: Mapping[str, float]) -> bool:
    if ZONES[zone] != "tropical":
        ai = figures.get("ai")
        return _may_be(ai, 1.0, MARGIN_SHARE, above=zone.endswith("moist"))
    high = _may_be(
        figures.get("altitude_m"), MONTANE_M, MARGIN_M, above=zone == MONTANE
    )
    if zone == MONTANE or not high:
        return high
    rain = figures.get("map_mm")
    return all(
        _may_be(rain, limit, limit * MARGIN_SHARE, above=above)
        for limit, above in (
            (WET_MM, zone == "tropical_wet"),
            (MOIST_MM, zone != "tropical_dry"),
        )
    )


def _may_be(figure: float | None, limit: float, margin: float, *, above: bool) -> bool:
    """Say whether a figure may be above a limit, or may not be, whichever is asked."""
    if figure is None or abs(figure - limit) <= margin:
        return True
    return (figure > limit) == above
