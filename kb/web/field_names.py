"""What the fields of records are called, where they are written and compared."""

import json
from collections.abc import Mapping, Sequence

from kb.entrance.labels import facet_labels
from kb.entrance.request import this_language
from kb.language import _, name_of
from kb.record.kind import Kind

SECTIONS: Mapping[str, object] = {
    "basics": _("Title and summary"),
    "words": _("In words"),
    "steps": _("How to do it"),
    "tags": _("Filed under"),
    "limits": _("Hard limits"),
    "effects": _("What was measured"),
    "costs": _("Costs per hectare"),
    "work": _("Work per hectare, in person-days"),
    "sites": _("Where it was done"),
    "names": _("Local names"),
    "drawings": _("Drawings"),
    "labels": _("Words in the drawing"),
    "relations": _("How it stands to others"),
}
NAMES: Mapping[str, object] = {
    "title": _("Title"),
    "summary": _("Summary in one or two sentences"),
    "credit": _("Credit"),
    "licence": _("Licence"),
    "published": _("Published"),
    "ref": _("Code"),
    "state": _("How far these words can be trusted"),
    "sources": _("Sources"),
    "began": _("Year it began"),
    "ended": _("Year it ended"),
    "how": _("How it works"),
    "where": _("Where it suits"),
    "where_not": _("Where it does not suit"),
    "inputs": _("What you need"),
    "drawbacks": _("Drawbacks"),
    "failures": _("What failed, and why"),
    "who": _("Who can do it, and who benefits"),
    "disputed": _("disputed"),
    "context": _("How things were"),
    "done": _("What was done"),
    "blocks": _("What made it work"),
    "money": _("Money"),
    "gained": _("Who gained"),
    "caution": _("Keep in mind"),
    "holds": _("What it holds"),
    "use": _("When to use it"),
    "issuer": _("Who issued it"),
    "issued": _("Year it was issued"),
    "edition": _("Edition"),
    "on_copy": _("The page read was a copy or a summary, not the publisher's own."),
    "written_in": _("Language of the document, as a code"),
    "terms": _("Licence of the document"),
    "region": _("For which region, as a code: 001 the world, 011 West Africa, BF"),
    "question": _("The question"),
    "answer": _("The answer"),
    "words": _("In words"),
    "season": _("When"),
    "weeks": _("Weeks after it (with a minus: before it)"),
    "icon": _("Drawing of what is done"),
    "drawing": _("Drawings that show it"),
    "limit": _("What limits it"),
    "at_least": _("At least"),
    "at_most": _("At most"),
    "unit": _("Unit"),
    "source": _("Source"),
    "indicator": _("Measured"),
    "value": _("Result"),
    "low": _("Lowest"),
    "high": _("Highest"),
    "spread": _("What lowest and highest are"),
    "bound": _("The source gives a limit only"),
    "about": _("The source says “about”"),
    "baseline": _("Before"),
    "after": _("After"),
    "years": _("Years"),
    "depth_cm": _("Depth in the soil, cm: from, to"),
    "n": _("Number"),
    "counted": _("What was counted"),
    "comparator": _("Compared with"),
    "method": _("Method"),
    "wider": _("For a wider group, not for this alone"),
    "phase": _("Phase"),
    "quantity": _("Quantity"),
    "unit_cost": _("Cost of one"),
    "currency": _("Currency, three letters"),
    "year": _("Year"),
    "women_days": _("Women"),
    "men_days": _("Men"),
    "days": _("Together"),
    "place": _("Place"),
    "latitude": _("Latitude, degrees"),
    "longitude": _("Longitude, degrees"),
    "precision_km": _("Exact to about … km"),
    "text": _("Name"),
    "language": _("Language, as a code"),
    "kind": _("How they stand to each other"),
    "to": _("Other record"),
    "slm_group": _("Group of measures"),
    "citation": _("Who wrote it, when, its title, and where it appeared"),
    "doi": _("DOI"),
    "url": _("Address on the web"),
}
"""Field → its name; those by which one can search are named like the filters."""
CHOICES: Mapping[str, object] = {
    "interval": _("confidence interval"),
    "sd": _("standard deviation"),
    "se": _("standard error"),
    "range": _("range over places or treatments"),
    "at_least": _("At least"),
    "at_most": _("At most"),
    "establish": _("to set up"),
    "maintain": _("each year"),
    "goes_with": _("Goes well with"),
    "comes_before": _("Comes before"),
    "conflicts_with": _("Does not go with"),
    "uses": _("What it uses"),
    "cites": _("What it rests on"),
    "supersedes": _("Takes the place of"),
}


def section_name(name: str) -> str:
    """Name a section."""
    return str(SECTIONS.get(name, name))


def field_name(name: str) -> str:
    """Name a field."""
    return str(NAMES.get(name) or facet_labels().get(name, name))


def choice_name(code: str) -> str:
    """Name one of the choices of a field."""
    return str(CHOICES.get(code, code))


def path_name(path: Sequence[str]) -> str:
    """Name a field by its way from the top of a document."""
    rest, spoken = tuple(path[1:]), ""
    if path[0] == "texts" and rest:
        spoken, rest = f" ({name_of(rest[0], in_language=this_language())})", rest[1:]
    if rest[:1] == ("tags",):
        rest = rest[1:]
    named = [_step_name(name, first=not n) for n, name in enumerate(rest)]
    return ", ".join(named or [str(_("All of it"))]) + spoken


def form_name(name: str) -> str:
    """Name a field by how forms call it, such as ``effects.0.unit``."""
    first, _dot, rest = name.partition(".")
    if first in {"text", "facts", "tags"}:
        return field_name(rest.partition(".")[0])
    number, _dot, last = rest.partition(".")
    row = f"{section_name(first)} {int(number) + 1}" if number.isdigit() else ""
    inner = field_name(last.partition(".")[0]) if last else ""
    return ", ".join(part for part in (row or section_name(first), inner) if part)


def wanted_name(name: str) -> str:
    """Name something that a complete record has."""
    if name == "soc_effect":
        return str(_("What was measured of soil carbon"))
    return section_name(name) if name in SECTIONS else field_name(name)


def section_of_field(name: str, kind: Kind) -> str:
    """Give the section in which a field is filled in, by how forms call the field."""
    first, _dot, rest = name.partition(".")
    if first == "text" and rest.partition(".")[0] in kind.sections:
        return "words"
    return "basics" if first in {"text", "facts"} or first not in SECTIONS else first


def plainly(value: object) -> str:
    """Write any value of a document for a person to compare."""
    if value is None:
        return str(_("nothing"))
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _step_name(name: str, *, first: bool) -> str:
    return section_name(name) if first and name in SECTIONS else field_name(name)


FILTERS = {
    one.__name__: one
    for one in (
        section_name,
        field_name,
        choice_name,
        path_name,
        form_name,
        wanted_name,
        section_of_field,
        plainly,
    )
}
