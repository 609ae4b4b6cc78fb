"""The pictures of a record, for those who bring, describe and publish them."""

from typing import Any

from flask import Response, redirect, request, url_for
from sqlalchemy.orm import selectinload
from werkzeug.wrappers import Response as Reply

from kb.access import thing_of
from kb.entrance.labels import _
from kb.entrance.pace import keep_pace
from kb.entrance.person import a_person
from kb.entrance.request import office, this_session, writing_session
from kb.errors import Conflict, NotAllowed, NotFound, NotValid
from kb.kinds import BY_PLURAL
from kb.people.models import Person
from kb.people.pace import PICTURE
from kb.pictures import service
from kb.pictures.given import LICENCES, checked_words
from kb.pictures.lookups import (
    CARD,
    DRAWING,
    STEP,
    get_any_record,
    get_picture,
    standing,
)
from kb.pictures.models import Picture
from kb.pictures.rules import RULES, is_open, may
from kb.pictures.sizes import MOST_BYTES
from kb.practices.models import Practice
from kb.record.models import Record, Status
from kb.web.people_page import again, page, people_pages
from kb.web.picture_given import OVERHEAD, picture_given
from kb.web.records import PLURAL, code_in

pages = people_pages("pictures", most_bytes=MOST_BYTES + OVERHEAD)
TEMPLATE = "pictures/pictures.html"
ALL = f"{PLURAL}/<ref>/pictures"
ONE = f"{ALL}/<int(max=2147483647):number>"
STEPS = "/<any(words,publish,withdraw,earlier,later):step>"


@pages.get(ALL)
def every(lang: str, plural: str, ref: str) -> Response:
    """Show the pictures of a record, and the form for one more."""
    return page(TEMPLATE, **_shown(plural, ref, lang))


@pages.get(f"{ONE}{STEPS}")
def form_of(lang: str, plural: str, ref: str, number: int, step: str) -> Reply:
    """Lead to the page from the address of a form, such as after a language."""
    return _back(plural, ref)


@pages.post(ALL)
def add(lang: str, plural: str, ref: str) -> Reply:
    """Take a picture in; it is unpacked before anything is written."""
    shown = _shown(plural, ref, lang)
    if not shown["may_add"]:
        raise NotAllowed(_("You may not do this."))
    keep_pace(("picture", str(a_person().id), PICTURE))
    try:
        given, taken = picture_given(request.form, list(shown["places"]))
        session, person = writing_session(), a_person()
        service.add(
            session, _record(plural, ref, person), given, taken,
            folder=office().settings.pictures_folder, language=lang, by=person,
        )  # fmt: skip
    except (NotValid, Conflict) as refused:
        this_session().rollback()
        return again(TEMPLATE, refused, **_shown(plural, ref, lang))
    session.commit()
    return _back(plural, ref)


@pages.post(f"{ONE}{STEPS}")
def one(lang: str, plural: str, ref: str, number: int, step: str) -> Reply:
    """Take a step with one picture."""
    session, person = writing_session(), a_person()
    picture = get_picture(session, _record(plural, ref, person), number)
    try:
        _take(step, picture, person, lang)
    except (NotValid, Conflict) as refused:
        session.rollback()
        shown = _shown(plural, ref, lang) | {"at": number}
        return again(TEMPLATE, refused, **shown)
    session.commit()
    return _back(plural, ref)


def _take(step: str, picture: Picture, person: Person, language: str) -> None:
    session = this_session()
    if step == "words":
        given = checked_words(request.form)
        service.describe(session, picture, given, language=language, by=person)
    elif step == "publish":
        service.publish(session, picture, by=person)
    elif step == "withdraw":
        service.withdraw(session, picture, by=person)
    else:
        service.move(session, picture, -1 if step == "earlier" else 1, by=person)


def _record(plural: str, ref: str, person: Person) -> Record:
    """Give a record somebody works on.

    :raises NotAllowed: she does not.
    :raises NotFound: there is none, or she may not know of it.
    """
    kind = BY_PLURAL[plural]
    steps = [selectinload(Practice.steps)] if kind.model is Practice else []
    record = get_any_record(this_session(), kind, code_in(ref), *steps)
    thing = thing_of(this_session(), record)
    if any(RULES.may(person, step, thing) for step in ("add", "see", "describe")):
        return record
    if record.status == Status.PUBLISHED:
        raise NotAllowed(_("You may not do this."))
    raise NotFound(_("There is no record with the code %(ref)s.", ref=record.ref))


def _shown(plural: str, ref: str, language: str) -> dict[str, Any]:
    person, session = a_person(), this_session()
    record = _record(plural, ref, person)
    thing = thing_of(session, record)
    known = [
        picture
        for picture in standing(session, record)
        if is_open(picture) or may(session, person, "see", picture)
    ]
    return {
        "record": record,
        "plural": plural,
        "public": record.status == Status.PUBLISHED,
        "pictures": [(one, _steps(one, person, language)) for one in known],
        "places": _places(record),
        "licences": {name: name for name in LICENCES},
        "may_add": RULES.may(person, "add", thing),
        "at": None,
    }


def _steps(picture: Picture, person: Person, language: str) -> set[str]:
    """Say what a person may do with a picture."""
    session, words = this_session(), {"describe": language}
    steps = ("describe", "publish", "move", "withdraw")
    return {s for s in steps if may(session, person, s, picture, words.get(s, ""))}


def _places(record: Record) -> dict[str, str]:
    """Name the places where a picture may stand in a record."""
    steps = getattr(record, "steps", ())
    return (
        {CARD: _("With the title")}
        | {
            f"{STEP}{step.number}": _("With step %(number)s", number=step.number)
            for step in steps
        }
        | {DRAWING: _("Among the drawings")}
    )


def _back(plural: str, ref: str) -> Reply:
    return redirect(url_for("pictures.every", plural=plural, ref=ref), code=303)
