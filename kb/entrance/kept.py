"""What is read of all records once and used until a record changes."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from kb.assessing.history import Assessed, read_assessed
from kb.communities.lookups import Told, read_told
from kb.credit.contributors import Named, read_credited
from kb.entrance.place import whereabouts
from kb.entrance.request import office, this_session
from kb.record.called import Called, read_called
from kb.record.filed import Filed, last_change, read_filed
from kb.record.lookups import this_day
from kb.record.similar import Likes
from kb.record.whereabouts import Whereabouts
from kb.record.zoning import Zoned
from kb.search.suggestions import Entry, Suggestions
from kb.search.thesaurus import Thesaurus, read_thesaurus
from kb.writing.versions import published_last

SUBJECT = "subject"
"""What a concept of the thesaurus is called where kinds of records are named, too."""


@dataclass
class Catalogue:
    """All public records by what they are filed under and where they come from."""

    change: tuple[int, date]
    """The last line of the journal when they were read, and the day."""
    filed: dict[int, Filed]
    where: Whereabouts

    @cached_property
    def zoned(self) -> Zoned:
        """Give them by zone."""
        return Zoned(self.filed, self.where)

    @cached_property
    def called(self) -> dict[int, Called]:
        """Give what they are called; read when first asked for."""
        return read_called(this_session())

    @cached_property
    def assessed(self) -> dict[int, Assessed]:
        """Give what was last said of whether they are still true."""
        return read_assessed(this_session())

    @cached_property
    def held(self) -> dict[int, Told]:
        """Give those that are knowledge of a community."""
        return read_told(this_session())

    @cached_property
    def credited(self) -> dict[int, list[Named]]:
        """Give who made them, named as they wish."""
        return read_credited(this_session())

    @cached_property
    def versions(self) -> dict[int, tuple[int, date]]:
        """Give number and day of the version that is published now."""
        return published_last(this_session())

    @cached_property
    def suggestions(self) -> Suggestions:
        """Give their titles and local names, to be suggested while somebody types."""
        return Suggestions(
            [
                Entry(words, language, (called.kind, number), local=local)
                for number, called in self.called.items()
                for local, pairs in ((False, called.titles), (True, called.names))
                for language, words in pairs
            ]
        )

    @cached_property
    def _likes(self) -> dict[str, Likes]:
        return {}

    def likes(self, kind: str) -> Likes:
        """Give those of one kind, packed to be compared with each other."""
        if kind not in self._likes:
            of_kind = {n: one for n, one in self.filed.items() if one.kind == kind}
            self._likes[kind] = Likes(of_kind, self.where)
        return self._likes[kind]


@dataclass
class Subjects:
    """The concepts of the thesaurus by what they are called."""

    thesaurus: Thesaurus
    _by_language: dict[str, Suggestions] = field(default_factory=dict)

    def suggestions(self, language: str) -> Suggestions:
        """Give the labels of one language, to be suggested while somebody types."""
        if language not in self._by_language:
            self._by_language[language] = Suggestions(
                [
                    Entry(words, language, (SUBJECT, number))
                    for number, concept in enumerate(self.thesaurus.concepts.values())
                    for words in concept.to_write(language)
                ]
            )
        return self._by_language[language]


def subjects() -> Subjects:
    """Give the concepts of the thesaurus as they are now."""
    kept: dict[str, Any] = office().kept
    thesaurus = read_thesaurus(this_session())
    known: Subjects | None = kept.get("subjects")
    if known is None or known.thesaurus is not thesaurus:
        known = kept["subjects"] = Subjects(thesaurus)
    return known


def catalogue() -> Catalogue:
    """Give all public records as they are now.

    They are read again only if the journal has a new line, and on a new day. It is
    looked at each time: what was withdrawn must not be suggested or counted any more,
    nor what may be told for a season only.
    """
    kept: dict[str, Any] = office().kept
    known: Catalogue | None = kept.get("catalogue")
    change = last_change(this_session()), this_day()
    if known is None or known.change != change:
        kept.pop("whereabouts", None)  # they may be from before the change
        filed = read_filed(this_session())
        known = Catalogue(change, filed, whereabouts())
        kept["catalogue"] = known
    return known
