"""The directory: looking through it, writing to somebody, being listed."""

from collections.abc import Mapping
from secrets import token_hex
from typing import Any

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as Reply

from kb.directory import service
from kb.directory.given import ListingSchema, WordsSchema
from kb.directory.models import Listing
from kb.directory.pace import LIST_ADDRESS, WRITE_ADDRESS, WRITE_TO
from kb.entrance.form_token import keyed
from kb.entrance.labels import _
from kb.entrance.pace import keep_pace_in, who_asks
from kb.entrance.person import LONGEST_SECRET, a_person
from kb.entrance.request import this_session, this_vocabulary, writing_session
from kb.errors import NotValid
from kb.feedback.choices import LANGUAGES
from kb.feedback.given import LONGEST_WORDS
from kb.people.consent import WORDINGS, Matter
from kb.people.given import checked
from kb.record.schemas import COUNTRIES
from kb.web.ask import once_sent
from kb.web.feedback_page import known_site, spoken_languages
from kb.web.people_page import again, page, people_pages
from kb.web.place_page import all_countries

pages = people_pages("directory")
EVERY, ONE, OWN = (f"directory/{name}.html" for name in ("every", "one", "own"))
FORM, DESK = "directory/form.html", "directory/desk.html"
NUMBER = "<int(max=2147483647):number>"
DECIDED = "<any('yes','no'):step>"


@pages.get("/directory")
def every(lang: str) -> Response:
    """Show who is listed, narrowed as asked.

    :raises NotValid: there is no such value.
    """
    names = ("country", "language", "theme", "kind")
    asked = {name: request.args.get(name, "") for name in names}
    known = {
        "country": COUNTRIES,
        "language": LANGUAGES,
        "theme": {one.code for one in this_vocabulary().scheme("theme")},
        "kind": ("person", "institution"),
    }
    said = [_("There is no such value.")]
    wrong = {n: said for n, v in asked.items() if v and v not in known[n]}
    if wrong:
        raise NotValid(_("This page cannot be narrowed so."), wrong)
    found = service.listed(this_session(), **asked)
    return page(EVERY, found=found, asked=asked, **_lists())


@pages.get(f"/directory/{NUMBER}")
def one(lang: str, number: int) -> Response:
    """Show one listing, with a form to write to it."""
    return page(ONE, **_about(service.get_listed(this_session(), number)))


@pages.post(f"/directory/{NUMBER}/write")
def write(lang: str, number: int) -> Reply:
    """Send words on to somebody who is listed."""
    session = writing_session()
    listing = service.get_listed(session, number)
    try:
        given = checked(WordsSchema(), request.form)
    except NotValid as refused:
        return again(ONE, refused, **(_about(listing) | {"given": _typed()}))
    tries = ("directory address", who_asks(), WRITE_ADDRESS)
    keep_pace_in(session, tries, ("directory to", str(number), WRITE_TO))
    service.write_to(session, listing, given, site=known_site())
    session.commit()
    return page(ONE, sent=True, **_about(listing))


@pages.get(f"/directory/{NUMBER}/write")
def back(lang: str, number: int) -> Reply:
    """Lead to the listing from the address of its form."""
    return redirect(url_for(".one", number=number), code=303)


@pages.get("/account/directory")
def mine(lang: str) -> Response:
    """Show my listing, to be made, changed or taken back."""
    person = a_person()
    listing = service.of_person(this_session(), person)
    given = _as_typed(listing) if listing else {"email": person.email or ""}
    return page(FORM, **_form(given), listing=listing, own=True)


@pages.post("/account/directory")
def keep(lang: str) -> Reply:
    """List me, or take me out."""
    session, person = writing_session(), a_person()
    if request.form.get("step") == "remove":
        service.take_back(session, by=person)
    else:
        try:
            service.list_person(session, checked(ListingSchema(), _typed()), by=person)
        except NotValid as refused:
            listing = service.of_person(session, person)
            return again(FORM, refused, **_form(_typed()), listing=listing, own=True)
    session.commit()
    return redirect(url_for(".mine"), code=303)


@pages.get("/directory/new")
def form(lang: str) -> Response:
    """Ask what an institution without an account wants to be listed with."""
    given = {"once": token_hex(16), "kind": "institution"}
    return page(FORM, **_form(given), listing=None, own=False)


@pages.post("/directory/new")
def new(lang: str) -> Reply:
    """Let it wait for a coordinator."""
    session, typed = writing_session(), _typed()
    try:
        given = checked(ListingSchema(), typed)
        secret = keyed("listing", once_sent())
        keep_pace_in(session, ("listing address", who_asks(), LIST_ADDRESS))
        service.ask_to_be_listed(session, given, secret=secret)
    except NotValid as refused:
        return again(FORM, refused, **_form(typed), listing=None, own=False)
    session.commit()
    return redirect(url_for(".by_link", token=secret), code=303)


@pages.get("/directory/own")
def by_link(lang: str) -> Response:
    """Show an institution how its listing stands."""
    secret = request.args.get("token", "")[:LONGEST_SECRET]
    listing = service.by_link(this_session(), secret)
    return page(OWN, listing=listing, token=secret)


@pages.post("/directory/own")
def remove(lang: str) -> Reply:
    """Take it out for good."""
    session, secret = writing_session(), request.form.get("token", "")[:LONGEST_SECRET]
    session.delete(service.by_link(session, secret))
    session.commit()
    return redirect(url_for(".every"), code=303)


@pages.get("/desk/directory")
def desk(lang: str) -> Response:
    """Show a coordinator which institutions wait."""
    person = a_person()
    service.require_coordinator(person)
    return page(DESK, waiting=service.waiting(this_session(), by=person), **_lists())


@pages.post(f"/desk/directory/{NUMBER}/{DECIDED}")
def decide(lang: str, number: int, step: str) -> Reply:
    """Let an institution in, or take a listing out."""
    session, person = writing_session(), a_person()
    service.decide(session, number, yes=step == "yes", by=person)
    session.commit()
    return redirect(url_for(".desk"), code=303)


@pages.get(f"/desk/directory/{NUMBER}/{DECIDED}")
def desk_again(lang: str, number: int, step: str) -> Reply:
    """Lead to the desk from the address of a form."""
    return redirect(url_for(".desk"), code=303)


def _about(listing: Listing) -> dict[str, Any]:
    return {"listing": listing, "vocabulary": this_vocabulary()}


def _as_typed(listing: Listing) -> dict[str, str]:
    rows = ("name", "kind", "about", "language", "country", "website", "email")
    return {
        **{name: getattr(listing, name) for name in rows},
        "languages": " ".join(listing.languages),
        "themes": " ".join(listing.themes),
        "shows_email": "yes" if listing.shows_email else "",
    }


def _typed() -> dict[str, str]:
    """Give the form; what may be ticked more than once as words in a row."""
    typed = {name: words[: 2 * LONGEST_WORDS] for name, words in request.form.items()}
    for name in ("languages", "themes"):
        typed[name] = " ".join(request.form.getlist(name))[:LONGEST_WORDS]
    return typed


def _form(given: Mapping[str, str]) -> dict[str, Any]:
    return {"given": given, "wording": WORDINGS[Matter.LISTED].words, **_lists()}


def _lists() -> dict[str, Any]:
    vocabulary = this_vocabulary()
    return {
        "countries": [(country.code, country.name) for country in all_countries()],
        "themes": [(e.code, e.name) for e in vocabulary.scheme("theme")],
        "spoken_languages": spoken_languages(),
        "vocabulary": vocabulary,
    }
