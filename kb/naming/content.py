"""A concept as plain values, and its labels as lines that people type."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kb.language import FALLBACK
from kb.vocabulary.thesaurus import LabelState
from kb.vocabulary.thesaurus_lookups import PLAIN, Definition, Mark, NamedConcept

Content = dict[str, Any]
"""All that is known of a concept."""
Part = tuple[str, str]
"""What is compared as one: ``("names", "fr")``, ``("broader", "")``."""
LINKS = ("broader", "related", "same_as", "exact_match")

_LINE = re.compile(r"([=-]?)\s*(.*?)\s*(?:@\s*([\w-]*))?")
_KEEP, _FORBIDDEN = "=", "-"


def as_content(concept: NamedConcept) -> Content:
    """Give a concept as plain values."""
    return {
        "code": concept.code,
        "meaning": concept.meaning,
        "broader": list(concept.broader),
        "related": list(concept.related),
        "same_as": concept.same_as,
        "exact_match": concept.exact_match,
        "names": {
            language: [_label(concept, language, text) for text in said]
            for language, said in concept.names.items()
        },
        "definitions": {
            language: {"text": one.text, "state": str(one.state)}
            for language, one in concept.definitions.items()
        },
    }


def _label(concept: NamedConcept, language: str, text: str) -> Content:
    mark = concept.mark(language, text)
    return {"text": text, **mark._asdict(), "state": str(mark.state)}


def concept_of(
    content: Content, shared: Iterable[tuple[str, str]] = ()
) -> NamedConcept:
    """Give the concept that plain values tell of.

    :param shared: its labels, with their languages, that others have, too.
    """
    names: Mapping[str, list[Content]] = content["names"]
    marks = {
        (language, one["text"]): Mark(**{k: v for k, v in one.items() if k != "text"})
        for language, said in names.items()
        for one in said
    }
    return NamedConcept(
        content["code"],
        {
            language: tuple(one["text"] for one in said)
            for language, said in names.items()
        },
        broader=tuple(content["broader"]),
        related=tuple(content["related"]),
        same_as=content["same_as"],
        meaning=content["meaning"],
        shared=frozenset(shared),
        definitions={x: Definition(**one) for x, one in content["definitions"].items()},
        exact_match=content["exact_match"],
        marks={key: mark for key, mark in marks.items() if mark != PLAIN},
    )


def blank(code: str) -> Content:
    """Give the content of a concept of which nothing is known yet."""
    return as_content(NamedConcept(code, {}))


def lines_of(labels: Iterable[Content]) -> str:
    """Write labels, one in each line, with what is said of them.

    >>> lines_of([{"text": "zaï", "keep": True, "forbidden": False, "place": "BF"}])
    '=zaï @BF'
    """
    return "\n".join(_line(one) for one in labels)


def _line(label: Content) -> str:
    sign = _KEEP if label["keep"] else _FORBIDDEN if label["forbidden"] else ""
    place = f" @{label['place']}" if label["place"] else ""
    return f"{sign}{label['text']}{place}"


def labels_of(lines: str, before: Iterable[Content] = ()) -> list[Content]:
    """Read labels from lines; one that stood before keeps its state.

    >>> [(x["text"], x["place"]) for x in labels_of("zaï @bf")]
    [('zaï', 'BF')]
    """
    known = {_line(one): one["state"] for one in before}
    found = []
    for line in lines.splitlines():
        sign, text, place = _LINE.fullmatch(line.strip()).groups()  # type: ignore[union-attr]
        if not text:
            continue
        label = {
            "text": " ".join(text.split()),
            "state": PLAIN.state.value,  # type: ignore[attr-defined]
            "place": (place or "").upper(),
            "keep": sign == _KEEP,
            "forbidden": sign == _FORBIDDEN,
        }
        label["state"] = known.get(_line(label), label["state"])
        found.append(label)
    return found


def parts(content: Content) -> dict[Part, str]:
    """Give what is compared, each as words that people can read."""
    found: dict[Part, str] = {("meaning", FALLBACK): content["meaning"]}
    for language, said in content["names"].items():
        found["names", language] = lines_of(said)
    for language, one in content["definitions"].items():
        found["definitions", language] = one["text"]
    for name in LINKS:
        value = content[name] or ""
        found[name, ""] = value if isinstance(value, str) else "\n".join(value)
    return {part: words for part, words in found.items() if words}


@dataclass(frozen=True)
class Differs:
    """One part that is not the same in two contents."""

    part: Part
    before: str
    after: str


def differences(before: Content, after: Content) -> list[Differs]:
    """Give the parts that differ."""
    old, new = parts(before), parts(after)
    return [
        Differs(part, old.get(part, ""), new.get(part, ""))
        for part in dict.fromkeys([*old, *new])
        if old.get(part) != new.get(part)
    ]


def touched(differ: Iterable[Differs], confirmed: Iterable[str] = ()) -> frozenset[str]:
    """Give the languages that a proposal is about; "" if it is about links."""
    return frozenset([*(one.part[1] for one in differ), *confirmed])


def brought_up(
    base: Content, mine: Content, now: Content
) -> tuple[Content, list[Part]]:
    """Apply to what stands now what a proposal changed; give the parts both changed.

    :param base: what stood when the proposal was made.
    """
    theirs = {one.part: one.after for one in differences(base, now)}
    result, clashes = dict(now), []
    result["names"], result["definitions"] = (
        dict(now["names"]),
        dict(now["definitions"]),
    )
    for one in differences(base, mine):
        if one.part in theirs and theirs[one.part] != one.after:
            clashes.append(one.part)
            continue
        _put(result, one.part, mine)
    return result, clashes


def _put(content: Content, part: Part, of: Content) -> None:
    name, language = part
    if name not in {"names", "definitions"}:
        content[name] = of[name]
    elif language in of[name]:
        content[name][language] = of[name][language]
    else:
        content[name].pop(language, None)


def reviewed(content: Content, languages: Iterable[str]) -> Content:
    """Give the same with all that it says in some languages marked as reviewed."""
    sure = {"state": LabelState.REVIEWED.value}
    chosen = set(languages)
    return content | {
        "names": {
            x: [one | sure for one in said] if x in chosen else said
            for x, said in content["names"].items()
        },
        "definitions": {
            x: one | sure if x in chosen else one
            for x, one in content["definitions"].items()
        },
    }


def merged(one: Content, into: Content) -> Content:
    """Give a concept with all that another is called, behind its own labels."""
    names = {x: list(said) for x, said in into["names"].items()}
    for language, said in one["names"].items():
        there = {label["text"].casefold() for label in names.setdefault(language, [])}
        names[language] += [x for x in said if x["text"].casefold() not in there]
    codes = {one["code"], into["code"]}
    return into | {
        "names": names,
        "definitions": one["definitions"] | into["definitions"],
        "related": list(_beside([*into["related"], *one["related"]], codes)),
        "broader": list(_beside(into["broader"], codes)),
        "same_as": into["same_as"] or one["same_as"],
        "exact_match": into["exact_match"] or one["exact_match"],
    }


def _beside(codes: Iterable[str], left_out: set[str]) -> Iterator[str]:
    return (code for code in dict.fromkeys(codes) if code not in left_out)
