"""Words that a team agreed to keep or to avoid, as labels of the thesaurus say."""

import re
from collections.abc import Iterator

from kb.folding import fold
from kb.language import _
from kb.search.thesaurus import Thesaurus
from kb.translating.problem import Problem
from kb.vocabulary.thesaurus_lookups import NamedConcept


def wording_problems(
    thesaurus: Thesaurus, source: tuple[str, str], translation: tuple[str, str]
) -> Iterator[Problem]:
    """Give words that were lost and should stay, and words that should not be there.

    Where the source does not speak of the concept the word may mean something else, so
    it is asked about only.

    :param source: its language, and what it says.
    :param translation: the same.
    """
    (spoken, text), (language, translated) = source, translation
    said, words = fold(text), fold(translated)
    meant: frozenset[str] | None = None
    for concept in thesaurus.concepts.values():
        if not concept.marks:
            continue
        for label in concept.to_keep(language):
            if _has(said, label) and not _has(words, label):
                wrong = _("%(what)s stays as it is in this language.", what=label)
                yield Problem("keep", wrong, blocks=True)
        for label in concept.to_avoid(language):
            if _has(words, label):
                meant = _named_in(thesaurus, text, spoken) if meant is None else meant
                blocks = concept.code in meant
                yield Problem("avoid", _instead(concept, label, language), blocks)


def _named_in(thesaurus: Thesaurus, text: str, language: str) -> frozenset[str]:
    spans = thesaurus.spans(text, language)
    return frozenset(code for span in spans for code in span.codes)


def _instead(concept: NamedConcept, label: str, language: str) -> object:
    return _(
        "The team does not say %(what)s here, but: %(name)s",
        what=label, name=next(iter(concept.to_write(language)), concept.code),
    )  # fmt: skip


def _has(folded: str, label: str) -> bool:
    """Say whether a text has some words; as whole ones, where letters have cases.

    Elsewhere words may have others written on to them, or none parts them.
    """
    wanted = re.escape(fold(label))
    if label[0].lower() != label[0].upper():
        wanted = rf"(?<!\w){wanted}(?!\w)"
    return re.search(wanted, folded) is not None
