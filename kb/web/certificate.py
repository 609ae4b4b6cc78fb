"""Certificates on pages: making one, taking it back, and what its address shows."""

from io import BytesIO
from typing import Any

import segno
from flask import Response, redirect, request, url_for
from markupsafe import Markup
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Reply

from kb.credit import certificates
from kb.credit.contributors import naming_of
from kb.credit.given import CertificateSchema
from kb.entrance.address import whole
from kb.entrance.person import a_person
from kb.entrance.request import this_language, this_session, writing_session
from kb.errors import Conflict, NotValid
from kb.people.consent import WORDINGS, Matter
from kb.people.given import checked
from kb.people.models import Person
from kb.record.lookups import titled
from kb.web.people_page import again, page, people_pages

pages = people_pages("certificate")
FORM = "credit/certificates.html"


@pages.get("/account/certificates")
def mine(lang: str) -> Response:
    """Show my certificates, and what I may choose from."""
    person = a_person()
    return page(FORM, **_mine(this_session(), person))


@pages.post("/account/certificates")
def make(lang: str) -> Reply:
    """Make a certificate of what I chose."""
    session, person = writing_session(), a_person()
    chosen = {int(n) for n in request.form.getlist("shown") if _is_number(n)}
    try:
        given = checked(CertificateSchema(), request.form)
        certificates.make(session, person, given["name"], chosen)
    except (NotValid, Conflict) as refused:
        return again(FORM, refused, **_mine(session, person, chosen))
    session.commit()
    return redirect(url_for(".mine"), code=303)


@pages.post("/account/certificates/<int(max=2147483647):number>")
def revoke(lang: str, number: int) -> Reply:
    """Take a certificate back."""
    session, person = writing_session(), a_person()
    certificates.revoke(session, person, number)
    session.commit()
    return redirect(url_for(".mine"), code=303)


@pages.get("/account/certificates/<int(max=2147483647):number>")
def mine_again(lang: str, number: int) -> Reply:
    """Lead to the page from the address of a form, such as after a language."""
    return redirect(url_for(".mine"))


@pages.get("/certificate/<token>")
def one(lang: str, token: str) -> Response:
    """Show a certificate to whoever has its address; nobody signs in for it."""
    session = this_session()
    shown = certificates.shown_by(session, token)
    numbers = {row.record_id for row in shown.contributions}
    address = whole(url_for(".one", token=token))
    reply = page(
        "credit/certificate.html",
        shown=shown,
        records=titled(session, numbers, this_language()),
        address=address,
        square=_square(address),
    )
    reply.headers["X-Robots-Tag"] = "noindex"
    return reply


def _mine(
    session: Session, person: Person, chosen: set[int] | None = None
) -> dict[str, Any]:
    choices = certificates.choices(session, person)
    naming = naming_of(session, person)
    return {
        "choices": choices,
        "records": titled(session, {x.record_id for x in choices}, this_language()),
        "certificates": certificates.listed(session, person),
        "wording": WORDINGS[Matter.CERTIFICATE].words,
        "usual_name": naming.name if naming and naming.name else person.name,
        "chosen": {row.id for row in choices} if chosen is None else chosen,
    }


def _is_number(typed: str) -> bool:
    return typed.isascii() and typed.isdigit() and len(typed) < 10


def _square(address: str) -> Markup:
    """Draw the address so that a phone can read it from paper."""
    out = BytesIO()
    segno.make(address, micro=False).save(
        out, kind="svg", xmldecl=False, svgns=False, scale=3, nl=False, omitsize=False
    )
    return Markup(out.getvalue().decode())  # noqa: S704  (an SVG of our own)
