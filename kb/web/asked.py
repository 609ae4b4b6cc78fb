"""From the address of a page to a search, and back."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from flask import request

from kb.entrance.labels import (
    _,
    facet_labels,
    known_values,
    unit_label,
    value_label,
)
from kb.entrance.levels import this_levels
from kb.entrance.request import this_language
from kb.errors import NotValid
from kb.search.document import FILTERS, Query
from kb.search.levels import greater
from kb.search.ranges import BANDS, RANGES, read_range
from kb.search.service import Results, checked

FROM, TO = "-from", "-to"
"""Behind the name of a range: the fields of a form for its ends."""
WORLD = "001"


def asked() -> Query:
    """Read the search from the address.

    :raises NotValid: a facet value, order or page that does not exist, or a range that
        is none.
    """
    filters = {name: tuple(dict.fromkeys(_said(name))) for name in FILTERS}
    try:
        page = int(request.args.get("page") or 1)
    except ValueError as wrong:
        problem = {"page": [_("There is no such page.")]}
        raise NotValid(_("This search cannot be answered."), problem) from wrong
    query = Query(
        words=request.args.get("q", ""),
        language=this_language(),
        filters={name: values for name, values in filters.items() if values},
        sort=request.args.get("sort") or "best",
        page=page,
        exact=request.args.get("exact") == "1",
    )
    return checked(query, known_values())


def _said(name: str) -> list[str]:
    """Give the values of a filter, and the range that was typed in, if one was."""
    values = [value for value in request.args.getlist(name) if value]
    ends = [request.args.get(name + end, "").strip() for end in (FROM, TO)]
    if name in RANGES and any(ends):
        values.append("..".join(ends))
    return values


def as_query_string(query: Query, **changed: object) -> str:
    """Write a search as the end of an address; what is usual is left out.

    :param changed: words, sort, exact or page, where they are to be other ones.
    """
    words = str(changed.get("words", query.words))
    said = [("q", words)] if words else []
    for name in FILTERS:
        said += [(name, value) for value in query.filters.get(name, ())]
    sort, page = str(changed.get("sort", query.sort)), changed.get("page", 1)
    if sort != "best":
        said.append(("sort", sort))
    if changed.get("exact", query.exact):
        said.append(("exact", "1"))
    if page != 1:
        said.append(("page", str(page)))
    return "?" + urlencode(said) if said else "?"


def without(query: Query, name: str, value: str) -> str:
    """Write a search with one filter value lifted."""
    rest = tuple(v for v in query.filters.get(name, ()) if v != value)
    filters = {**query.filters, name: rest}
    return as_query_string(replace(query, filters=filters))


@dataclass(frozen=True)
class Choice:
    """One value of a facet as a reader sees it."""

    value: str
    label: str
    count: int
    chosen: bool
    inside: tuple["Choice", ...] = ()
    """What lies in it."""

    @property
    def unfolded(self) -> bool:
        """Say whether something in it is chosen."""
        return any(choice.chosen or choice.unfolded for choice in self.inside)


@dataclass(frozen=True)
class Span:
    """The two fields of a range, as they were filled in."""

    low: int | None
    high: int | None
    unit: str


@dataclass(frozen=True)
class Facet:
    """One list that results can be narrowed by."""

    name: str
    label: str
    choices: list[Choice]
    span: Span | None = None
    """Only of a range."""

    @property
    def in_use(self) -> bool:
        """Say whether something in it is chosen."""
        typed = self.span and (self.span.low, self.span.high) != (None, None)
        return bool(typed) or any(c.chosen or c.unfolded for c in self.choices)


def facets_of(results: Results) -> list[Facet]:
    """Give the facets and ranges that can narrow these results.

    Countries stand among the regions; they have a list of their own only where somebody
    came with a country in the address.
    """
    labels, shown = facet_labels(), []
    for name in FILTERS:
        counts = results.facets.get(name, {})
        chosen = results.query.filters.get(name, ())
        if (not counts and not chosen) or (name == "country" and not chosen):
            continue
        shown.append(
            Facet(name, labels[name], *_range(name, counts, chosen))
            if name in RANGES
            else Facet(name, labels[name], _nested(name, counts, chosen))
        )
    return shown


def _nested(
    name: str, counts: Mapping[str, int], chosen: tuple[str, ...]
) -> list[Choice]:
    """Give the values of a facet, biggest first; what lies in one stands under it."""
    levels = this_levels().get(name, {})
    counted = dict(sorted(counts.items(), key=lambda c: (-c[1], c[0])))
    for value in chosen:
        for each in (value, *greater(value, levels)):
            counted.setdefault(each, 0)
    if WORLD not in chosen:
        counted.pop(WORLD, None)
    inside: dict[str, list[str]] = {}
    for value in counted:
        above = levels.get(value, "")
        inside.setdefault(above if above in counted else "", []).append(value)

    def choice(value: str) -> Choice:
        return Choice(
            value,
            value_label(name, value),
            counted[value],
            value in chosen,
            tuple(map(choice, inside.get(value, ()))),
        )

    return list(map(choice, inside.get("", ())))


def _range(
    name: str, counts: Mapping[str, int], chosen: tuple[str, ...]
) -> tuple[list[Choice], Span]:
    """Give the bands of a range from low to high, and what was typed in."""
    typed = [read_range(value) for value in chosen if value not in BANDS[name]]
    known = [band for band in BANDS[name] if band in counts or band in chosen]
    span = typed[-1] if typed else None
    low, high = (span.low, span.high) if span else (None, None)
    return [
        Choice(band, value_label(name, band), counts.get(band, 0), band in chosen)
        for band in known
    ], Span(low, high, unit_label(name))
