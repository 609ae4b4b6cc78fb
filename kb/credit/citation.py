"""How a record is cited: as a sentence, BibTeX, CFF-like JSON and CSL-JSON."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from unicodedata import bidirectional, category

from kb.credit.contributors import Named
from kb.credit.models import Share
from kb.language import _

PUBLISHER = "Humus"
CITED = (Share.AUTHOR, Share.LAND_USER, Share.COMPILER)
"""Who stands before the title, in this order; translators after it."""
_MARKS = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
} | {mark: rf"\{mark}" for mark in "&%$#_"}
"""What means something to TeX. Braces become words: BibTeX counts them even escaped."""


@dataclass(frozen=True)
class Cited:
    """What is said of a record wherever it is cited, in one language and version."""

    ref: str
    title: str
    language: str
    version: int
    """0 where none was kept."""
    on: date | None
    """When this version was published."""
    licence: str
    credit: str
    """Who is named if none of its authors is."""
    address: str
    """Where this very version stays."""
    contributors: Sequence[Named] = field(default=())

    @property
    def authors(self) -> list[Named]:
        """Those who are named before the title; its credit line, if nobody is."""
        named = [c for role in CITED for c in self._named(role)]
        return named or [Named(Share.AUTHOR, self.credit)]

    @property
    def translators(self) -> list[Named]:
        """Those who are named for the words in this language."""
        return [c for c in self._named(Share.TRANSLATOR) if c.language == self.language]

    @property
    def key(self) -> str:
        """Give what the citation is called in a list, in plain letters.

        >>> Cited("P-20", "", "fr", 3, None, "", "", "").key
        'humus-P-20-v3-fr'
        """
        parts = ["humus", self.ref, f"v{self.version}", self.language]
        return re.sub("[^A-Za-z0-9-]", "", "-".join(parts))

    def _named(self, role: str) -> list[Named]:
        """Give who is named in a role, nobody twice."""
        named = [c for c in self.contributors if c.role == role and c.name]
        earlier = CITED[: CITED.index(role)] if role in CITED else ()
        before = {(c.name, c.orcid) for c in self.contributors if c.role in earlier}
        return [c for c in dict.fromkeys(named) if (c.name, c.orcid) not in before]


def as_text(cited: Cited) -> str:
    """Give a sentence in the reader's language, on one line."""
    names = ", ".join(_line(one.name) for one in cited.authors)
    year = f" ({cited.on.year})" if cited.on else ""
    said = [PUBLISHER, cited.ref]
    if cited.version:
        said.append(str(_("Version %(number)s", number=cited.version)))
    parts = [f"{names}{year}: {_line(cited.title)}"]
    if cited.translators:
        by = ", ".join(_line(one.name) for one in cited.translators)
        parts.append(str(_("Translated by %(names)s", names=by)))
    if cited.on:
        said.append(_upright(cited.on, " ".join([*parts, *said])))
    return ". ".join([*parts, ", ".join(said), cited.licence, cited.address])


def as_bibtex(cited: Cited) -> str:
    """Give an entry for BibTeX and BibLaTeX, in UTF-8; names are not taken apart."""
    said = {
        "author": _names(cited.authors),
        "title": f"{{{_escaped(cited.title)}}}",
        "translator": _names(cited.translators),
        "year": str(cited.on.year) if cited.on else "",
        "date": cited.on.isoformat() if cited.on else "",
        "version": str(cited.version or ""),
        "number": cited.ref,
        "publisher": PUBLISHER,
        "language": cited.language,
        "url": cited.address,
        "note": _escaped(cited.licence),
    }
    lines = [f"  {name} = {{{value}}}" for name, value in said.items() if value]
    return "@misc{" + ",\n".join([cited.key, *lines]) + "\n}\n"


def as_cff(cited: Cited) -> dict[str, Any]:
    """Give what a CITATION.cff would hold, as JSON.

    Names are whole, as people wish them: they stand as ``name``, not taken apart.
    Source: Citation File Format 1.2.0.
    """
    said: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": as_text(cited),
        "type": "dataset",
        "title": _line(cited.title),
        "authors": [_entity(one) for one in cited.authors],
        "identifiers": [{"type": "other", "value": cited.ref}],
        "languages": [cited.language],
        "license": spdx(cited.licence),
        "url": cited.address,
        "version": str(cited.version or ""),
        "date-released": cited.on.isoformat() if cited.on else "",
        "translators": [_entity(one) for one in cited.translators],
    }
    return {name: value for name, value in said.items() if value}


def as_csl(cited: Cited) -> dict[str, Any]:
    """Give an item for programs that keep references, as CSL-JSON."""
    said: dict[str, Any] = {
        "id": cited.key,
        "type": "webpage",
        "title": _line(cited.title),
        "author": [{"literal": _line(one.name)} for one in cited.authors],
        "translator": [{"literal": _line(one.name)} for one in cited.translators],
        "container-title": PUBLISHER,
        "number": cited.ref,
        "version": str(cited.version or ""),
        "language": cited.language,
        "URL": cited.address,
        "note": cited.licence,
    }
    if cited.on:
        on = cited.on
        said["issued"] = {"date-parts": [[on.year, on.month, on.day]]}
    return {name: value for name, value in said.items() if value}


def spdx(licence: str) -> str:
    """Give the SPDX name of a licence.

    >>> spdx("CC BY-SA 4.0"), spdx("CC0 1.0")
    ('CC-BY-SA-4.0', 'CC0-1.0')
    """
    return "-".join(licence.split())


def orcid_address(orcid: str) -> str:
    """Give the address that an ORCID iD stands for."""
    return f"https://orcid.org/{orcid}"


def _upright(day: date, before: str) -> str:
    """Write a day; a mark keeps it from being turned round after Arabic letters."""
    turned = any(bidirectional(c) in {"R", "AL"} for c in before)
    return ("\N{LEFT-TO-RIGHT MARK}" if turned else "") + day.isoformat()


def _line(words: str) -> str:
    """Give words on one line, without signs that steer machines."""
    plain = (" " if category(c) == "Cc" else c for c in words)
    return " ".join("".join(plain).split())


def _escaped(words: str) -> str:
    return "".join(_MARKS.get(c, c) for c in _line(words))


def _names(people: Sequence[Named]) -> str:
    return " and ".join(f"{{{_escaped(one.name)}}}" for one in people)


def _entity(one: Named) -> dict[str, str]:
    said = {"name": _line(one.name)}
    return said | ({"orcid": orcid_address(one.orcid)} if one.orcid else {})
