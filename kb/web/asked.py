"""From the address of a page to a search, and back."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from flask import request

from kb.entrance.labels import _, facet_labels, known_values, value_label
from kb.entrance.request import this_language
from kb.errors import NotValid
from kb.search.document import FACETS, Query
from kb.search.service import Results, checked


def asked() -> Query:
    """Read the search from the address.

    :raises NotValid: a facet value, order or page that does not exist.
    """
    filters = {
        name: tuple(dict.fromkeys(v for v in request.args.getlist(name) if v))
        for name in FACETS
    }
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


def as_query_string(query: Query, **changed: object) -> str:
    """Write a search as the end of an address; what is usual is left out.

    :param changed: words, sort, exact or page, where they are to be other ones.
    """
    words = str(changed.get("words", query.words))
    said = [("q", words)] if words else []
    for name in FACETS:
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


@dataclass(frozen=True)
class Facet:
    """One list that results can be narrowed by."""

    name: str
    label: str
    choices: list[Choice]

    @property
    def in_use(self) -> bool:
        """Say whether something in it is chosen."""
        return any(choice.chosen for choice in self.choices)


def facets_of(results: Results) -> list[Facet]:
    """Give the facets that can narrow these results, biggest values first."""
    labels = facet_labels()
    shown = []
    for name in FACETS:
        counts = dict(results.facets.get(name, {}))
        chosen = results.query.filters.get(name, ())
        counts |= {value: 0 for value in chosen if value not in counts}
        choices = [
            Choice(value, value_label(name, value), count, value in chosen)
            for value, count in sorted(counts.items(), key=lambda c: (-c[1], c[0]))
        ]
        if choices:
            shown.append(Facet(name, labels[name], choices))
    return shown
