"""The second factor: setting it up, new recovery codes, doing without it."""

from io import BytesIO
from typing import Any

import segno
from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as Reply

from kb.entrance.labels import _
from kb.entrance.pace import keep_pace
from kb.entrance.person import a_fresh_sign_in, a_sign_in, remember_sign_in
from kb.entrance.request import writing_session
from kb.errors import Conflict, NotFound, NotValid
from kb.people import second_factor, sessions
from kb.people.pace import CODE
from kb.people.roles import needs_second_factor
from kb.people.totp import address_for_apps
from kb.web.people_page import again, page, people_pages

pages = people_pages("second_factor", secrets=True)
TEMPLATE = "people/second_factor.html"


@pages.get("/account/second-factor", endpoint="page")
def show(lang: str) -> Response:
    """Show what stands, or the button that begins."""
    return page(TEMPLATE, **_shown())


@pages.post("/account/second-factor")
def begin(lang: str) -> Reply:
    """Make the secret for the phone."""
    session, known = writing_session(), a_fresh_sign_in(enrolling=True)
    try:
        second_factor.enrol_totp(session, known.person)
    except Conflict as refused:
        return again(TEMPLATE, refused, **_shown())
    session.commit()
    return redirect(url_for(".page"), code=303)


@pages.get("/account/second-factor/<any(confirm,codes,off):way>")
def form_of(lang: str, way: str) -> Reply:
    """Lead to the page from the address of a form, such as after a language."""
    return redirect(url_for(".page"))


@pages.get("/account/second-factor/picture.svg")
def picture(lang: str) -> Response:
    """Draw what the app on the phone reads."""
    person = a_sign_in(enrolling=True).person
    factor = person.factor
    if factor is None or factor.confirmed is not None:
        raise NotFound(_("There is no such picture."))
    drawn, out = (
        segno.make(address_for_apps(factor.secret, person.email or "")),
        BytesIO(),
    )
    drawn.save(out, kind="svg", scale=5, border=4, light="#fff")
    return Response(out.getvalue(), content_type="image/svg+xml")


@pages.post("/account/second-factor/confirm")
def confirm(lang: str) -> Reply:
    """Take it into use, and show the recovery codes this once."""
    person_id = a_sign_in(enrolling=True).person_id
    keep_pace(("code account", str(person_id), CODE))
    session, known = writing_session(), a_sign_in(enrolling=True)
    given = request.form.get("code", "")[:64]
    try:
        codes = second_factor.confirm_totp(session, known.person, given, known=known)
    except (NotValid, Conflict) as refused:
        return again(TEMPLATE, refused, **_shown())
    opened = sessions.renew(session, known)
    session.commit()
    return remember_sign_in(page("people/codes.html", codes=codes), opened)


@pages.post("/account/second-factor/codes")
def new_codes(lang: str) -> Response:
    """Show new recovery codes; the old ones work no more."""
    session, known = writing_session(), a_fresh_sign_in()
    codes = second_factor.new_recovery_codes(session, known.person)
    session.commit()
    return page("people/codes.html", codes=codes)


@pages.post("/account/second-factor/off")
def off(lang: str) -> Reply:
    """Do without it."""
    session, known = writing_session(), a_fresh_sign_in()
    try:
        second_factor.switch_off(session, known.person, known=known)
    except Conflict as refused:
        return again(TEMPLATE, refused, **_shown())
    session.commit()
    return redirect(url_for("account.account"), code=303)


def _shown() -> dict[str, Any]:
    person = a_sign_in(enrolling=True).person
    return {"factor": person.factor, "needed": needs_second_factor(person)}
