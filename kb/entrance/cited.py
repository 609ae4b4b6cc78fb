"""How a record is cited, for pages and the API: with the address of its version."""

from typing import Any

from flask import url_for

from kb.credit.citation import Cited
from kb.entrance.address import record_address, whole
from kb.entrance.kept import Catalogue
from kb.entrance.request import this_session
from kb.kinds import KINDS
from kb.language import FALLBACK, INTERFACE, best_of
from kb.record.models import Record
from kb.writing.versions import get_version


def cited(
    record: Record, language: str, kept: Catalogue, number: int | None = None
) -> Cited:
    """Give what is said of a record where it is cited.

    :param language: the reader's; the record is cited in it, if it has words in it.
    :param number: of a version, if not the one that is published now.
    :raises NotFound: it has no such version.
    """
    latest, on = kept.versions.get(record.id, (0, record.published_on))
    titles = {text.language: text.title for text in record.texts}
    if number is not None and number != latest:
        version = get_version(this_session(), record, number)
        latest, on = version.number, version.at.date()
        titles = _titles(version.document) or titles
    shown = best_of(titles, reader=language, source=record.source_language)
    return Cited(
        record.ref,
        titles[shown],
        shown,
        latest,
        on,
        record.licence,
        record.credit,
        _permalink(record, shown, latest),
        kept.credited.get(record.id, ()),
    )


def _titles(document: dict[str, Any]) -> dict[str, str]:
    return {x: text["title"] for x, text in document.get("texts", {}).items()}


def _permalink(record: Record, language: str, number: int) -> str:
    """Give the address of a version, or of the record where none was kept."""
    if not number:
        return record_address(record, language=language, absolute=True)
    known = language in INTERFACE
    address = url_for(
        "versions.one",
        lang=language if known else FALLBACK,
        plural=KINDS[record.kind].plural,
        ref=record.ref,
        number=number,
        text=None if known else language,
    )
    return whole(address)
