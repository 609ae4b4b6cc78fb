"""From what a form holds to a document; whatever was typed is kept, fitting or not."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from kb.record.kind import Kind
from kb.writing.shape import Field, Place, Section, Sort
from kb.writing.versions import Document

Given = Mapping[str, Sequence[str]]
"""Name of a field of the form → what was given under it."""

MOST_ROWS = 40
_KEY = re.compile(r"[a-z0-9_]{1,40}(-[a-z0-9_]{1,40}){0,9}")
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Signs that turn the direction of all that follows, so that it reads as another."""
_LINES = re.compile(r"[\n,;]+")
_DECIMAL = str.maketrans({",": ".", "\u066b": ".", "\u2212": "-"})


@dataclass(frozen=True)
class Button:
    """What else pressing the button asks for."""

    add: bool = False
    remove: int | None = None
    keep: int | None = None
    """A row that stays though nothing is written in it yet."""
    keep_all: bool = False
    """All of them stay, so that the form still counts them rightly afterwards."""


JUST_SAVE = Button()


def cleaned(typed: str) -> str:
    """Give text without signs that cannot be seen and turn or break what is read."""
    plain = unicodedata.normalize("NFC", typed.replace("\r\n", "\n"))
    return "".join(sign for sign in plain if not _is_unseen(sign)).strip()


def has_unseen(given: Given) -> bool:
    """Say whether something will be taken out."""
    typed = (sign for said in given.values() for one in said for sign in one)
    return any(_is_unseen(sign) for sign in typed if sign != "\r")


def _is_unseen(sign: str) -> bool:
    odd = sign in _TURNING or unicodedata.category(sign) in {"Cc", "Cs"}
    return odd and sign not in "\n\t"


def fill(
    section: Section, document: Document, language: str, given: Given,
    button: Button = JUST_SAVE,
) -> Document:  # fmt: skip
    """Give a document with one section as a form has it.

    :param language: that of the words in the form.
    """
    filled = deepcopy(document)
    facts = filled.setdefault("facts", {})
    text = filled.setdefault("texts", {}).setdefault(language, {"state": "source"})
    if section.repeated:
        _fill_rows(section, filled, language, given, button)
        return filled
    places = {Place.FACTS: facts, Place.TEXT: text, Place.TAGS: facts.get("tags", {})}
    for field in section.fields:
        _put(places[field.place], field.name, _value(field, f"{field.place}.", given))
    _put(facts, "tags", places[Place.TAGS])
    return filled


def first_document(
    kind: Kind, given: Given, language: str, *, credit: str, cited: Sequence[str] = ()
) -> Document:
    """Give the document that the first short form makes.

    :param cited: refs of the records that it rests on.
    """
    said = {name: cleaned("".join(given.get(name, ())[:1])) for name in given}
    text: dict[str, Any] = {"state": "source"}
    _put(text, "title", " ".join(said.get("title", "").split()))
    for question, section in kind.quick.items():
        parts = (text.get(section, ""), said.get(question, ""))
        _put(text, section, "\n\n".join(part for part in parts if part))
    facts: dict[str, Any] = {"credit": credit}
    site = {name: said.get(name, "") for name in ("place", "country")}
    sites = {name: value for name, value in site.items() if value}
    _put(facts, "sites", [sites] if sites else [])
    _put(facts, "relations", [{"kind": "cites", "to": ref} for ref in cited])
    return {"facts": facts, "texts": {language: text}}


def without_empty_rows(
    document: Document, kind_sections: Sequence[Section]
) -> Document:
    """Give a document without rows in which nothing was written."""
    filled = deepcopy(document)
    for section in kind_sections:
        if section.repeated and section.name in filled.get("facts", {}):
            _drop_empty(section, filled)
    return filled


def _drop_empty(section: Section, document: Document) -> None:
    rows, texts = document["facts"][section.name], document.get("texts", {})
    said = [text.get(section.name) or () for text in texts.values()]
    kept = [
        number
        for number, row in enumerate(rows)
        if set(row) - {"key"} or any(_words_at(one, number, row) for one in said)
    ]
    _put(document["facts"], section.name, [rows[number] for number in kept])
    for text in texts.values():
        if isinstance(text.get(section.name), list):
            now = [text[section.name][n] for n in kept if n < len(text[section.name])]
            _put(text, section.name, now)


def _words_at(said: Any, number: int, row: Mapping[str, Any]) -> str:  # noqa: ANN401
    if isinstance(said, Mapping):
        return str(said.get(row.get("key"), ""))
    return str(said[number]) if number < len(said) else ""


def _put(place: dict[str, Any], name: str, value: object) -> None:
    """Write a value, or take the field away if there is none."""
    if value in (None, "", [], {}):
        place.pop(name, None)
    else:
        place[name] = value


def _fill_rows(
    section: Section, document: Document, language: str, given: Given, button: Button
) -> None:
    rows = [row for row in _rows_in(section, given) if row.number != button.remove]
    rows = [row for row in rows if _stays(row, button)][:MOST_ROWS]
    if button.add and len(rows) < MOST_ROWS:
        rows.append(_Row(len(rows), {}, "", None, ""))
    if section.keyed:
        _give_keys(section, rows)
    _put(document["facts"], section.name, [row.filled for row in rows])
    for spoken, text in document["texts"].items() if section.worded else ():
        _fill_words(section, text, rows, own=spoken == language)


def place_of_row(section: Section, given: Given, button: Button) -> int:
    """Say where the row that a button keeps stands once the form is kept."""
    before = (
        row for row in _rows_in(section, given) if row.number < (button.keep or 0)
    )
    return sum(_stays(row, button) for row in before)


def _stays(row: "_Row", button: Button) -> bool:
    return bool(row.filled or row.words or button.keep_all) or row.number == button.keep


@dataclass
class _Row:
    """A row of a form."""

    number: int
    filled: dict[str, Any]
    words: str
    was: int | None
    """Where it stood when the form was made."""
    key: str


def _rows_in(section: Section, given: Given) -> list[_Row]:
    named = re.compile(rf"{section.name}\.([0-9]{{1,3}})\.[a-z_]+(\.[01])?")
    found = {int(match[1]) for name in given if (match := named.fullmatch(name))}
    return [_row(section, number, given) for number in sorted(found)]


def _row(section: Section, number: int, given: Given) -> _Row:
    begin = f"{section.name}.{number}."
    filled: dict[str, Any] = {}
    for field in section.fields:
        _put(filled, field.name, _value(field, begin, given))
    was = _one(given, f"{begin}was")
    key = _one(given, f"{begin}key")
    return _Row(
        number,
        filled,
        cleaned(_one(given, f"{begin}words")),
        int(was) if re.fullmatch("[0-9]{1,3}", was) else None,
        key if _KEY.fullmatch(key) else "",
    )


def _give_keys(section: Section, rows: list[_Row]) -> None:
    """Give each row the key it had, or one that none has."""
    taken: set[str] = {row.key for row in rows}
    seen: set[str] = set()
    for row in rows:
        if not row.key or row.key in seen:
            fresh = (f"{section.name[:-1]}-{n}" for n in range(1, 2 * MOST_ROWS))
            row.key = next(key for key in fresh if key not in taken | seen)
        seen.add(row.key)
        row.filled = {"key": row.key} | row.filled


def _fill_words(
    section: Section, text: dict[str, Any], rows: list[_Row], *, own: bool
) -> None:
    """Put the words of rows into a text; other languages' words move with the rows."""
    old = text.get(section.name)
    if section.keyed:
        known = old if isinstance(old, Mapping) else {}
        words = {row.key: row.words if own else known.get(row.key) for row in rows}
        _put(text, section.name, {key: said for key, said in words.items() if said})
    elif own:
        _put(text, section.name, [row.words for row in rows])
    elif isinstance(old, list):
        moved = (row.was if row.was is not None else len(old) for row in rows)
        now = [old[was] if was < len(old) else "" for was in moved]
        _put(text, section.name, now)


def _one(given: Given, name: str) -> str:
    return (given.get(name) or [""])[0]


def _value(field: Field, begin: str, given: Given) -> Any:  # noqa: ANN401  (any JSON)
    name = f"{begin}{field.name}"
    if field.sort == Sort.CODES:
        return [one for one in map(cleaned, given.get(name, ())) if one]
    if field.sort == Sort.PAIR:
        pair = [_number(_one(given, f"{name}.{end}")) for end in (0, 1)]
        return [] if pair == ["", ""] else pair
    typed = cleaned(_one(given, name))
    if field.sort == Sort.SOURCES:
        return [one for one in map(str.strip, _LINES.split(typed)) if one]
    if field.sort == Sort.YES:
        return bool(typed) or None
    if field.sort in {Sort.NUMBER, Sort.WHOLE}:
        return _number(typed)
    return typed if field.sort == Sort.WORDS else " ".join(typed.split())


def _number(typed: str) -> float | str:
    """Read a figure in any digits, with comma or point; else keep what was typed."""
    plain = cleaned(typed).translate(_DECIMAL)
    if not re.fullmatch(r"-?\d{1,15}(\.\d{1,15})?", plain):
        return cleaned(typed)
    value = float(plain)
    return int(value) if value.is_integer() else value
