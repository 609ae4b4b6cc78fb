"""What is suggested to a reader while she types: words, and where they lead."""

from collections.abc import Iterator
from dataclasses import dataclass

from kb.entrance.address import address_of
from kb.entrance.kept import catalogue
from kb.language import best_of
from kb.record.called import Called
from kb.search.suggestions import Entry


@dataclass(frozen=True)
class Suggested:
    """One thing that may be meant."""

    words: str
    """What was found: a title in some language, or a local name."""
    language: str
    title: str
    """Its title as this reader is shown it."""
    title_language: str
    kind: str
    address: str


def suggested(typed: str, language: str) -> Iterator[Suggested]:
    """Give what may be meant by what was typed so far, likeliest first."""
    kept = catalogue()
    for entry in kept.suggestions.beginning(typed, language):
        yield _one(entry, kept.called[entry.thing[1]], language)


def _one(entry: Entry, called: Called, language: str) -> Suggested:
    titles = dict(called.titles)
    shown = best_of(titles, reader=language, source=called.source_language)
    return Suggested(
        words=entry.words,
        language=entry.language,
        title=titles[shown],
        title_language=shown,
        kind=called.kind,
        address=address_of(called.kind, called.ref, called.slugs[shown], language),
    )
