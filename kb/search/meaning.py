"""What the words of a query mean: the concepts they name, in whatever language."""

from collections.abc import Iterator
from dataclasses import replace

from kb.search.asked import read
from kb.search.document import Meant, Query
from kb.search.labels import Span, outermost
from kb.search.thesaurus import Thesaurus
from kb.search.words import terms


def understood(query: Query, thesaurus: Thesaurus) -> Query:
    """Give a query with the concepts that its words name.

    The longest label counts, and of equals those of the reader's language; what is in
    quotes or refused means just what it says. To be done again whenever the words
    change.
    """
    if not query.words or not thesaurus.concepts:
        return replace(query, meant=())
    meant = [
        Meant(start + span.start, words[span.start : span.end], span.codes)
        for start, words in _runs(query)
        for span in _named(words, query.language, thesaurus)
    ]
    return replace(query, meant=tuple(meant))


def _runs(query: Query) -> Iterator[tuple[int, str]]:
    """Give the words that stand together, with where they begin."""
    runs: list[tuple[int, int]] = []
    goes_on = False
    for need in read(query.words, query.language).needs:
        for said in need:
            start, end = said.start, said.start + len(said.words)
            alone = len(need) == 1 and not said.quoted
            if goes_on and alone and query.words[runs[-1][1] : start].isspace():
                runs[-1] = runs[-1][0], end
            elif not said.quoted:
                runs.append((start, end))
            goes_on = alone
    return ((start, query.words[start:end]) for start, end in runs)


def _named(words: str, reader: str, thesaurus: Thesaurus) -> list[Span]:
    """Give the labels among some words, the reader's before those of others.

    What is but a common word to the reader is no label of another language to her.
    """
    own = thesaurus.spans(words, reader)
    others: dict[tuple[int, int], dict[str, None]] = {}
    for language in thesaurus.languages:
        for span in thesaurus.spans(words, language) if language != reader else ():
            common = not terms(words[span.start : span.end], reader)
            if not common and not any(_hides(mine, span) for mine in own):
                codes = others.setdefault((span.start, span.end), {})
                codes.update(dict.fromkeys(span.codes))
    found = [Span(start, end, tuple(codes)) for (start, end), codes in others.items()]
    return outermost([*own, *found])


def _hides(mine: Span, other: Span) -> bool:
    """Say whether the reader's own label stands there, too, and is no shorter."""
    overlap = mine.start < other.end and other.start < mine.end
    return overlap and mine.end - mine.start >= other.end - other.start
