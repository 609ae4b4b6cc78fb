"""The thesaurus for readers: what there is a name for, and all that one is called."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kb.entrance.address import LANG
from kb.entrance.labels import _
from kb.entrance.named import this_thesaurus
from kb.entrance.request import office, this_language, this_session
from kb.errors import NotFound
from kb.folding import fold
from kb.language import FALLBACK, INTERFACE
from kb.naming.labels import plain
from kb.search.document import Query
from kb.search.service import Results, search
from kb.vocabulary.thesaurus_lookups import NamedConcept, merged_concepts

pages = Blueprint("concepts", __name__, url_prefix=LANG)

MOST_FOUND = 60
MOST_RECORDS = 10
MOST_LETTERS = 60
"""Beginnings of names shown as letters; a language that has more has none."""


@dataclass(frozen=True)
class Shown:
    """A concept as this reader is told of it."""

    code: str
    name: str
    spoken: str
    """The language of the name: the reader's, or English where it has none."""
    narrower: int = 0


@pages.get("/concepts")
def every(lang: str) -> str:
    """List the widest concepts, those of a letter, or those that words are found in."""
    asked = " ".join(request.args.get("q", "")[:80].split())
    concepts = this_thesaurus().concepts.values()
    letters = sorted({_initial(c.name(lang)) for c in concepts})
    letter = request.args.get("letter", "")
    letter = letter if letter in letters else ""
    if asked:
        found = _called(asked, concepts)
    elif letter:
        found = [c for c in concepts if _initial(c.name(lang)) == letter]
    else:
        found = [c for c in concepts if not c.broader]
    return render_template(
        "concepts/every.html",
        shown=_shown(found)[: MOST_FOUND if asked else None],
        total=len(concepts),
        letters=letters if len(letters) <= MOST_LETTERS else [],
        letter=letter,
        asked=asked,
    )


@pages.get("/concepts/<code>")
def one(lang: str, code: str) -> str | Response:
    """Show all that a concept is called, what it is, and which records tell of it.

    :raises NotFound: there is none.
    """
    concept = this_thesaurus().concepts.get(code)
    if concept is None:
        return redirect(url_for(".one", code=_merged_into(code)), code=301)
    concepts = this_thesaurus().concepts
    below = [one for one in concepts.values() if code in one.broader]
    defined_in, definition = concept.definition(lang)
    named_in = lang if lang in concept.names else FALLBACK
    return render_template(
        "concepts/one.html",
        concept=concept,
        name=concept.name(lang),
        named_in=named_in,
        defined_in=defined_in,
        definition=definition,
        broader=_shown(concepts[x] for x in concept.broader if x in concepts),
        narrower=_shown(below),
        related=_shown(concepts[x] for x in concept.related if x in concepts),
        elsewhere=[x for x in _order(concept.names) if x != named_in],
        results=_records_about(concept),
    )


def get_concept(code: str) -> NamedConcept:
    """Give a concept by its code.

    :raises NotFound: there is none.
    """
    concept = this_thesaurus().concepts.get(code)
    if concept is None:
        raise NotFound(_("There is nothing called %(code)s here.", code=code))
    return concept


def _merged_into(code: str) -> str:
    other = merged_concepts(this_session()).get(code)
    if other is None:
        raise NotFound(_("There is nothing called %(code)s here.", code=code))
    return other


def _called(asked: str, concepts: Iterable[NamedConcept]) -> list[NamedConcept]:
    """Give concepts with a label, in whatever language, that holds some words."""
    wanted = plain(asked)
    return [
        concept
        for concept in concepts
        if wanted == concept.code
        or any(wanted in plain(x) for said in concept.names.values() for x in said)
    ]


def _initial(name: str) -> str:
    return fold(name)[:1].upper()


def _shown(concepts: Iterable[NamedConcept]) -> list[Shown]:
    """Give concepts as the reader calls them, in the order of their names."""
    lang, below = this_language(), dict[str, int]()
    for one in this_thesaurus().concepts.values():
        for code in one.broader:
            below[code] = below.get(code, 0) + 1
    shown = [
        Shown(
            one.code,
            one.name(lang),
            lang if lang in one.names else FALLBACK,
            below.get(one.code, 0),
        )
        for one in concepts
    ]
    return sorted(shown, key=lambda one: (fold(one.name), one.code))


def _order(languages: Iterable[str]) -> list[str]:
    """Give languages, those of the interface first."""
    there = set(languages)
    return [x for x in INTERFACE if x in there] + sorted(there - set(INTERFACE))


def _records_about(concept: NamedConcept) -> Results | None:
    """Find records that speak of a concept or of narrower ones; none if none does."""
    language = this_language()
    query = Query(concept.name(language), language, per_page=MOST_RECORDS, counted=())
    thesaurus = this_thesaurus()
    found = search(this_session(), office().index, query, None, thesaurus)
    return None if found.relaxed or not found.total else found
