"""Searches that people follow: beginning, ending, also from a message."""

from dataclasses import replace
from typing import Any

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as Reply

from kb.entrance.labels import _, value_label
from kb.entrance.pace import keep_pace_in, who_asks
from kb.entrance.person import a_person
from kb.entrance.request import this_session, writing_session
from kb.errors import Conflict
from kb.following import service
from kb.people.pace import SIGN_IN_ADDRESS
from kb.search.document import Query
from kb.search.words import LONGEST_QUERY
from kb.web.asked import as_query_string, asked
from kb.web.people_page import again, page, people_pages

pages = people_pages("following")
MINE, NEW, END = (f"following/{name}.html" for name in ("mine", "new", "end"))
NUMBER = "<int(max=2147483647):number>"


@pages.get("/account/following")
def mine(lang: str) -> Response:
    """Show what she follows."""
    return page(MINE, followed=service.of_person(this_session(), a_person()))


@pages.get("/account/following/new")
def form(lang: str) -> Response:
    """Ask whether she wants to follow a search."""
    return page(NEW, person=a_person(), **_searched())


@pages.post("/account/following/new")
def follow(lang: str) -> Reply:
    """Follow it."""
    session, person, said = writing_session(), a_person(), _searched()
    try:
        service.follow(
            session, said["query"], page=said["found"], name=said["name"], by=person
        )
    except Conflict as refused:
        return again(NEW, refused, person=person, **said)
    session.commit()
    return redirect(url_for(".mine"), code=303)


@pages.post(f"/account/following/{NUMBER}")
def end(lang: str, number: int) -> Reply:
    """End one of hers."""
    session = writing_session()
    service.end(session, number, by=a_person())
    session.commit()
    return redirect(url_for(".mine"), code=303)


@pages.get(f"/account/following/{NUMBER}")
def mine_again(lang: str, number: int) -> Reply:
    """Lead to the page from the address of a form, such as after a language."""
    return redirect(url_for(".mine"))


@pages.get("/following/end")
def link(lang: str) -> Response:
    """Show what a link ends; only a button acts, for programs open links too."""
    secret = request.args.get("token", "")
    try:
        row = service.named_by(this_session(), secret)
    except Conflict as refused:
        return again(END, refused, name="", token="", ended=False)
    return page(END, name=row.name, token=secret, ended=False)


@pages.post("/following/end")
def end_by_link(lang: str) -> Response:
    """End what the link names; it needs no account."""
    session = writing_session()
    keep_pace_in(session, ("sign-in address", who_asks(), SIGN_IN_ADDRESS))
    try:
        row = service.named_by(session, request.form.get("token", ""))
    except Conflict as refused:
        return again(END, refused, name="", token="", ended=False)
    name = row.name
    session.delete(row)
    session.commit()
    return page(END, name=name, token="", ended=True)


def _searched() -> dict[str, Any]:
    """Give the search in the address, the end of that address, and its name."""
    query = asked()
    query = replace(query, words=query.words[:LONGEST_QUERY])
    found = as_query_string(query, sort="best")
    return {"query": query, "found": found, "name": _named(query)}


def _named(query: Query) -> str:
    """Name a search by its words and filters."""
    values = [
        value_label(name, value)
        for name, chosen in query.filters.items()
        for value in chosen
    ]
    return _(", ").join(filter(None, (query.words, *values))) or str(_("Everything"))
