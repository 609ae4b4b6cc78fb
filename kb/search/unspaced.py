"""Words of scripts that put no spaces between them, found by the dictionaries of ICU.

Where Chinese or Japanese stands, every sign is a place: it holds the word that begins
there, if one does, and always the pair of signs that begins there. Pairs find what the
dictionary cuts otherwise in the text than in the question, and stand in a row.
"""

from collections.abc import Iterable, Iterator

from icu4py.breakers import WordBreaker

from kb.search.word_parts import Span


def words(run: str) -> list[Span]:
    """Cut a run into words; signs that belong to none are left out."""
    spans, start = [], 0
    for word in WordBreaker(run, "en"):
        if word.isalnum() or any(map(str.isalnum, word)):
            spans.append((start, start + len(word)))
        start += len(word)
    return spans


def pairs(run: str) -> list[str]:
    """Give the pair that begins with each sign; the last is alone."""
    return [run[at : at + 2] for at in range(len(run))]


def asked(words: Iterable[Span], length: int) -> Iterator[list[Span]]:
    """Give what a question asks: one after the other, any of the spans being enough.

    A long word is asked for pair by pair, single signs next to each other as pairs too,
    a sign alone also with the one before or after it.

    :param words: those that count, in a run of ``length`` signs.
    """
    stretches: list[Span] = []
    singles = False
    for start, end in words:
        single = end - start == 1
        if single and singles and stretches[-1][1] == start:
            stretches[-1] = (stretches[-1][0], end)
        else:
            stretches.append((start, end))
        singles = single
    for stretch in stretches:
        yield from _spans(*stretch, length)


def _spans(start: int, end: int, length: int) -> Iterator[list[Span]]:
    if end - start == 1:
        around = [(start - 1, end), (start, end + 1)]
        yield [(start, end), *(s for s in around if s[0] >= 0 and s[1] <= length)]
    elif end - start == 2:
        yield [(start, end)]
    else:
        yield from ([(at, at + 2), (start, end)] for at in range(start, end - 1))
