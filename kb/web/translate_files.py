"""Sets of texts for the tools of translators, downloaded and brought back."""

import zlib
from base64 import b64decode, b64encode
from binascii import Error as NoBase64
from collections.abc import Mapping
from typing import Any

from flask import Response, request
from werkzeug.wrappers import Response as Reply

from kb.desk.few import every_zone
from kb.entrance.kept import catalogue
from kb.entrance.labels import kind_names
from kb.entrance.named import this_thesaurus
from kb.entrance.pace import keep_pace
from kb.entrance.person import a_person
from kb.entrance.request import this_session, this_vocabulary, writing_session
from kb.errors import NotValid
from kb.kinds import KINDS
from kb.language import FALLBACK, _
from kb.people.pace import FILES
from kb.regions.zones import SOILS, ZONES
from kb.translating.files import forms
from kb.translating.files.gathering import Asked, languages_written_in
from kb.translating.files.taking_in import (
    Choice,
    Done,
    Report,
    begun,
    by_record,
    take_in,
)
from kb.translating.files.unit import ASKED, Bundle, Trouble, refused
from kb.translating.rules import translatable
from kb.web.bench_page import STATES, her_language
from kb.web.people_page import again, page, people_pages

LARGEST = 4_000_000
"""Bytes of a file: all seeds in one language are a third of it."""
LARGEST_PACKED = 2_000_000
"""Bytes of a file as it goes to and fro in a form."""
MOST_UNITS = 5_000
"""Units of a file that are looked at while a browser waits."""
MOST_SHOWN = 20
"""Units that are named for each trouble."""
OVERHEAD = 64 * 1024
ENDS = {form.end: form for form in forms.FORMS.values()}
ASK, TELL = "translate/files.html", "translate/brought.html"
TROUBLES: Mapping[str, object] = {
    Trouble.ID: _("The record has no such field, or no more."),
    Trouble.TWICE: _("It stands there more than once."),
    Trouble.ORIGINAL: _("The original in the file is not that of the record."),
    Trouble.LANGUAGE: _("It is in another language."),
    Trouble.FORM: _("Only a part of it is translated."),
    Trouble.NEWER: _("Somebody wrote something else there meanwhile."),
    Trouble.IN_HAND: _("Somebody works on this record. Bring it again later."),
    Trouble.CHECK: _("Something in it cannot stay so."),
    Trouble.TOO_MANY: _("Many of your suggestions wait. Please come back later."),
    Trouble.OLDER: _("The original has changed since."),
    Trouble.REVIEWED: _("It goes over words that were reviewed."),
    Trouble.UNCHANGED: _("The words are as before, marked as right."),
    Trouble.DOUBT: _("Something in it may be wrong."),
    Trouble.MOVED: _("The step stands at another place now."),
}
"""What may be wrong with a text, in words."""
DONE: Mapping[str, object] = {
    Done.NEW: _("Translated for the first time"),
    Done.CHANGED: _("In other words than now"),
    Done.CONFIRMED: _("Right as they stand"),
    Done.SAME: _("The same as now"),
    Done.EMPTY: _("Not translated"),
    Done.LEFT: _("Left out"),
}
pages = people_pages(
    "translate_files", most_bytes=LARGEST + OVERHEAD, most_text=LARGEST_PACKED
)


@pages.get("/translate/files")
def ask(lang: str) -> Response:
    """Ask what is to be in a file, and for one that comes back."""
    return page(ASK, **_shown())


@pages.get("/translate/files/set.<any(po,xlf,tmx,tbx):end>")
def download(lang: str, end: str) -> Response:
    """Give a set as a file."""
    person = a_person()
    into, _languages = her_language(person)
    form = ENDS[end]
    asked = Asked(
        into,
        _one_of("from", languages_written_in(this_session(), into)) or FALLBACK,
        _chosen(),
        _one_of("kind", KINDS),
        _one_of("state", STATES),
        translatable(person, into),
    )
    written = b"".join(form.write(this_session(), asked))
    reply = Response(written, content_type=form.content_type)
    name = f'attachment; filename="humus-{into}.{end}"'
    reply.headers["Content-Disposition"] = name
    return reply


@pages.post("/translate/files")
def bring(lang: str) -> Reply:
    """Say what a file would do; nothing is taken in yet."""
    person = a_person()
    keep_pace(("translations", str(person.id), FILES))
    her_language(person)
    sent = request.files.get("file")
    try:
        return _told(sent.read(LARGEST + 1) if sent else b"", dry_run=True)
    except NotValid as wrong:
        return again(ASK, wrong, **_shown())


@pages.post("/translate/files/take")
def take(lang: str) -> Reply:
    """Take a file in that was looked at; it is looked at again."""
    person = a_person()
    keep_pace(("translations", str(person.id), FILES))
    her_language(person)
    writing_session()
    try:
        return _told(_unpacked(request.form.get("packed", "")), dry_run=False)
    except NotValid as wrong:
        this_session().rollback()
        return again(ASK, wrong, **_shown())


def _told(content: bytes, *, dry_run: bool) -> Response:
    """Go through a file, and say of each text what becomes of it.

    Each record is kept by itself, so that others are not kept waiting for the whole.
    """
    if len(content) > LARGEST:
        most = LARGEST // 10**6
        raise refused(_("The file is larger than %(most)s MB.", most=most))
    session, person = this_session(), a_person()
    into, _languages = her_language(person)
    bundle = forms.read(content)
    report = begun(bundle, into)
    if len(bundle.units) > MOST_UNITS:
        said = _("The file holds more than %(most)s texts. Bring it in parts.",
                 most=MOST_UNITS)  # fmt: skip
        raise refused(said)
    also = frozenset(x for x in ASKED if x in request.form.getlist("also"))
    hand_in = request.form.get("hand_in") == "yes"
    choice = Choice(person, also, hand_in, dry_run, this_thesaurus())
    for ref, units in by_record(bundle).items():
        report.add(take_in(session, bundle, ref, units, choice))
        session.commit()
    return _report(bundle, report, "" if not dry_run else _packed(content))


def _report(bundle: Bundle, report: Report, packed: str) -> Response:
    listed = {
        trouble: [one for one in report.warned if one.trouble == trouble]
        for trouble in TROUBLES
        if report.troubles[Trouble(trouble)]
    }
    return page(
        TELL, into=bundle.language, report=report, listed=listed, packed=packed,
        asked=ASKED, troubles=TROUBLES, done=DONE, most=MOST_SHOWN,
    )  # fmt: skip


def _shown() -> dict[str, Any]:
    """Give what the page asks with."""
    session, person = this_session(), a_person()
    into, languages = her_language(person)
    vocabulary = this_vocabulary()
    return {
        "into": into, "languages": languages, "states": STATES, "kinds": kind_names(),
        "sources": languages_written_in(session, into), "vocabulary": vocabulary,
        "themes": [entry.code for entry in vocabulary.scheme("theme")],
        "every_zone": every_zone(catalogue().zoned), "soils": len(SOILS),
        "asked": {name: request.args.get(name, "")[:40] for name in ASKED_FOR},
    }  # fmt: skip


ASKED_FOR = ("theme", "zone", "kind", "state", "from")


def _chosen() -> frozenset[int] | None:
    """Give the records on a theme and in a zone, if one is asked for."""
    themes = {entry.code for entry in this_vocabulary().scheme("theme")}
    theme, zone = _one_of("theme", themes), _one_of("zone", ZONES)
    if not theme and not zone:
        return None
    zoned = catalogue().zoned
    there = set(catalogue().filed)
    if zone:
        there &= set(zoned.within(ZONES[zone]).all)
    return frozenset(n for n in there if not theme or theme in zoned.themes(n))


def _one_of(name: str, known: Any) -> str:  # noqa: ANN401
    """Give what is asked for, or nothing.

    :raises NotValid: there is none like it.
    """
    asked = request.args.get(name, "")[:80]
    if asked and asked not in known:
        said = {name: [str(_("There is no such value."))]}
        raise NotValid(_("This page cannot be narrowed so."), said)
    return asked


def _packed(content: bytes) -> str:
    """Give a file as a form can hold it until somebody has read what it would do."""
    packed = b64encode(zlib.compress(content, 9)).decode()
    if len(packed) > LARGEST_PACKED - OVERHEAD:
        raise refused(_("The file is too large for this page. Bring it in parts."))
    return packed


def _unpacked(packed: str) -> bytes:
    """Give the file of a form; no more of it than may be brought."""
    try:
        return zlib.decompressobj().decompress(b64decode(packed), LARGEST + 1)
    except (NoBase64, zlib.error, ValueError) as wrong:
        raise refused(_("The file holds no texts.")) from wrong
