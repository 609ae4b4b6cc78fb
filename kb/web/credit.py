"""Credit on pages: how I am named, and who made a record."""

from typing import Any

from flask import Response, redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Reply

from kb.credit import contributors
from kb.credit.given import ContributorSchema, NamingSchema
from kb.credit.rules import RULES, credited
from kb.credit.use import totals
from kb.entrance.person import a_person
from kb.entrance.request import this_language, this_session, writing_session
from kb.errors import Conflict, NotValid
from kb.kinds import KINDS
from kb.people.consent import WORDINGS, Matter
from kb.people.given import checked
from kb.people.models import Person
from kb.record.lookups import titled
from kb.record.models import Record
from kb.web.feedback_page import ABOUT, record_named
from kb.web.formats import language_name
from kb.web.people_page import again, page, people_pages

pages = people_pages("credit")
NUMBER = "<int(max=2147483647):number>"
MINE, MAKERS = "credit/mine.html", "credit/makers.html"


@pages.get("/account/credit")
def mine(lang: str) -> Response:
    """Show what I had a share in, and how I am named there."""
    person = a_person()
    return page(MINE, **_mine(this_session(), person))


@pages.post("/account/credit")
def name_me(lang: str) -> Reply:
    """Keep how I wish to be named."""
    session, person = writing_session(), a_person()
    try:
        contributors.name_me(session, person, checked(NamingSchema(), request.form))
    except NotValid as refused:
        return again(MINE, refused, **_mine(session, person))
    session.commit()
    return _to_mine()


@pages.post(f"/account/credit/{NUMBER}/<any(show,hide):step>")
def show_me(lang: str, number: int, step: str) -> Reply:
    """Name me in one record, or leave my name out there."""
    session, person = writing_session(), a_person()
    try:
        contributors.show_me(session, person, number, shown=step == "show")
    except Conflict as refused:
        return again(MINE, refused, **_mine(session, person))
    session.commit()
    return _to_mine()


@pages.get(f"/account/credit/{NUMBER}/<any(show,hide):step>")
def mine_again(lang: str, number: int, step: str) -> Reply:
    """Lead to the page from the address of a form, such as after a language."""
    return redirect(url_for(".mine"))


@pages.get(f"{ABOUT}/credit")
def makers(lang: str, plural: str, ref: str) -> Response:
    """Show who made a record, to who may say so."""
    person = a_person()
    record = record_named(plural, ref)
    thing = credited(this_session(), record)
    RULES.require(person, "say who made it", thing)
    return page(MAKERS, **_makers(this_session(), record))


@pages.post(f"{ABOUT}/credit")
def add(lang: str, plural: str, ref: str) -> Reply:
    """Add somebody."""
    session, person = writing_session(), a_person()
    record = record_named(plural, ref)
    RULES.require(person, "say who made it", credited(session, record))
    try:
        given = checked(ContributorSchema(), request.form)
        contributors.add(session, record, given, by=person)
    except (NotValid, Conflict) as refused:
        return again(MAKERS, refused, **_makers(session, record))
    session.commit()
    return _to_makers(record)


@pages.post(f"{ABOUT}/credit/{NUMBER}/<any(up,remove):step>")
def change(lang: str, plural: str, ref: str, number: int, step: str) -> Reply:
    """Put somebody further up, or take her out."""
    session, person = writing_session(), a_person()
    record = record_named(plural, ref)
    do = contributors.move_up if step == "up" else contributors.remove
    do(session, record, number, by=person)
    session.commit()
    return _to_makers(record)


@pages.get(f"{ABOUT}/credit/{NUMBER}/<any(up,remove):step>")
def makers_again(lang: str, plural: str, ref: str, number: int, step: str) -> Reply:
    """Lead to the page from the address of a form, such as after a language."""
    return redirect(url_for(".makers", plural=plural, ref=ref))


def _mine(session: Session, person: Person) -> dict[str, Any]:
    shares = contributors.of_person(session, person)
    public = titled(session, {row.record_id for row in shares}, this_language())
    return {
        "person": person,
        "wording": WORDINGS[Matter.NAMED].words,
        "naming": contributors.naming_of(session, person),
        "shares": shares,
        "public": public,
        "totals": totals(session, list(public)),
        "plurals": {kind.name: kind.plural for kind in KINDS.values()},
    }


def _makers(session: Session, record: Record) -> dict[str, Any]:
    written = sorted({t.language for t in record.texts} - {record.source_language})
    return {
        "record": record,
        "plural": KINDS[record.kind].plural,
        "people": contributors.of_record(session, record),
        "spoken_languages": [(code, language_name(code)) for code in written],
    }


def _to_mine() -> Reply:
    return redirect(url_for(".mine"), code=303)


def _to_makers(record: Record) -> Reply:
    plural = KINDS[record.kind].plural
    return redirect(url_for(".makers", plural=plural, ref=record.ref), code=303)
