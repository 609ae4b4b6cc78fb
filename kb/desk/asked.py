"""What people ask for, by entry of the named lists: how often each was searched for."""

from collections import Counter
from collections.abc import Iterable, Mapping

from kb.search.gaps import Gap
from kb.search.thesaurus import Thesaurus
from kb.search.words import terms
from kb.vocabulary.lookups import Entry

Asked = Counter[tuple[str, str, str]]
"""Language, zone, entry → searches. Without an entry: whatever the words were; without
a zone: wherever the land of who searched lies."""


class Named:
    """Entries of the named lists in one language, recognised in what is searched for.

    Words name an entry if the thesaurus knows them for it or for something narrower;
    or if all of them stand in its name, or all of its name in them: "mulch" names
    "cover crops and mulch", and "rice in salty water" names "rice".
    """

    def __init__(
        self, entries: Iterable[Entry], language: str, thesaurus: Thesaurus
    ) -> None:
        entries = list(entries)
        self._language, self._thesaurus = language, thesaurus
        self._stems = {one.id: _stems(one.name, language) for one in entries}
        concepts = ((thesaurus.same_as(one.id), one.id) for one in entries)
        self._entry_of = {code: id_ for code, id_ in concepts if code}

    def named_in(self, words: str) -> set[str]:
        """Give the entries that some words name."""
        said = _stems(words, self._language)
        found = {
            id_
            for id_, own in self._stems.items()
            if said and own and (said <= own or own <= said)
        }
        for span in self._thesaurus.spans(words, self._language):
            for code in span.codes:
                meant = {code, *self._thesaurus.above(code)} & self._entry_of.keys()
                found |= {self._entry_of[one] for one in meant}
        return found


def count_asked(searches: Iterable[Gap], named: Mapping[str, Named]) -> Asked:
    """Count searches by what they name.

    :param named: language → the entries as they are called in it; searches of readers
        of other languages are left out.
    """
    asked: Asked = Counter()
    for one in searches:
        if one.language in named:
            for entry in ("", *named[one.language].named_in(one.words)):
                for zone in {"", one.zone}:
                    asked[one.language, zone, entry] += one.times
    return asked


def _stems(words: str, language: str) -> frozenset[str]:
    """Give the stems of some words, without the forms in which they are spelt."""
    spelt = f"{language}="
    return frozenset(t for t in terms(words, language) if not t.startswith(spelt))
