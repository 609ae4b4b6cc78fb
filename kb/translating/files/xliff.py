"""Sets as XLIFF 2: a file for each record, a unit for each field.

What a field stands on is metadata of its unit (the module of XLIFF 2 for it), which
tools keep. Words that somebody has to look at are in the state ``initial``.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement, tostring

from kb.language import _
from kb.record.marks import HASHED, FieldState
from kb.translating.files.unit import (
    MOST_UNITS,
    Bundle,
    Trouble,
    Unit,
    Warned,
    id_of,
    refused,
)
from kb.translating.files.whole import elements, too_many
from kb.translating.files.xml_words import in_xml, put_words, words_of

NAMESPACES = {
    f"urn:oasis:names:tc:xliff:document:{number}": number for number in ("2.0", "2.2")
}
METADATA = "urn:oasis:names:tc:xliff:metadata:2.0"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
MOST_PARTS = 5000
"""Elements of one unit."""
DONE = frozenset({"translated", "reviewed", "final"})
_DIGEST = re.compile(rf"[0-9a-f]{{{HASHED}}}")


def write_units(
    units: Iterable[Unit], language: str, source_language: str
) -> Iterator[bytes]:
    """Write a set, record by record."""
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" xmlns:mda="{METADATA}"'
        f' version="2.0" srcLang="{source_language}" trgLang="{language}">\n'
    ).encode()
    for ref, fields in groupby(units, key=lambda unit: unit.ref):
        yield f'<file id="{ref}">\n'.encode()
        for unit in fields:
            yield tostring(_element(unit), encoding="utf-8") + b"\n"
        yield b"</file>\n"
    yield b"</xliff>\n"


def read_units(content: bytes) -> Bundle:
    """Read a file.

    :raises NotValid: it is no XLIFF 2, holds too much, or does not say its language.
    """
    bundle, reader = Bundle("", ""), _Reader()
    for event, element, inside in elements(content):
        name = _local(element)
        if event == "start" and not inside:
            bundle = _begun(element)
        elif event == "start":
            reader.begun(element, name)
        elif name == "unit":
            reader.unit(element, bundle.language)
        if event == "end" and inside and not reader.is_open:
            inside[-1].remove(element)
    bundle.units, bundle.warned = reader.units, reader.warned
    return bundle


def _element(unit: Unit) -> Element:
    """Give a unit, with its names written out as in the whole file."""
    element = Element("unit", {"id": unit.field, "name": unit.id, "canResegment": "no"})
    group = SubElement(SubElement(element, "mda:metadata"), "mda:metaGroup")
    group.set("category", "humus")
    for kind, said in (
        ("original", unit.hashed),
        ("version", str(unit.version)),
        ("words", unit.shown or "-"),
        ("state", unit.state),
    ):
        SubElement(group, "mda:meta", {"type": kind}).text = said
    if unit.title:
        note = SubElement(SubElement(element, "notes"), "note", {"category": "record"})
        note.text = in_xml(unit.title)
    segment = SubElement(element, "segment", _state(unit))
    put_words(SubElement(segment, "source", {"xml:space": "preserve"}), unit.source)
    if unit.words:
        put_words(SubElement(segment, "target", {"xml:space": "preserve"}), unit.words)
    return element


def _state(unit: Unit) -> dict[str, str]:
    said = "initial"
    if unit.ready:
        said = "final" if unit.state == FieldState.REVIEWED else "translated"
    return {"state": said} | ({"subState": f"humus:{unit.state}"} if unit.state else {})


def _begun(root: Element) -> Bundle:
    """Look at the outermost element."""
    space, name = _named(root)
    version = root.get("version", "")
    if name != "xliff" or space not in NAMESPACES:
        said = _("This is XLIFF %(which)s. Bring XLIFF 2.", which=version[:10] or "?")
        raise refused(said)
    language = root.get("trgLang", "")
    if not language:
        raise refused(_("The file does not say its language."))
    return Bundle(language, root.get("srcLang", ""))


class _Reader:
    """Makes units of elements, and notes what it leaves out."""

    def __init__(self) -> None:
        self.ref = ""
        self.count = self.parts = 0
        self.is_open = False
        self.units: list[Unit] = []
        self.warned: list[Warned] = []

    def begun(self, element: Element, name: str) -> None:
        """Note of which record units are, and that one begins.

        :raises NotValid: there are too many, or too much in one.
        """
        if name == "file":
            self.ref = element.get("id", "")
        elif name == "unit":
            self.is_open, self.parts = True, 0
            self.count += 1
        self.parts += self.is_open
        if self.count > MOST_UNITS or self.parts > MOST_PARTS:
            raise too_many()

    def unit(self, element: Element, language: str) -> None:
        """Take one unit."""
        self.is_open = False
        where = f"{self.ref}/{element.get('id', '')}"[:120]
        found = id_of(where)
        sources, targets = _both(element)
        if found is None:
            said: object = _("This stands for no field of a record.")
            self.warned.append(Warned(Trouble.ID, where, said))
        elif other := _other_language(targets, language):
            said = _("This is marked as another language: %(code)s.", code=other[:20])
            self.warned.append(Warned(Trouble.LANGUAGE, where, said))
        elif 0 < len(targets) < len(_segments(element)):
            said = _("Only a part of it is translated.")
            self.warned.append(Warned(Trouble.FORM, where, said))
        else:
            said_of = _metadata(element)
            self.units.append(
                Unit(
                    *found,
                    source="".join(map(words_of, sources)),
                    words="".join(map(words_of, targets)),
                    ready=bool(targets) and _is_done(element),
                    hashed=_digest(said_of.get("original", "")),
                    version=_number(said_of.get("version", "")),
                    shown=_digest(said_of["words"]) if "words" in said_of else None,
                )
            )


def _both(element: Element) -> tuple[list[Element], list[Element]]:
    """Give sources and targets; what stands between segments is in both."""
    sources, targets = [], []
    translated = any(_child(one, "target") is not None for one in _segments(element))
    for part in element:
        if _local(part) not in {"segment", "ignorable"}:
            continue
        source, target = _child(part, "source"), _child(part, "target")
        if source is not None:
            sources.append(source)
        if target is None and _local(part) == "ignorable" and translated:
            target = source
        if target is not None:
            targets.append(target)
    return sources, targets


def _segments(element: Element) -> list[Element]:
    return [part for part in element if _local(part) == "segment"]


def _is_done(element: Element) -> bool:
    return all(one.get("state", "initial") in DONE for one in _segments(element))


def _other_language(targets: list[Element], language: str) -> str:
    said = (one.get(LANGUAGE, language) for one in targets)
    return next((code for code in said if code.lower() != language.lower()), "")


def _metadata(element: Element) -> dict[str, str]:
    """Give what we wrote down of a unit."""
    group = f"{{{METADATA}}}metaGroup[@category='humus']/{{{METADATA}}}meta"
    found = element.findall(f"{{{METADATA}}}metadata/{group}")
    return {one.get("type", ""): (one.text or "").strip() for one in found}


def _digest(said: str) -> str:
    return said if _DIGEST.fullmatch(said) else ""


def _number(said: str) -> int:
    return int(said) if said.isdecimal() and len(said) < 10 else 0


def _child(element: Element, name: str) -> Element | None:
    return next((one for one in element if _local(one) == name), None)


def _named(element: Element) -> tuple[str, str]:
    space, _brace, name = element.tag.rpartition("}")
    return space.removeprefix("{"), name


def _local(element: Element) -> str:
    space, name = _named(element)
    return name if space in NAMESPACES else ""
