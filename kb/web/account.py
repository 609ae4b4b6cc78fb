"""My account: what is known of me, my browsers, my password; taking it with me."""

import json
from typing import Any

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as Reply

from kb.belongings import BELONGINGS
from kb.entrance.labels import _
from kb.entrance.pace import keep_pace
from kb.entrance.person import (
    a_fresh_sign_in,
    a_person,
    a_sign_in,
    forget_sign_in,
    remember_sign_in,
)
from kb.entrance.request import office, this_language, this_session, writing_session
from kb.errors import Conflict, KbError, NotValid
from kb.people import (
    about_me,
    accounts,
    consent,
    roles,
    second_factor,
    sessions,
    tokens,
)
from kb.people.given import DetailsSchema, checked
from kb.people.models import RoleGrant, ScopeKind
from kb.people.pace import SIGN_IN_ACCOUNT
from kb.regions.tree import countries, get_region, name_of
from kb.web.formats import language_name
from kb.web.people_page import again, page, people_pages

pages = people_pages("account", secrets=True)
TEMPLATE = "people/account.html"


@pages.get("/account")
def account(lang: str) -> Response:
    """Show all of it."""
    return page(TEMPLATE, **_shown())


@pages.get("/account/<any(details,password,export):way>")
def form_of(lang: str, way: str) -> Reply:
    """Lead to the page from the address of a form, such as after a language."""
    return _back()


@pages.post("/account/details")
def details(lang: str) -> Reply:
    """Change name, languages and region."""
    session, person = writing_session(), a_person()
    try:
        given = checked(DetailsSchema(), request.form)
        accounts.change_details(session, person, given)
    except NotValid as refused:
        return again(TEMPLATE, refused, **_shown())
    session.commit()
    return _back()


@pages.post("/account/password")
def password(lang: str) -> Reply:
    """Change the password; every other browser has to sign in again."""
    email = a_person().email or ""
    keep_pace(("sign-in account", email, SIGN_IN_ACCOUNT))
    try:
        right = _is_mine(email)
        new = office().hasher.accept(
            request.form.get("new_password", ""), name=a_person().name, email=email
        )
    except NotValid as refused:
        return again(TEMPLATE, refused, **_shown())
    session, known = writing_session(), a_sign_in()
    if not right:
        known = a_fresh_sign_in()
    accounts.change_password(session, known.person, new, but=known)
    opened = sessions.renew(session, known)
    session.commit()
    return remember_sign_in(_back(), opened)


@pages.post("/account/sign-ins/<int(max=2147483647):number>")
def revoke(lang: str, number: int) -> Reply:
    """Sign another browser out."""
    session, person = writing_session(), a_person()
    sessions.revoke(session, person, number)
    session.commit()
    return _back()


@pages.post("/account/export")
def export(lang: str) -> Response:
    """Give everything that is kept about me, as a file."""
    session, known = writing_session(), a_fresh_sign_in()
    everything = about_me.everything_about(session, known.person, BELONGINGS)
    session.commit()
    written = json.dumps(everything, ensure_ascii=False, indent=1)
    reply = Response(written, content_type="application/json; charset=utf-8")
    reply.headers["Content-Disposition"] = 'attachment; filename="humus-account.json"'
    return reply


@pages.get("/account/delete")
def last_question(lang: str) -> Response:
    """Say what deleting means, and ask once more."""
    a_fresh_sign_in()
    return page("people/delete.html")


@pages.post("/account/delete")
def delete(lang: str) -> Reply:
    """Delete my account for good."""
    session, known = writing_session(), a_fresh_sign_in()
    try:
        accounts.delete_me(session, known.person, BELONGINGS)
    except Conflict as refused:
        return again("people/delete.html", refused)
    session.commit()
    return forget_sign_in(page("people/sent.html", what="deleted"))


def _is_mine(email: str) -> bool:
    """Say whether the password given is hers; no if she has none yet.

    :raises NotValid: it is wrong.
    """
    given = request.form.get("old_password", "")
    if not accounts.has_password(this_session(), email):
        return False
    if sessions.check_password(this_session(), email, given, office().hasher) is None:
        said = _("This is not your password.")
        raise NotValid(said, {"old_password": [said]})
    return True


def _shown() -> dict[str, Any]:
    session, known = this_session(), a_sign_in()
    person = known.person
    return {
        "person": person,
        "roles": [_role(grant) for grant in roles.held(person)],
        "this_one": known,
        "sign_ins": sessions.listed(session, person),
        "codes_left": second_factor.recovery_codes_left(session, person),
        "tokens": tokens.listed(session, person),
        "has_password": accounts.has_password(session, person.email or ""),
        "countries": countries(session, this_language()),
        "region": _region(person.region_code),
        "consents": consent.agreed(session, person),
        "wordings": consent.WORDINGS,
    }


def _role(grant: RoleGrant) -> tuple[str, str]:
    names = {ScopeKind.REGION.value: _region, ScopeKind.LANGUAGE.value: language_name}
    named = names.get(grant.scope_kind)
    return grant.role, (named(grant.scope) if named else None) or grant.scope


def _region(code: str | None) -> str | None:
    if not code:
        return None
    try:
        return name_of(get_region(this_session(), code), this_language())
    except KbError:
        return code


def _back() -> Reply:
    return redirect(url_for("account.account"), code=303)
