"""What is suggested to a reader while she types: words, and where they lead."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import url_for

from kb.entrance.address import address_of
from kb.entrance.kept import SUBJECT, catalogue, subjects
from kb.entrance.labels import _, kind_name
from kb.folding import fold
from kb.language import best_of
from kb.record.called import Called
from kb.search.suggestions import MOST, Entry

SUBJECTS = 2
"""Subjects suggested at most."""


@dataclass(frozen=True)
class Suggested:
    """One thing that may be meant."""

    words: str
    """What was found: a title in some language, a local name, a subject."""
    language: str
    title: str
    """Its title as this reader is shown it."""
    title_language: str
    kind: str
    """That of the record, or `SUBJECT`."""
    kind_name: str
    address: str


def suggested(typed: str, language: str) -> Iterator[Suggested]:
    """Give what may be meant by what was typed so far, likeliest first.

    Records come first, then subjects that no record is called after; those lead to all
    that is found of them.
    """
    kept = catalogue()
    found = kept.suggestions.beginning(typed, language)
    called = {fold(entry.words) for entry in found}
    about = [
        entry
        for entry in subjects().suggestions(language).beginning(typed, language)
        if fold(entry.words) not in called
    ][:SUBJECTS]
    for entry in found[: MOST - len(about)]:
        yield _record(entry, kept.called[entry.thing[1]], language)
    for entry in about:
        yield _subject(entry)


def _record(entry: Entry, called: Called, language: str) -> Suggested:
    titles = dict(called.titles)
    shown = best_of(titles, reader=language, source=called.source_language)
    return Suggested(
        words=entry.words,
        language=entry.language,
        title=titles[shown],
        title_language=shown,
        kind=called.kind,
        kind_name=str(kind_name()[called.kind]),
        address=address_of(called.kind, called.ref, called.slugs[shown], language),
    )


def _subject(entry: Entry) -> Suggested:
    return Suggested(
        words=entry.words,
        language=entry.language,
        title=entry.words,
        title_language=entry.language,
        kind=SUBJECT,
        kind_name=str(_("Subject")),
        address=url_for("results.find", q=entry.words),
    )
