"""The thesaurus as a file that other programs read (SKOS)."""

from importlib import import_module
from typing import Any

from flask import Blueprint, Response

from kb.entrance.address import LANG
from kb.entrance.named import this_thesaurus
from kb.entrance.request import office
from kb.search.thesaurus import Thesaurus

files = Blueprint("concept_files", __name__, url_prefix=LANG)

FORMS = {"ttl": ("turtle", "text/turtle"), "rdf": ("xml", "application/rdf+xml")}
"""End of the file → how it is written, and what that is called."""


@files.get("/concepts.<any(ttl,rdf):end>")
def whole(lang: str, end: str) -> Response:
    """Give all concepts in all languages; what writes them is loaded when asked for."""
    form, content_type = FORMS[end]
    reply = Response(_written(form), content_type=f"{content_type}; charset=utf-8")
    name = f'attachment; filename="humus-thesaurus.{end}"'
    reply.headers["Content-Disposition"] = name
    return reply


def _written(form: str) -> bytes:
    """Write the thesaurus, once for each change of it."""
    thesaurus = this_thesaurus()
    known: tuple[Thesaurus, bytes] | None = office().kept.get(f"skos {form}")
    if known is None or known[0] is not thesaurus:
        skos: Any = import_module("kb.exchange.skos")
        concepts = thesaurus.concepts.values()
        written: bytes = skos.write_skos(concepts, form, office().settings.address)
        known = office().kept[f"skos {form}"] = thesaurus, written
    return known[1]
