"""An older version brought back, without losing what was translated since."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from kb.record.marks import Mark, marks_of, source_of
from kb.record.parts import with_words, words_in
from kb.writing.models import Version
from kb.writing.versions import Document


def brought_back(old: Version, last: Version) -> Document:
    """Give the document of an older version, with what was translated since.

    Where a translation had words then, they come back with their source; where it had
    none yet, those of today stay and are held against the source that comes back.
    """
    texts = old.document["texts"]
    source, now = source_of(texts), source_of(last.document["texts"])
    steps = len(_source_text(texts).get("steps", ()))
    brought: dict[str, dict[str, Any]] = {}
    for language in dict.fromkeys([*last.document["texts"], *texts]):
        then = texts.get(language, {})
        if then.get("state") == "source":
            brought[language] = dict(then)
            continue
        today = last.document["texts"].get(language, {})
        if today.get("state") == "source":
            continue
        marks = _explicit(marks_of(today, now, last.number))
        marks |= _explicit(marks_of(then, source, old.number))
        text = dict(then) or {"state": today["state"]}
        for field, words in words_in(today).items():
            if field in source and not words_in(text).get(field):
                text = with_words(text, field, words, steps=steps)
        text["marks"] = {field: marks[field] for field in words_in(text)}
        brought[language] = text
    return old.document | {"texts": brought}


def _source_text(texts: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Any]:
    return next((t for t in texts.values() if t.get("state") == "source"), {})


def _explicit(marks: Mapping[str, Mark]) -> dict[str, dict[str, Any]]:
    return {field: asdict(mark) for field, mark in marks.items()}
