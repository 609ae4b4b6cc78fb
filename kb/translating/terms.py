"""The concepts that a source speaks of, with what they are called in a language."""

from dataclasses import dataclass

from kb.search.thesaurus import Thesaurus

MOST = 12
"""Terms shown beside one field."""


@dataclass(frozen=True)
class Term:
    """Words of the source that name a concept, and its names in the other language."""

    said: str
    names: tuple[str, ...]
    """The preferred one first."""
    meaning: str
    keep: tuple[str, ...] = ()
    """Of the words of the source, those that stay."""
    avoid: tuple[str, ...] = ()


def terms_in(
    thesaurus: Thesaurus, source: str, spoken: str, language: str
) -> list[Term]:
    """Give the terms of a source that have a name in a language, in their order."""
    found: dict[str, Term] = {}
    for span in thesaurus.spans(source, spoken):
        for code in span.codes:
            concept = thesaurus.concepts[code]
            names = concept.to_write(language)
            if names and code not in found:
                said = source[span.start : span.end]
                agreed = concept.to_keep(language), concept.to_avoid(language)
                found[code] = Term(said, names, concept.meaning, *agreed)
    return list(found.values())[:MOST]
