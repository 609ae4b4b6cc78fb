"""Files as a whole: which kind one is, how XML is read, and what is refused."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import TypeAlias
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from kb.errors import NotValid
from kb.language import _
from kb.translating.files.unit import LARGEST, MOST_UNITS, refused

DEEPEST = 30
"""Elements within each other."""
PACKED = (b"PK\x03\x04", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"Rar!")
"""How files begin that hold others."""
MARKS = (b"\xff\xfe", b"\xfe\xff")
"""How files in UTF-16 begin."""
Step: TypeAlias = tuple[str, Element, list[Element]]
"""``start`` or ``end``, an element, and those that it stands in."""


def kind_of(content: bytes) -> str:
    """Say what a file is: ``po`` or ``xliff``, whatever it is called.

    :raises NotValid: it is neither, is packed, or larger than is taken in.
    """
    if len(content) > LARGEST:
        most = LARGEST // 10**6
        raise refused(_("The file is larger than %(most)s MB.", most=most))
    if content.startswith(PACKED):
        raise refused(_("This is a packed file. Unpack it, and bring what is in it."))
    if content.startswith(MARKS):
        raise refused(_("The file is not written in UTF-8."))
    begins = content[:20_000].removeprefix(b"\xef\xbb\xbf").lstrip()
    if b"<xliff" in begins:
        return "xliff"
    if not begins.startswith(b"<") and b"msgid" in content:
        return "po"
    raise refused(_("This is neither a PO nor an XLIFF file."))


def too_many() -> NotValid:
    """Give the refusal of a file with too many units."""
    said = _(
        "The file holds more than %(most)s texts. Bring it in parts.", most=MOST_UNITS
    )
    return refused(said)


def elements(content: bytes) -> Iterator[Step]:
    """Read XML element by element: no entities, nothing from elsewhere, not too deep.

    Whoever asks takes what it has read out of an element, so that all is never held.

    :raises NotValid: it is no XML, or holds what is not let in.
    """
    with _told_why():
        inside: list[Element] = []
        events = iterparse(BytesIO(content), events=("start", "end"), forbid_dtd=True)
        for event, element in events:
            if event == "start":
                if len(inside) == DEEPEST:
                    raise refused(_("The file is nested too deeply."))
                yield event, element, inside
                inside.append(element)
            else:
                inside.pop()
                yield event, element, inside


@contextmanager
def _told_why() -> Iterator[None]:
    try:
        yield
    except DefusedXmlException as wrong:
        said = _("The file declares a document type or entities; save it without.")
        raise refused(said) from wrong
    except (ParseError, ValueError, LookupError) as wrong:
        told = " ".join(str(wrong).split())[:200]
        raise refused(_("This is no XML: %(why)s", why=told)) from wrong
