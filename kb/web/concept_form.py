"""The form for a concept: what it shows, and what it holds when it comes back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import request

from kb.entrance.labels import _
from kb.entrance.request import this_language
from kb.language import FALLBACK, INTERFACE, name_of
from kb.naming.checks import owners_of
from kb.naming.content import Content, labels_of, lines_of
from kb.naming.labels import CODE, plain
from kb.naming.service import Known
from kb.vocabulary.thesaurus import LabelState
from kb.writing.filled import cleaned

LONGEST_LINES = 4000
MOST_LANGUAGES = 60


@dataclass(frozen=True)
class Tongue:
    """What the form holds of one language."""

    code: str
    lines: str
    definition: str
    drafted: bool
    """Somebody may say that what stands there is right."""


def tongues(content: Content) -> list[Tongue]:
    """Give what a concept is called, language by language, the reader's first."""
    own = this_language()
    order = dict.fromkeys([own, *INTERFACE, *sorted(content["names"])])
    return [_tongue(content, code) for code in order]


def _tongue(content: Content, code: str) -> Tongue:
    labels = content["names"].get(code, [])
    said = content["definitions"].get(code, {}).get("text", "")
    return Tongue(
        code,
        lines_of(labels),
        content["meaning"] if code == FALLBACK else said,
        any(one["state"] != LabelState.REVIEWED for one in labels),
    )


def content_given(before: Content, known: Known) -> Content:
    """Give a concept as the form has it.

    :param before: what stands, for what the form does not hold and for the states.
    """
    content = before | {
        "names": dict(before["names"]),
        "definitions": dict(before["definitions"]),
    }
    for language, suffix in _languages().items():
        _put_names(content, language, _text(f"names.{suffix}"))
        _put_definition(content, language, _text(f"definition.{suffix}"))
    for field in ("broader", "related"):
        if field in request.form:
            content[field] = _codes(_text(field), known)
    if "exact_match" in request.form:
        content["exact_match"] = _text("exact_match").strip()[:300]
    return content


def code_given() -> str:
    """Give the code of a new concept: what was typed, else made of its English name."""
    typed = _text("code").strip()[:80]
    first = labels_of(_text(f"names.{FALLBACK}"))[:1]
    made = "_".join(plain(first[0]["text"]).split()) if first else ""
    return typed or (made if CODE.fullmatch(made) else "")


def confirmed_given() -> tuple[str, ...]:
    """Give the languages in which somebody says that the names are right."""
    return tuple(
        code for code in _languages() if request.form.get(f"confirmed.{code}") == "yes"
    )


def note_given() -> str:
    """Give why somebody proposes it."""
    return cleaned(request.form.get("note", ""))


def part_name(part: tuple[str, str]) -> str:
    """Name a part of a concept, such as its names in French."""
    name, language = part
    told = name_of(language, in_language=this_language()) if language else ""
    return {
        "names": _("Names in %(language)s", language=told),
        "definitions": _("Meaning in %(language)s", language=told),
        "meaning": _("Meaning in %(language)s", language=told),
        "broader": _("Wider concepts"),
        "related": _("Often spoken of together"),
        "exact_match": _("The same concept elsewhere:"),
        "same_as": _("The same entry of the lists"),
    }[name]


def as_typed(content: Content) -> Mapping[str, Any]:
    """Give what the form shows beside the languages."""
    return {
        "broader": "\n".join(content["broader"]),
        "related": "\n".join(content["related"]),
        "exact_match": content["exact_match"],
        "code": content["code"],
    }


def _languages() -> dict[str, str]:
    """Give the languages of the form, and how their fields end."""
    names = [x.partition(".")[2] for x in request.form if x.startswith("names.")]
    found = {code: code for code in names[:MOST_LANGUAGES] if code and code != "other"}
    other = _text("language").strip()[:20]
    if other and _text("names.other").strip():
        found[other] = "other"
    return found


def _put_names(content: Content, language: str, lines: str) -> None:
    labels = labels_of(lines, content["names"].get(language, []))
    if labels:
        content["names"][language] = labels
    else:
        content["names"].pop(language, None)


def _put_definition(content: Content, language: str, text: str) -> None:
    said = " ".join(text.split())
    before = content["definitions"].get(language, {})
    if language == FALLBACK:
        content["meaning"] = said
    elif not said:
        content["definitions"].pop(language, None)
    elif before.get("text") != said:
        drafted = LabelState.MACHINE_DRAFTED.value
        content["definitions"][language] = {"text": said, "state": drafted}


def _codes(lines: str, known: Known) -> list[str]:
    """Give the concepts that lines name by code or label; else what was typed."""
    typed = [" ".join(line.split())[:80] for line in lines.splitlines() if line.strip()]
    if all(one in known for one in typed):
        return list(dict.fromkeys(typed))
    owners = owners_of(known.values())
    by_label: dict[str, set[str]] = {}
    for (_language, label), codes in owners.items():
        by_label.setdefault(label, set()).update(codes)
    found = []
    for one in typed:
        meant = by_label.get(plain(one), set())
        found.append(one if one in known or len(meant) != 1 else min(meant))
    return list(dict.fromkeys(found))


def _text(name: str) -> str:
    return cleaned(request.form.get(name, "")[:LONGEST_LINES])
