"""Drawing a shape with words as its labels, in any language and direction."""

import unicodedata
from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement, fromstring

from kb.language import direction
from kb.record.parts import DRAWING, LABEL
from kb.record.reading import Reading, Said
from kb.vocabulary.shapes import LEADS, SVG, written

SIZE = 14
"""Of the letters, in units of the shape."""
LINE = 17
USUAL_SIGNS = 20
"""Signs on a line where the shape does not say how many fit."""
_TEXT = f"{{{SVG}}}text"
_TURNED = {"start": "end", "middle": "middle", "end": "start"}


def drawn(svg: str, code: str, reading: Reading, *, words: bool = True) -> str:
    """Give a drawing with the labels of a record; those it does not have are left out.

    :param svg: as `kb.vocabulary.shapes.read_shape` keeps it.
    :param code: of the drawing, in the list ``drawing``.
    :param words: whether there are to be any.
    """
    root = fromstring(svg)  # noqa: S314  (checked when it was taken in)
    root.set("font-family", "sans-serif")
    root.set("font-size", str(SIZE))
    told = reading.part(f"{DRAWING}{code}")
    if told:
        title = Element(f"{{{SVG}}}title", {"lang": told.language})
        title.text = told.words
        root.insert(0, title)
    begin = f"{LABEL}{code}-"
    words = words and reading.says_any(begin)
    for place, inner in _labels(root):
        label = inner.get("id", "")
        said = reading.part(f"{begin}{label}") if words else None
        if said and inner.tag == _TEXT:
            _write(inner, said)
        elif inner.tag == _TEXT or (label == LEADS and not words):
            place.remove(inner)
    return written(root)


def _labels(root: Element) -> Iterator[tuple[Element, Element]]:
    """Give what is there for words: where it stands, and the element."""
    found = [(place, inner) for place in root.iter() for inner in place]
    return ((p, i) for p, i in found if i.tag == _TEXT or i.get("id") == LEADS)


def _write(text: Element, said: Said) -> None:
    """Put words into a label, whose place does not depend on the way they run.

    What begins at a point begins there for those who read from the right, too: they
    see its end there, so that no word runs into the drawing.
    """
    lines = _lines(said.words, int(text.attrib.pop("data-signs", USUAL_SIGNS)))
    anchor = text.get("text-anchor", "start")
    x, y = text.get("x", "0"), float(text.get("y", 0)) - LINE * (len(lines) - 1) / 2
    text.set("lang", said.language)
    runs = direction(said.language)
    text.set("direction", runs)
    text.set("text-anchor", _TURNED[anchor] if runs == "rtl" else anchor)
    text.set("stroke", "#fff")
    text.set("stroke-width", "3")
    text.set("paint-order", "stroke")
    for number, line in enumerate(lines):
        one = SubElement(text, f"{{{SVG}}}tspan")
        one.set("x", x)
        one.set("y", f"{y + LINE * number:g}")
        one.text = line


def _lines(words: str, signs: int) -> list[str]:
    """Break words into lines of so many signs; what has no spaces breaks anywhere."""
    lines = [""]
    for piece in _pieces(" ".join(words.split())):
        together = lines[-1] + piece
        if lines[-1] and _wide(together.rstrip()) > signs:
            lines.append(piece)
        else:
            lines[-1] = together
    return [line.strip() for line in lines]


def _pieces(words: str) -> Iterator[str]:
    piece = ""
    for sign in words:
        piece += sign
        if sign == " " or unicodedata.east_asian_width(sign) == "W":
            yield piece
            piece = ""
    if piece:
        yield piece


def _wide(words: str) -> int:
    """Give how wide words are, in letters; marks above and below take no room."""
    wide = (2 if unicodedata.east_asian_width(s) == "W" else 1 for s in words)
    none = sum(unicodedata.category(s) in {"Mn", "Cf"} for s in words)
    return sum(wide) - none
