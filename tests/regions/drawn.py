"""Places as hypothesis draws them: anything from nothing known to everything."""

from hypothesis import settings
from hypothesis import strategies as st

from kb.regions.axes import AXES, Rain
from kb.regions.land_use import LAND_USES
from kb.regions.places import Place
from kb.regions.soil import GROUPS, Behaviour

some = settings(max_examples=25, deadline=None)
"""Enough for a place, which takes many draws; a slow machine is no failure."""

UNIT = st.floats(0, 1)
FIGURES = {
    "mat_c": (-20, 32),
    "map_mm": (0, 4000),
    "ai": (0, 5),
    "seasonality": (0, 150),
    "ph": (3, 10),
    "clay_percent": (0, 90),
    "soc_percent": (0, 40),
    "altitude_m": (-400, 4500),
    "slope_percent": (0, 80),
}


def shares(codes):
    return st.dictionaries(
        st.sampled_from(sorted(codes)), st.floats(0.01, 1), max_size=4
    )


def maybe(strategy):
    return st.none() | strategy


def places():
    return st.builds(
        Place,
        climate=shares(AXES),
        heat=maybe(st.floats(0, 6)),
        wetness=maybe(st.floats(0, 4)),
        rain=maybe(st.sampled_from(Rain)),
        soil=shares(GROUPS),
        behaviour=maybe(st.builds(Behaviour, *[UNIT] * 7)),
        land_use=st.sampled_from(["", *LAND_USES]),
        **{name: maybe(st.floats(*span)) for name, span in FIGURES.items()},
    )
