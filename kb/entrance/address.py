"""Addresses of pages: readable, the same page in another language, absolute."""

from typing import Any
from urllib.parse import urlencode

from flask import request, url_for

from kb.entrance.request import office
from kb.kinds import KINDS
from kb.language import FALLBACK, INTERFACE, best_of
from kb.record.models import Record

LANG = f"/<any({','.join(INTERFACE)}):lang>"
"""How the address of a page in a language begins, as a rule for routing."""
PLAIN = "!$'()*,/:;?@"
"""Signs that a query may hold as they are."""


def record_address(
    record: Record, *, language: str, text: str | None = None, absolute: bool = False
) -> str:
    """Give the address of a record for a reader of ``language``.

    :param text: the language of the words, where it is not the reader's own.
    """
    if language not in INTERFACE:
        language, text = FALLBACK, text or language
    texts = {t.language: t for t in record.texts}
    shown = best_of(texts, reader=text or language, source=record.source_language)
    asked: dict[str, Any] = {"text": text} if text and text != language else {}
    slug = texts[shown].slug
    address = address_of(record.kind, record.ref, slug, language, **asked)
    return whole(address) if absolute else address


def address_of(kind: str, ref: str, slug: str, language: str, **asked: str) -> str:
    """Give the address of a record of which no more is known."""
    return url_for(
        "records.one",
        lang=language,
        plural=KINDS[kind].plural,
        ref=f"{ref}-{slug}" if slug else ref,
        **asked,  # type: ignore[arg-type]  # it takes any words
    )


def whole(address: str) -> str:
    """Make an address absolute, under the public address if one is set."""
    root = office().settings.address.rstrip("/") or request.url_root.rstrip("/")
    return f"{root}{address}"


def same_page(language: str) -> str:
    """Give this page in another language, its query kept.

    What stands in the query goes into no argument: it may be called anything.
    """
    if request.endpoint is None or "lang" not in (request.view_args or {}):
        return url_for("home.home", lang=language)
    view = dict(request.view_args or {}) | {"lang": language}
    path = url_for(request.endpoint, **view)
    query = urlencode(list(request.args.items(multi=True)), safe=PLAIN)
    return f"{path}?{query}" if query else path


def in_every_language() -> dict[str, str]:
    """Give this page in every interface language."""
    return {language: same_page(language) for language in INTERFACE}
