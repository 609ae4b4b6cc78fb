"""How far each field of a translation can be trusted: the rules, all in one place.

A *field* is a title, a summary or a part, named as parts are. Its *mark* says how its
words came about, of which source they are a translation, and whether what is meant has
changed in the source since. The mark follows the words, also when steps change places.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from kb.record.models import TextState
from kb.record.parts import STEP, words_in

HASHED = 16
"""Signs of a digest that are kept; two texts of one field hardly share them."""


class Behind(StrEnum):
    """How far a translation is behind its source."""

    NOT = ""
    WORDING = "wording"
    """Said in other words now: teams see it, readers do not."""
    MEANING = "meaning"
    """It means something else now: readers are told."""


BEHIND_AFTER: Mapping[str, Behind] = {
    "typing": Behind.NOT,
    "": Behind.WORDING,
    "wording": Behind.WORDING,
    "meaning": Behind.MEANING,
}
"""How much a published change matters → how far behind it leaves a field that it
changed. Where nobody said how much, those who translate should look."""
_FAR = tuple(Behind)


@dataclass(frozen=True)
class Mark:
    """What is known of the words of one field in one language."""

    state: str
    """`TextState`: draft, machine-drafted or reviewed."""
    source: str
    """Digest of the source it was translated from; empty if that is not known."""
    version: int
    """Number of the version that holds that source; 0 if that is not known."""
    behind: str = Behind.NOT


class FieldState(StrEnum):
    """What is to be done about a field."""

    MISSING = "missing"
    STALE = "stale"
    DRAFT = "draft"
    MACHINE_DRAFTED = "machine-drafted"
    IN_REVIEW = "in-review"
    REVIEWED = "reviewed"


class Work(StrEnum):
    """How far somebody is who works on a field."""

    NONE = ""
    DRAFT = "draft"
    IN_REVIEW = "in-review"
    SENT_BACK = "sent-back"


FIRST_THAT_HOLDS: tuple[tuple[Callable[[Mark | None, str], bool], FieldState], ...] = (
    (lambda mark, work: work == Work.IN_REVIEW, FieldState.IN_REVIEW),
    (lambda mark, work: work != Work.NONE, FieldState.DRAFT),
    (lambda mark, work: mark is None, FieldState.MISSING),
    (lambda mark, work: _behind(mark) == Behind.MEANING, FieldState.STALE),
    (lambda mark, work: _state(mark) == TextState.REVIEWED, FieldState.REVIEWED),
    (
        lambda mark, work: _state(mark) == TextState.MACHINE_DRAFTED,
        FieldState.MACHINE_DRAFTED,
    ),
    (lambda mark, work: True, FieldState.DRAFT),
)
"""The state of a field, from its mark and the work on it: the first row that holds."""
TRUST = (TextState.DRAFT, TextState.MACHINE_DRAFTED, TextState.REVIEWED)
"""How words came about, the least sure first."""


def state_of(mark: Mark | None, work: str = Work.NONE) -> FieldState:
    """Give the state of a field that the source has.

    >>> state_of(None), state_of(Mark("reviewed", "ab", 1, "meaning"))
    (<FieldState.MISSING: 'missing'>, <FieldState.STALE: 'stale'>)
    """
    return next(state for holds, state in FIRST_THAT_HOLDS if holds(mark, work))


def digest(words: str) -> str:
    """Give a digest of words; where lines break makes no difference."""
    plain = " ".join(words.split())
    return hashlib.sha256(plain.encode()).hexdigest()[:HASHED] if plain else ""


def source_of(texts: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Give the words that all other languages are a translation of: field → words."""
    sources = (text for text in texts.values() if text.get("state") == "source")
    return words_in(next(sources, {}))


def marks_of(
    text: Mapping[str, Any], source: Mapping[str, str], version: int = 0
) -> dict[str, Mark]:
    """Give the mark of each field that a translation has.

    Those not written down are level with the source they stand beside, and as sure as
    the whole; in an older file that is stale, all are behind.

    :param version: number of the version in which both stand.
    """
    whole, said = text.get("state", TextState.DRAFT), text.get("marks", {})
    stale = whole == TextState.STALE
    found = {}
    for field in words_in(text):
        usual = Mark(whole, digest(source.get(field, "")), version)
        if stale:
            usual = Mark(TextState.DRAFT, "", 0, Behind.MEANING)
        found[field] = replace(usual, **said.get(field, {}))
    return found


def written(
    text: Mapping[str, Any], marks: Mapping[str, Mark], source: Mapping[str, str]
) -> dict[str, Any]:
    """Give a text with its marks, as files have it: only what is not as usual."""
    states = [mark.state for mark in marks.values()]
    whole = min(states, key=TRUST.index, default=TextState.DRAFT)
    said = {
        field: entry
        for field, mark in marks.items()
        if (entry := _entry(mark, whole, digest(source.get(field, ""))))
    }
    plain = {name: value for name, value in text.items() if name != "marks"}
    return plain | {"state": str(whole)} | ({"marks": said} if said else {})


def whole_state(marks: Mapping[str, Mark]) -> str:
    """Give the state of a text as a whole: as sure as its least sure field."""
    if any(mark.behind == Behind.MEANING for mark in marks.values()):
        return TextState.STALE
    states = [mark.state for mark in marks.values()]
    return min(states, key=TRUST.index, default=TextState.DRAFT)


def apart(marks: Mapping[str, Mark], whole: str) -> dict[str, str]:
    """Give the fields whose state is not that of the whole: field → state."""
    states = {field: str(state_of(mark)) for field, mark in marks.items()}
    return {field: state for field, state in states.items() if state != whole}


def after_change(
    texts: Mapping[str, Mapping[str, Any]],
    before: Mapping[str, Mapping[str, Any]],
    version: int,
    significance: str,
) -> dict[str, dict[str, Any]]:
    """Give the texts of a record, each field marked as its source's change leaves it.

    :param texts: language → text, as they are to be published.
    :param before: the same as they stand in the version with the number ``version``.
    :param significance: how much the change matters; empty where nobody said.
    """
    source, was = source_of(texts), source_of(before)
    marked: dict[str, dict[str, Any]] = {}
    for language, text in texts.items():
        if text.get("state") == "source":
            marked[language] = dict(text)
            continue
        old = before.get(language, {})
        known, followed = marks_of(old, was, version), _followed(text, old)
        marks = marks_of(text, source)
        for field, own in marks.items():
            name, now = followed.get(field), digest(source.get(field, ""))
            mark, then = own, own.source
            if name is not None:
                mark, then = known[name], digest(was.get(name, ""))
            marks[field] = after_source(mark, then, now, significance)
        marked[language] = written(text, marks, source)
    return marked


def after_files(
    texts: Mapping[str, Mapping[str, Any]],
    before: Mapping[str, Mapping[str, Any]],
    version: int,
) -> dict[str, dict[str, Any]]:
    """Give the texts of files that come in over a record; what they say of marks holds.

    A field that they say nothing of, whose words are those of before while its source
    has others now, is behind in wording: nobody said how much that matters.
    """
    source, was = source_of(texts), source_of(before)
    marked: dict[str, dict[str, Any]] = {}
    for language, text in texts.items():
        whole = text.get("state")
        if whole in {TextState.SOURCE, TextState.STALE}:
            marked[language] = dict(text)
            continue
        old, said = before.get(language, {}), text.get("marks", {})
        marks, known = marks_of(text, source), marks_of(old, was, version)
        for field, name in _followed(text, old).items():
            if field in said:
                continue
            then, now = digest(was.get(name, "")), marks[field].source
            kept = replace(known[name], state=marks[field].state)
            marks[field] = after_source(kept, then, now, "")
        marked[language] = written(text, marks, source)
    return marked


def after_source(mark: Mark, then: str, now: str, significance: str) -> Mark:
    """Give a mark as it is once the source was published anew.

    :param then: digest of the source before.
    :param now: digest of the source now; a change of other fields leaves it the same.
    :param significance: how much that change matters, if it is one for this field.

    >>> after_source(Mark("reviewed", "a", 1), "b", "b", "meaning").behind
    <Behind.NOT: ''>
    """
    if now == mark.source:
        return replace(mark, behind=Behind.NOT)
    if now == then:
        return mark
    further = max(Behind(mark.behind), BEHIND_AFTER[significance], key=_FAR.index)
    return replace(mark, behind=further)


def _followed(text: Mapping[str, Any], old: Mapping[str, Any]) -> dict[str, str]:
    """Give the fields whose words stood there before, and where: steps may move."""
    was = words_in(old)
    steps = {words: name for name, words in was.items() if name.startswith(STEP)}
    found = {}
    for field, words in words_in(text).items():
        if was.get(field) == words:
            found[field] = field
        elif field.startswith(STEP) and words in steps:
            found[field] = steps[words]
    return found


def _entry(mark: Mark, whole: str, now: str) -> dict[str, Any]:
    """Give what a file says of a mark; nothing of one that is as usual."""
    said: dict[str, Any] = {} if mark.state == whole else {"state": str(mark.state)}
    if mark.source != now or mark.behind:
        said |= {"source": mark.source, "version": mark.version}
    if mark.behind:
        said["behind"] = str(mark.behind)
    return said


def _behind(mark: Mark | None) -> str:
    return mark.behind if mark else ""


def _state(mark: Mark | None) -> str:
    return mark.state if mark else ""
