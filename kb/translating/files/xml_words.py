"""Words in XML: all signs that XML knows, and how XLIFF writes those it does not."""

import re
from xml.etree.ElementTree import Element, SubElement

_NOT_IN_XML = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_HEX = re.compile("[0-9A-Fa-f]{1,6}")
LAST_SIGN = 0x10FFFF


def in_xml(words: str) -> str:
    """Give words without the signs that no XML may hold."""
    return _NOT_IN_XML.sub("", words)


def put_words(element: Element, words: str) -> None:
    r"""Write words into an element; a sign that XML does not know as ``<cp>``."""
    at, last = 0, None
    for odd in _NOT_IN_XML.finditer(words):
        _append(element, last, words[at : odd.start()])
        last = SubElement(element, "cp", {"hex": f"{ord(odd[0]):04X}"})
        at = odd.end()
    _append(element, last, words[at:])


def words_of(element: Element) -> str:
    """Read words out of an element; of codes within them, what they hold."""
    said = [element.text or ""]
    for inner in element:
        if inner.tag.endswith("}cp"):
            said.append(_sign(inner.get("hex", "")))
        else:
            said.append(words_of(inner))
        said.append(inner.tail or "")
    return "".join(said)


def _append(element: Element, last: Element | None, words: str) -> None:
    if last is None:
        element.text = words
    else:
        last.tail = words


def _sign(written: str) -> str:
    number = int(written, 16) if _HEX.fullmatch(written) else LAST_SIGN + 1
    return chr(number) if number <= LAST_SIGN else ""
