"""What the pages share on which users say something about a record."""

from collections.abc import Sequence
from typing import Any

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as Reply

from kb.entrance.address import address_of
from kb.entrance.labels import _
from kb.entrance.pace import Try, keep_pace_in, who_asks
from kb.entrance.person import this_person
from kb.entrance.request import this_language, this_session, writing_session
from kb.entrance.site import site
from kb.errors import KbError, NotFound, Unavailable
from kb.feedback.choices import LANGUAGES
from kb.feedback.given import LONGEST_WORDS
from kb.feedback.pace import WRITTEN_ADDRESS
from kb.kinds import BY_PLURAL, KINDS
from kb.people.models import Person
from kb.record.lookups import by_ref
from kb.record.models import Record
from kb.web.formats import language_name, title_for
from kb.web.people_page import again, page
from kb.web.records import PLURAL, code_in

ABOUT = f"{PLURAL}/<ref>"
"""How the address begins of a page on which something is said about a record."""


def record_named(plural: str, ref: str, *, triable: bool = False) -> Record:
    """Give the public record that an address names, with its titles.

    :param triable: whether it has to be one that can be tried.
    :raises NotFound: there is none of this kind.
    """
    code = code_in(ref)
    found = by_ref(this_session(), [code], this_language()).get(code)
    kind = BY_PLURAL[plural]
    if found is None or found.kind != kind.name or (triable and not kind.triable):
        raise NotFound(_("There is no record with the code %(ref)s.", ref=code))
    return found


def form_page(template: str, record: Record, **said: Any) -> Response:
    """Show a form about a record."""
    return page(template, **_about(record), **said)


def form_again(
    template: str, record: Record, refused: KbError, **said: Any
) -> Response:
    """Show a form again with all that was typed, and what is wrong with it."""
    typed = {name: words[: 2 * LONGEST_WORDS] for name, words in request.form.items()}
    return again(template, refused, **_about(record), given=typed, **said)


def _about(record: Record) -> dict[str, Any]:
    return {
        "record": record,
        "text": title_for(record, this_language()),
        "plural": KINDS[record.kind].plural,
        "triable": KINDS[record.kind].triable,
        "spoken_languages": spoken_languages(),
    }


def spoken_languages() -> Sequence[tuple[str, str]]:
    """Give the languages that words may be in: code and name, the reader's first."""
    mine = this_language()
    others = [(code, language_name(code)) for code in LANGUAGES if code != mine]
    named = [(c, _("another language") if c == "und" else name) for c, name in others]
    return [(mine, language_name(mine)), *named]


def writing(
    plural: str, ref: str, *more: Try, triable: bool = False
) -> tuple[Record, Person | None]:
    """Begin to write about a record: count the try, and say who is signed in.

    :raises TooManyRequests: too much came from this address.
    """
    session = writing_session()
    tries = ("written address", who_asks(), WRITTEN_ADDRESS), *more
    keep_pace_in(session, *tries)
    return record_named(plural, ref, triable=triable), this_person()


def known_site() -> str:
    """Give where links in messages begin; nothing if this installation has no address.

    What somebody says is kept all the same; only nobody is written to.
    """
    try:
        return site()
    except Unavailable:
        return ""


def thanks(record: Record, what: str, *, said: str = "") -> Reply:
    """Lead to the page that says thanks."""
    to = url_for(
        "feedback.thanks_page",
        plural=KINDS[record.kind].plural,
        ref=record.ref,
        what=what,
        said=said or None,
    )
    return redirect(to, code=303)


def to_record(plural: str, ref: str) -> Reply:
    """Lead to the page of the record."""
    code = code_in(ref)
    kind = BY_PLURAL[plural].name
    return redirect(address_of(kind, code, "", this_language()), code=303)
