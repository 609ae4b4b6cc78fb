"""What may be wrong with a translation: errors block it, warnings are asked about once.

Nothing here knows what words mean: numbers, units, links and the like have to be the
same on both sides, whatever the language.
"""

import re
from collections.abc import Iterator, Sequence

from kb.folding import fold
from kb.language import _
from kb.record.parts import DRAWING, LABEL, STEP
from kb.record.schemas import (
    LONGEST_DRAWING,
    LONGEST_LABEL,
    LONGEST_PART,
    LONGEST_STEP,
    LONGEST_SUMMARY,
    LONGEST_TITLE,
)
from kb.search.thesaurus import NOTHING_NAMED, Thesaurus
from kb.translating.figures import Figure, figures_in
from kb.translating.problem import Problem
from kb.translating.wordings import wording_problems
from kb.writing.filled import has_unseen

LINK = re.compile(r"https?://[^\s<>()\]]+|\b[A-Z]-[1-9]\d*\b|\b10\.\d{4,}/\S+")
"""Addresses, codes of records, and DOIs."""
HOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
FEW = 4
"""Words of fewer letters are the same in many languages."""
READ_ON = 4
"""What is so many times too long is looked at no further."""
LONGEST = {
    "title": LONGEST_TITLE,
    "summary": LONGEST_SUMMARY,
    STEP: LONGEST_STEP,
    DRAWING: LONGEST_DRAWING,
    LABEL: LONGEST_LABEL,
}


def longest(field: str) -> int:
    """Give how many signs a field may have."""
    first, colon, _key = field.partition(":")
    return LONGEST.get(first + colon, LONGEST_PART)


def problems_of(
    field: str,
    source: tuple[str, str],
    translation: tuple[str, str],
    thesaurus: Thesaurus = NOTHING_NAMED,
) -> list[Problem]:
    """Give what is wrong with a translation, errors first.

    :param source: its language, and what it says.
    :param translation: the same.
    :param thesaurus: says which words to keep and which to avoid.
    """
    lengths = list(_lengths(field, translation[1]))
    if len(translation[1]) > READ_ON * longest(field):
        return lengths
    found = [
        *lengths,
        *_same_signs(source[1], translation[1]),
        *_numbers(_bare(source), _bare(translation)),
        *wording_problems(thesaurus, source, translation),
        *_left_as_it_is(source[1], translation[1]),
    ]
    return sorted(found, key=lambda problem: not problem.blocks)


def _bare(said: tuple[str, str]) -> list[Figure]:
    """Give the numbers of a text but those of links and codes."""
    return figures_in(LINK.sub(" ", said[1]), said[0])


def _lengths(field: str, words: str) -> Iterator[Problem]:
    most = longest(field)
    if len(words) > most:
        said = _("This has %(n)s signs; at most %(most)s fit.", n=len(words), most=most)
        yield Problem("long", said, blocks=True)
    if has_unseen({"": [words]}):
        said = _("There are signs in it that nobody sees and that turn what is read.")
        yield Problem("unseen", said, blocks=True)


def _same_signs(source: str, words: str) -> Iterator[Problem]:
    for code, kind in (("link", LINK), ("placeholder", HOLDER)):
        wanted, there = (
            {one.rstrip(".,;:") for one in kind.findall(x)} for x in (source, words)
        )
        for lost in sorted(wanted - there):
            said = _("%(what)s is missing or was changed.", what=lost)
            yield Problem(code, said, blocks=True)
        for new in sorted(there - wanted):
            said = _("%(what)s is not in the original.", what=new)
            yield Problem(code, said, blocks=code == "placeholder")


def _numbers(source: Sequence[Figure], words: Sequence[Figure]) -> Iterator[Problem]:
    rest = list(words)
    lost = []
    for figure in source:
        same = [one for one in rest if figure.is_same(one)]
        if not same:
            lost.append(figure)
            continue
        other = next((one for one in same if one.unit == figure.unit), same[0])
        rest.remove(other)
        yield from _units(figure, other)
    for figure in lost:
        said = _("The number %(what)s is missing or was changed.", what=figure.written)
        yield Problem("number", said, blocks=bool(rest) or not figure.is_small)
    for figure in rest:
        said = _("The number %(what)s is not in the original.", what=figure.written)
        yield Problem("number", said, blocks=bool(lost))


def _units(figure: Figure, other: Figure) -> Iterator[Problem]:
    if figure.unit == other.unit or not figure.unit:
        return
    what = f"{figure.written} {figure.unit}"
    said = _("%(what)s: the unit is missing or was changed.", what=what)
    yield Problem("unit", said, blocks=bool(other.unit))


def _left_as_it_is(source: str, words: str) -> Iterator[Problem]:
    letters = sum(sign.isalpha() for sign in words)
    if letters >= FEW and fold(source) == fold(words):
        said = _("This is the same as the original. Is it translated?")
        yield Problem("untranslated", said, blocks=False)
