"""Up to four practices or success stories side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, render_template, request

from kb.entrance.address import LANG
from kb.entrance.labels import _
from kb.entrance.place import this_nearness
from kb.entrance.request import this_language, this_session, this_vocabulary
from kb.kinds import KINDS
from kb.record.comparison import FEWEST, MOST, lines, read_records
from kb.record.lookups import by_ref
from kb.record.models import Record, Source
from kb.record.reading import Reading, sources_of
from kb.record.whereabouts import Match, Nearness
from kb.regions.likeness import BAND_WORDS, sentence

pages = Blueprint("compare", __name__, url_prefix=LANG)

COMPARED = {KINDS[name].letter: KINDS[name] for name in ("practice", "story")}
"""The kinds whose records can be compared, by the first letter of their refs."""

MOST_READ = 8
"""Refs that are looked at; who sends more has not used our form."""


@dataclass(frozen=True)
class Column:
    """One record as it is compared."""

    record: Record
    reading: Reading
    match: Match | None
    """How it stands to the reader's place, if she said one and the record does too."""


@pages.get("/compare")
def compare(lang: str) -> str | tuple[str, int]:
    """Lay records side by side; of too few or too many, let the reader choose."""
    refs = asked_refs()
    if not FEWEST <= len(refs) <= MOST:
        return choose(refs)
    records = read_records(this_session(), COMPARED, refs, lang)
    near = this_nearness()
    return render_template(
        "compare/compare.html",
        columns=[_column(record, near) for record in records],
        lines=lines(records, [e.id for e in this_vocabulary().scheme("indicator")]),
        sources=_sources(records),
        vocabulary=this_vocabulary(),
        placed=near is not None,
        band_words=BAND_WORDS,
        sentence=sentence,
        most=MOST,
    )


def choose(refs: Sequence[str]) -> tuple[str, int]:
    """Ask which records to compare: a refusal, unless nothing was asked yet."""
    found = by_ref(this_session(), refs, this_language())
    kinds = {kind.name for kind in COMPARED.values()}
    page = render_template(
        "compare/choose.html",
        chosen=[r for ref in refs if (r := found.get(ref)) and r.kind in kinds],
        message=_("Please choose two, three or four.") if refs else "",
        most=MOST,
    )
    return page, 422 if refs else 200


def asked_refs() -> list[str]:
    """Give the codes in the address, each once; empty boxes of the form are skipped."""
    given = (ref.strip().upper() for ref in request.args.getlist("ref"))
    return list(dict.fromkeys(ref for ref in given if ref))[:MOST_READ]


def _column(record: Record, near: Nearness | None) -> Column:
    match = near.match(record.id) if near else None
    return Column(record, Reading(record, this_language()), match)


def _sources(records: Sequence[Record]) -> list[Source]:
    """Give the sources of all of them, each once."""
    found = [s for r in records for s in sources_of(r, KINDS[r.kind])]
    return list({source.id: source for source in found}.values())
