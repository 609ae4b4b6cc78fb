"""The field of a draft that a source is looked for, and putting the source there."""

import re
from copy import deepcopy
from dataclasses import dataclass

from kb.record.kind import Kind
from kb.writing.shape import Field, Place, Section, Sort, sections_of
from kb.writing.versions import Document

_IN_A_ROW = re.compile(r"(\w+)\.([0-9]{1,3})\.(\w+)")


@dataclass(frozen=True)
class Target:
    """A field that cites."""

    section: Section
    field: Field
    row: int | None = None

    @property
    def name(self) -> str:
        """Give how forms call it."""
        if self.row is None:
            return f"{Place.FACTS}.{self.field.name}"
        return f"{self.section.name}.{self.row}.{self.field.name}"


def target_of(kind: Kind, name: str) -> Target | None:
    """Give the field that a form calls so, if it is one that cites."""
    row = _IN_A_ROW.fullmatch(name)
    for section in sections_of(kind):
        for one in section.fields:
            if one.sort not in {Sort.SOURCE, Sort.SOURCES}:
                continue
            number = int(row[2]) if row and section.repeated else None
            target = Target(section, one, number)
            if target.name == name:
                return target
    return None


def cite(document: Document, target: Target, key: str) -> Document:
    """Give a document that cites a source there; as it was if the row is gone."""
    changed = deepcopy(document)
    facts = changed.setdefault("facts", {})
    if target.row is None:
        there = facts.get(target.field.name, [])
        facts[target.field.name] = list(dict.fromkeys([*there, key]))
        return changed
    rows = facts.get(target.section.name, [])
    if target.row < len(rows):
        rows[target.row][target.field.name] = key
    return changed
