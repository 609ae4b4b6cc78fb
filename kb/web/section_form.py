"""The form for one section of a draft: its fields with what stands in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kb.entrance.request import this_vocabulary
from kb.web.field_names import choice_name
from kb.web.written import words_of
from kb.writing.shape import Field, Place, Section, row_words
from kb.writing.versions import Document


@dataclass(frozen=True)
class Input:
    """One field of a form."""

    name: str
    field: Field
    value: Any
    problems: Sequence[str] = ()
    comments: Sequence[str] = ()

    @property
    def options(self) -> list[tuple[str, str]]:
        """Give what can be chosen: codes with their names."""
        if self.field.scheme:
            entries = this_vocabulary().scheme(self.field.scheme)
            return [(entry.code, entry.name) for entry in entries]
        return [(code, choice_name(code)) for code in self.field.choices]

    @property
    def typed(self) -> str:
        """Give the value as it stands in a box to type in."""
        if isinstance(self.value, list):
            return "\n".join(map(str, self.value))
        return "" if self.value is None else str(self.value)

    @property
    def ends(self) -> list[str]:
        """Give both ends of a pair."""
        both = self.value if isinstance(self.value, list) else []
        return [*map(str, both), "", ""][:2]


@dataclass(frozen=True)
class Row:
    """One row of a form."""

    number: int
    key: str
    inputs: list[Input]
    comments: Sequence[str] = ()


@dataclass(frozen=True)
class Form:
    """A section to be filled in."""

    section: Section
    document: Document
    language: str
    problems: Mapping[str, Sequence[str]] = field(default_factory=dict)
    comments: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def inputs(self) -> list[Input]:
        """Give the fields of a section without rows."""
        facts = self.document.get("facts", {})
        places: dict[str, Mapping[str, Any]] = {
            Place.FACTS: facts,
            Place.TAGS: facts.get("tags", {}),
            Place.TEXT: self._text,
        }
        return [
            self._input(f"{one.place}.", one, places[one.place].get(one.name))
            for one in (() if self.section.repeated else self.section.fields)
        ]

    @property
    def rows(self) -> list[Row]:
        """Give the rows of a section that has some."""
        if not self.section.repeated:
            return []
        rows = self.document.get("facts", {}).get(self.section.name, [])
        return [self._row(number, row) for number, row in enumerate(rows)]

    @property
    def uses(self) -> set[str]:
        """Give the sorts of fields there are, for the lists they choose from."""
        return {one.sort for one in self.section.fields}

    @property
    def _text(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.document.get("texts", {}).get(self.language, {})
        return found

    def _row(self, number: int, row: Mapping[str, Any]) -> Row:
        begin = f"{self.section.name}.{number}."
        inputs = [
            self._input(begin, one, row.get(one.name)) for one in self.section.fields
        ]
        if self.section.worded:
            words = words_of(self.section, self._text, row, number)
            inputs.insert(0, self._input(begin, row_words(self.section), words))
        said = self.comments.get(begin.rstrip("."), ())
        return Row(number, str(row.get("key", "")), inputs, said)

    def _input(self, begin: str, one: Field, value: Any) -> Input:  # noqa: ANN401
        name = f"{begin}{one.name}"
        wrong, said = self.problems.get(name, ()), self.comments.get(name, ())
        return Input(name, one, value, wrong, said)


def form_names(section: Section) -> set[str]:
    """Give how the form calls the fields of a section without rows."""
    return {f"{one.place}.{one.name}" for one in section.fields}
