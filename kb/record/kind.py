"""How a kind of record introduces itself to search, pages, JSON and seeds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from marshmallow import Schema
from sqlalchemy.orm import Session

from kb.database import Base
from kb.record.models import Record
from kb.regions.limits import HardLimit


@dataclass(frozen=True, eq=False)
class Kind:
    """All that the rest of the house needs to know of a kind."""

    name: str
    """One word, ``practice``; also its key in indexes and JSON."""
    plural: str
    """The folder of its seeds and templates and its part of an address."""
    letter: str
    """First letter of its refs."""
    model: type[Record]
    sections: tuple[str, ...]
    """Names of the parts a text of this kind may have, in reading order."""
    schema: type[Schema]
    """Shape of ``record.yaml``; checks everything that comes in."""
    rows: Mapping[str, type[Base]] = field(default_factory=dict)
    """Tables of its own that hang on it: name in the schema → model."""
    keyed: Mapping[str, str] = field(default_factory=dict)
    """Own rows whose words are parts: name in the words file → prefix of the part."""
    quick: Mapping[str, str] = field(default_factory=dict)
    """What its first short form asks → the section that holds it: ``done``, ``who``,
    ``changed``. A kind without it cannot be begun on pages."""
    begun_by: str = "propose"
    """Step of `kb.access.RULES` that whoever begins one must be allowed."""
    wanted: tuple[str, ...] = ()
    """What a complete record has: its sections, rows and lists of codes."""
    triable: bool = False
    """Whether it can be tried on other land, and users tell what came of it."""

    def options(self) -> list[Any]:
        """Give the loader options that bring its own rows along."""
        return []

    def hard_limits(self, session: Session) -> Mapping[int, Sequence[HardLimit]]:
        """Give the hard limits of its public records: record → limits; often none."""
        return {}
