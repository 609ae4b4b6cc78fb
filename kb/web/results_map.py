"""The results of a search on a map of the world, and the same as a list."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from flask import Blueprint, render_template

from kb.entrance.address import LANG
from kb.entrance.labels import value_label
from kb.entrance.named import this_thesaurus
from kb.entrance.place import this_nearness, this_said
from kb.entrance.request import office, this_session
from kb.record.models import Site
from kb.regions.drawing import View, grouped, outline, view_of
from kb.search.service import search
from kb.search.shown import Shown
from kb.web.asked import as_query_string, asked, without

pages = Blueprint("map", __name__, url_prefix=LANG)

MOST_HITS = 500
"""Best results that are looked through for sites."""

WIDTH, FINER = 480, 2
"""Units of the drawing from west to east; the coasts are drawn finer."""

APART = 26
"""Units between two dots, so that each can be hit."""


@dataclass(frozen=True)
class Pin:
    """A site of a result, where it is drawn."""

    shown: Shown
    site: Site
    x: float
    y: float
    wide: float
    high: float
    """How far the site is known to lie from there, at most."""


@dataclass(frozen=True)
class Dot:
    """Sites that fall together; it lies where the first does."""

    pins: tuple[Pin, ...]

    @property
    def first(self) -> Pin:
        """Give the site of the best result."""
        return self.pins[0]


@pages.get("/map")
def results(lang: str) -> str:
    """Show where the results of a search were tried; it is all in the address."""
    query = replace(asked(), page=1, per_page=MOST_HITS)
    found = search(
        this_session(), office().index, query, this_nearness(), this_thesaurus()
    )
    view = view_of([*_places(found.shown), *_own_place()], WIDTH)
    dots = _dots(found.shown, view)
    return render_template(
        "map/map.html",
        results=found,
        view=view,
        land=outline(view.bounds, WIDTH * FINER),
        finer=FINER,
        dots=dots,
        own=[view.at(*place) for place in _own_place()],
        placed=len({pin.shown.record.id for dot in dots for pin in dot.pins}),
        address=as_query_string,
        without=without,
        value_label=value_label,
    )


def _dots(found: Sequence[Shown], view: View) -> list[Dot]:
    pins = list(_pins(found, view))
    groups = grouped([(pin.x, pin.y) for pin in pins], APART)
    return [Dot(tuple(pins[n] for n in group)) for group in groups]


def _pins(found: Sequence[Shown], view: View) -> Iterator[Pin]:
    for shown in found:
        for site in shown.record.sites:
            if site.latitude is not None and site.longitude is not None:
                spot = view.at(site.latitude, site.longitude)
                reach = view.reach(site.latitude, site.precision_km or 0.0)
                yield Pin(shown, site, *spot, *reach)


def _places(found: Sequence[Shown]) -> list[tuple[float, float]]:
    return [
        (site.latitude, site.longitude)
        for shown in found
        for site in shown.record.sites
        if site.latitude is not None and site.longitude is not None
    ]


def _own_place() -> list[tuple[float, float]]:
    """Give where the reader's land is, if she said it by a point."""
    point = this_said().point
    return [(point.latitude, point.longitude)] if point else []
