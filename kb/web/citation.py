"""A record's citation as a file, for programs that keep references."""

import json
from collections.abc import Callable

from flask import Blueprint, Response, request

from kb.credit.citation import Cited, as_bibtex, as_cff, as_csl, as_text
from kb.entrance.address import LANG
from kb.entrance.cited import cited
from kb.entrance.kept import catalogue
from kb.errors import NotFound
from kb.language import _
from kb.web.records import PLURAL, gone_or_refused
from kb.web.versions import LARGEST, public_record

pages = Blueprint("citation", __name__, url_prefix=LANG)


def _json(made: Callable[[Cited], object]) -> Callable[[Cited], str]:
    return lambda cited: json.dumps(made(cited), ensure_ascii=False, indent=1)


FORMS: dict[str, tuple[str, Callable[[Cited], str]]] = {
    "txt": ("text/plain", as_text),
    "bib": ("application/x-bibtex", as_bibtex),
    "cff.json": ("application/json", _json(as_cff)),
    "csl.json": ("application/vnd.citationstyles.csl+json", _json(as_csl)),
}
"""How the name of the file ends → its type, and what writes it."""


@pages.get(f'{PLURAL}/<ref>/cite.<any("txt","bib","cff.json","csl.json"):form>')
@gone_or_refused
def one(lang: str, plural: str, ref: str, form: str) -> Response:
    """Give the citation of a record, of one of its versions if that is asked for."""
    text = request.args.get("text") or lang
    record = public_record(plural, ref, text)
    found = cited(record, text, catalogue(), _version())
    kind, written = FORMS[form]
    reply = Response(written(found), content_type=f"{kind}; charset=utf-8")
    named = f'attachment; filename="{found.key}.{form}"'
    reply.headers["Content-Disposition"] = named
    return reply


def _version() -> int | None:
    """Give the version that is asked for; nothing if none is.

    :raises NotFound: it is no number.
    """
    asked = request.args.get("version")
    if asked is None:
        return None
    if asked.isascii() and asked.isdigit() and len(asked) < 10 and int(asked) < LARGEST:
        return int(asked)
    raise NotFound(_("There is no such version."))
