"""Sources that come with a draft: in its document until its record is published.

So nobody else sees them, they go with the draft, and they are in its author's file.
``sources`` of a document holds them by the key that the draft cites them by.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import case, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from kb.errors import Conflict
from kb.folding import fold
from kb.language import _
from kb.people.models import Person
from kb.record.models import Source
from kb.record.schemas import Known
from kb.writing.models import Draft
from kb.writing.service import save
from kb.writing.source_schema import checked, same_address
from kb.writing.versions import Document

OWN = "sources"
KINDS: Mapping[str, str] = {
    "study": "",
    "report": "report",
    "book": "book",
    "page": "web page",
    "notes": "own notes",
}
"""What it is → what stands behind its citation, in English as all citations."""
ADDED, TRIED = "added-", "tried-"
"""How keys begin: of what came with a draft, and of what users tried. So seeds, whose
keys begin with an author, never overwrite one; a trial may be taken back."""
MOST = 20
"""Sources shown of those that match."""


@dataclass(frozen=True)
class Cited:
    """A source as a draft can cite it."""

    key: str
    citation: str
    doi: str = ""
    url: str = ""
    own: bool = False
    """It came with the draft."""


def citable(session: Session, document: Document) -> list[Cited]:
    """Give what a draft can cite: its own sources, then those there are, by citation.

    What users tried is left out: it may be taken back. One that goes by two keys stands
    under that which the draft cites it by.
    """
    cites = set(_cited(document))
    key = case((Source.also.in_(cites), Source.also), else_=Source.key)
    rows = session.execute(
        select(key, Source.citation, Source.doi, Source.url)
        .where(~Source.key.startswith(TRIED))
        .order_by(Source.citation)
    )
    return [*_own(document), *(Cited(*row) for row in rows)]


def matching(
    session: Session, document: Document, typed: str
) -> tuple[list[Cited], int]:
    """Give the sources that hold all words typed, at most `MOST`, and how many do."""
    words = fold(typed).split()
    if not words:
        return [], 0
    there = citable(session, document)
    folded = ((one, fold(f"{one.citation} {one.key} {one.doi}")) for one in there)
    found = [one for one, said in folded if all(word in said for word in words)]
    return found[:MOST], len(found)


def add(
    session: Session, draft: Draft, given: Mapping[str, str], *, by: Person
) -> Cited:
    """Add a source to a draft; give it, or the one there is with its DOI or address.

    One that came with the draft is mended: it stands as it was written last.

    :raises NotAllowed: she may not write the draft, or not now.
    :raises NotValid: ``problems`` says what does not fit, by field.
    """
    source = checked(given, tuple(KINDS))
    there = citable(session, draft.document)
    same = _same(source, there)
    if same is not None and not same.own:
        return same
    taken = {one.key for one in there}
    key = same.key if same else next(x for x in _keys(source) if x not in taken)

    def filled(document: Document) -> Document:
        return document | {OWN: document.get(OWN, {}) | {key: source}}

    save(session, draft, filled, by=by, revision=draft.revision)
    return Cited(key, source["citation"], own=True)


def with_own(known: Known, document: Document) -> Known:
    """Give what there is together with the draft's own sources, to check it by.

    Their numbers are below nought: no row of the table has them.
    """
    own = {key: -n for n, key in enumerate(document.get(OWN, {}), start=1)}
    return replace(known, sources={**known.sources, **own})


def without_unused(document: Document) -> Document:
    """Give a document without those of its own sources that it does not cite."""
    cited = set(_cited(document))
    own = {key: one for key, one in document.get(OWN, {}).items() if key in cited}
    rest = {name: part for name, part in document.items() if name != OWN}
    return rest | ({OWN: own} if own else {})


def made_public(session: Session, document: Document) -> Document:
    """Give a document that cites sources open to all, made of its own where needed.

    :raises Conflict: somebody published the same one at this moment.
    """
    there = citable(session, {})
    former = {key for key in session.scalars(select(Source.also)) if key}
    names: dict[str, str] = {}
    for key, source in without_unused(document).get(OWN, {}).items():
        same = _same(source, there)
        if same is None:
            same = _store(session, key, source, former | {one.key for one in there})
            there.append(same)
        names[key] = same.key
    public = deepcopy({part: x for part, x in document.items() if part != OWN})
    for place, name in _places(public):
        given = place[name]
        place[name] = (
            [names.get(key, key) for key in given]
            if isinstance(given, list)
            else names.get(given, given)
        )
    return public


def _store(
    session: Session, key: str, source: Mapping[str, Any], taken: set[str]
) -> Cited:
    free = next(one for one in (key, *_keys(source)) if one not in taken)
    word = KINDS.get(source["kind"], "")
    citation = f"{source['citation']} ({word})" if word else source["citation"]
    plain = {name: source[name] for name in ("year", "doi", "url") if name in source}
    try:
        with session.begin_nested():
            session.add(Source(key=free, citation=citation, **plain))
    except IntegrityError as now:
        raise Conflict(_("Something else was published just now. Try again.")) from now
    return Cited(free, source["citation"], source.get("doi", ""), source.get("url", ""))


def _own(document: Document) -> Iterator[Cited]:
    for key, one in document.get(OWN, {}).items():
        doi, url = one.get("doi", ""), one.get("url", "")
        yield Cited(key, one["citation"], doi, url, own=True)


def _same(source: Mapping[str, Any], there: Sequence[Cited]) -> Cited | None:
    """Find it by its DOI, else by its address, else word for word."""
    doi = source.get("doi", "")
    by_doi = (one for one in there if doi and doi == one.doi.lower())
    others = (one for one in there if not (doi and one.doi) and _is_same(source, one))
    return next(by_doi, None) or next(others, None)


def _is_same(source: Mapping[str, Any], one: Cited) -> bool:
    url = source.get("url", "")
    if url and one.url:
        return same_address(url) == same_address(one.url)
    return fold(source["citation"]).split() == fold(one.citation).split()


def _keys(source: Mapping[str, Any]) -> Iterator[str]:
    """Give keys for a source, such as ``added-guo-2002``, the plainest first."""
    first = re.sub("[^a-z0-9]", "", fold(source["citation"].split()[0]))[:30]
    year = f"-{source['year']}" if "year" in source else ""
    stem = f"{ADDED}{first or 'source'}{year}"
    yield stem
    for number in range(2, 10_000):
        yield f"{stem}-{number}"


def _cited(document: Document) -> Iterator[str]:
    for place, name in _places(document):
        given = place[name]
        yield from given if isinstance(given, list) else [given]


def _places(document: Document) -> Iterator[tuple[dict[str, Any], str]]:
    """Give each part of a document that cites, and the name under which it does."""
    facts = document.get("facts", {})
    rows = [row for part in facts.values() if isinstance(part, list) for row in part]
    for place in (facts, *(row for row in rows if isinstance(row, dict))):
        for name in ("source", "sources"):
            if name in place:
                yield place, name
