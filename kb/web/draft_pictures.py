"""The pictures of a draft: put there, described and taken away by who writes it."""

from typing import Any

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as Reply

from kb.entrance.labels import _
from kb.entrance.pace import keep_pace
from kb.entrance.person import a_person
from kb.entrance.request import office, this_session
from kb.errors import Conflict, NotAllowed, NotValid
from kb.people.pace import PICTURE
from kb.pictures.given import LICENCES, checked_words
from kb.pictures.lookups import CARD, DRAWING, STEP
from kb.pictures.sizes import MOST_BYTES
from kb.web.people_page import again, page, people_pages
from kb.web.picture_given import OVERHEAD, picture_given
from kb.web.write_page import NUMBER, about, may, this_draft
from kb.writing import pictured
from kb.writing.models import Draft

pages = people_pages("draft_pictures", most_bytes=MOST_BYTES + OVERHEAD)
TEMPLATE = "write/pictures.html"
ALL = f"/write/{NUMBER}/pictures"
ONE = f"{ALL}/<int(max=2147483647):which>/<any(words,away):step>"


@pages.get(ALL)
def every(lang: str, number: int) -> Response:
    """Show the pictures of a draft, and to its writers the form for one more."""
    return page(TEMPLATE, **_shown(number))


@pages.get(ONE)
def form_of(lang: str, number: int, which: int, step: str) -> Reply:
    """Lead to the page from the address of a form, such as after a language."""
    return _back(number)


@pages.post(ALL)
def add(lang: str, number: int) -> Reply:
    """Take a picture in; it is unpacked before anything is written."""
    shown = _shown(number)
    if not shown["writes"]:
        raise NotAllowed(_("You may not do this."))
    keep_pace(("picture", str(a_person().id), PICTURE))
    try:
        given, taken = picture_given(request.form, list(shown["places"]))
        session, person, draft = this_draft(number, to_write=True)
        pictured.add(
            session, draft, given, taken,
            folder=office().settings.pictures_folder, language=lang, by=person,
        )  # fmt: skip
    except (NotValid, Conflict) as refused:
        this_session().rollback()
        return again(TEMPLATE, refused, **_shown(number))
    session.commit()
    return _back(number)


@pages.post(ONE)
def one(lang: str, number: int, which: int, step: str) -> Reply:
    """Say what is to be seen in a picture, or take it out of the draft."""
    session, person, draft = this_draft(number, to_write=True)
    try:
        if step == "words":
            given = checked_words(request.form)
            pictured.describe(session, draft, which, given, language=lang, by=person)
        else:
            pictured.take_away(session, draft, which, by=person)
    except NotValid as refused:
        session.rollback()
        return again(TEMPLATE, refused, **(_shown(number) | {"at": which}))
    session.commit()
    return _back(number)


def _shown(number: int) -> dict[str, Any]:
    session, person, draft = this_draft(number)
    return {
        "pictures": pictured.pictures_of(session, draft),
        "places": places(draft),
        "licences": {name: name for name in LICENCES},
        "writes": may(session, person, draft)("write"),
        "at": None,
        **about(draft),
    }


def places(draft: Draft) -> dict[str, str]:
    """Name the places where a picture may stand in a draft."""
    steps = draft.document.get("facts", {}).get("steps", ())
    return (
        {CARD: _("With the title")}
        | {
            f"{STEP}{n}": _("With step %(number)s", number=n)
            for n in range(1, len(steps) + 1)
        }
        | {DRAWING: _("Among the drawings")}
    )


def _back(number: int) -> Reply:
    return redirect(url_for(".every", number=number), code=303)
