"""What the drawing of a vocabulary may hold, and taking it apart safely.

A *shape* is an SVG of `WIDTH` by `HEIGHT` without a word in it. Each *label* of it is
an empty ``text`` with an ``id``: there the words of a record are put in the language of
whoever reads it. ``data-signs`` says how many signs fit on a line. What only leads from
a label to what it names has the id ``leads``, and goes where the labels go.

Only plain outlines are let in: nothing that runs, asks for another file, or holds
another kind of document. What is kept is written anew from what was understood.
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError, indent, tostring

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from kb.errors import NotValid
from kb.language import _

SCHEME = "drawing"
WIDTH, HEIGHT = 400, 300
"""Of every drawing, in its own units."""
LARGEST = 20_000
"""Bytes of a drawing."""
MOST_ELEMENTS, DEEPEST = 300, 8
LEADS = "leads"
SVG = "http://www.w3.org/2000/svg"

_PAINT = (
    "fill",
    "fill-opacity",
    "stroke",
    "stroke-dasharray",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-opacity",
    "stroke-width",
    "opacity",
    "transform",
)
MAY_HAVE: dict[str, frozenset[str]] = {
    name: frozenset({*_PAINT, "id", *own})
    for name, own in {
        "g": (),
        "path": ("d",),
        "rect": ("x", "y", "width", "height", "rx", "ry"),
        "circle": ("cx", "cy", "r"),
        "ellipse": ("cx", "cy", "rx", "ry"),
        "line": ("x1", "y1", "x2", "y2"),
        "polyline": ("points",),
        "polygon": ("points",),
    }.items()
} | {
    "svg": frozenset({"viewBox"}),
    "text": frozenset({"id", "x", "y", "text-anchor", "data-signs"}),
}
"""Element → the attributes it may have; no other is let in."""
_VALUE = re.compile(r"[-+.,%() 0-9A-Za-z\n]*")
_LABEL = re.compile("[a-z0-9_]{1,40}")
_NUMBER = re.compile(r"\d{1,3}(\.\d)?")
_COLOUR = re.compile("none|currentColor|#[0-9a-f]{3}([0-9a-f]{3})?")
_MUST_BE = {
    "fill": _COLOUR,
    "stroke": _COLOUR,
    "text-anchor": re.compile("start|middle|end"),
    "data-signs": re.compile("[1-9][0-9]?"),
    "viewBox": re.compile(f"0 0 {WIDTH} {HEIGHT}"),
    "id": _LABEL,
}


def read_shape(content: bytes) -> tuple[str, list[str]]:
    """Give a drawing as it is kept, and the names of its labels.

    :raises NotValid: it is no SVG, or holds something that is not let in; what and
        where is said in ``problems``.
    """
    root = _parsed(content)
    found = [*_problems(root)]
    labels = [str(one.get("id")) for one in root.iter(f"{{{SVG}}}text")]
    if len(labels) != len(set(labels)):
        found.append("a label stands twice")
    if found:
        raise refused(*found)
    for one in root.iter():
        one.text = one.tail = None
    indent(root, space="")
    return written(root), labels


def written(root: Element) -> str:
    """Write a drawing so that browsers know it for one."""
    for one in root.iter():
        one.tag = one.tag.rpartition("}")[2]
    root.set("xmlns", SVG)
    return tostring(root, encoding="unicode")


def refused(*problems: str) -> NotValid:
    """Say why a drawing is not taken in."""
    return NotValid(_("This drawing cannot be taken in."), {"svg": [*problems]})


def _parsed(content: bytes) -> Element:
    if len(content) > LARGEST:
        raise refused(f"larger than {LARGEST} bytes")
    try:
        root: Element = fromstring(content, forbid_dtd=True)
    except DefusedXmlException as dangerous:
        raise refused("has a document type or entities") from dangerous
    except (ParseError, ValueError, LookupError) as wrong:
        raise refused("is no XML") from wrong
    return root


def _problems(root: Element) -> Iterator[str]:
    if root.tag != f"{{{SVG}}}svg":
        yield "is no SVG"
        return
    if not root.get("viewBox"):
        yield f"has no viewBox of 0 0 {WIDTH} {HEIGHT}"
    elements = [*_walk(root, 1)]
    if len(elements) > MOST_ELEMENTS:
        yield f"has more than {MOST_ELEMENTS} elements"
    for element, depth in elements[:MOST_ELEMENTS]:
        if depth > DEEPEST:
            yield f"is nested deeper than {DEEPEST}"
            return
        yield from _problems_of(element, top=depth == 1)


def _walk(element: Element, depth: int) -> Iterator[tuple[Element, int]]:
    waiting = [(element, depth)]
    while waiting:
        one, deep = waiting.pop()
        yield one, deep
        waiting += [(inner, deep + 1) for inner in one]


def _problems_of(element: Element, *, top: bool) -> Iterator[str]:
    space, _brace, name = element.tag.rpartition("}")
    if space != f"{{{SVG}" or name not in MAY_HAVE or top != (name == "svg"):
        yield f"<{name}> is not let in"
        return
    if (element.text or "").strip() or (element.tail or "").strip():
        yield f"<{name}> holds words"
    for attribute, value in element.items():
        if attribute not in MAY_HAVE[name]:
            yield f"{attribute} is not let in at <{name}>"
        elif not _MUST_BE.get(attribute, _VALUE).fullmatch(value):
            yield f"{attribute} of <{name}> is not let in: {value[:40]}"
    if name == "text":
        yield from _problems_of_label(element)


def _problems_of_label(label: Element) -> Iterator[str]:
    if not label.get("id") or label.get("id") == LEADS:
        yield "a <text> has no id that names its label"
    if not all(_NUMBER.fullmatch(label.get(at, "")) for at in ("x", "y")):
        yield "a <text> does not say where it stands"
    if len(label):
        yield "<text> holds other elements"
