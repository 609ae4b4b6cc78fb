"""The desks on pages: which there are, how each is set up, who is on duty when."""

from datetime import UTC, datetime
from typing import Any

from flask import Response, redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Reply

from kb.entrance.desks import forget_desks, fresh_desks
from kb.entrance.person import a_person
from kb.entrance.request import (
    this_language,
    this_session,
    this_vocabulary,
    writing_session,
)
from kb.errors import Conflict, NotValid
from kb.feedback.choices import LANGUAGES
from kb.helpdesk.desk_files import as_form, as_row
from kb.helpdesk.desk_given import MOST_HOLIDAYS, WEEKDAYS, DeskSchema, DutySchema
from kb.helpdesk.desk_service import add_desk, at_desk, change_desk, set_duty
from kb.helpdesk.desk_tables import Desk
from kb.helpdesk.desks import away_on, get_desk, today_at
from kb.helpdesk.rules import (
    RULES,
    desk_thing,
    place_thing,
    require_helpdesk,
)
from kb.language import FALLBACK, INTERFACE
from kb.people.given import checked
from kb.people.models import Person, Role, ScopeKind
from kb.people.roles import held
from kb.regions.place_names import places_to_choose
from kb.web.formats import language_name
from kb.web.people_page import again, page, people_pages

pages = people_pages("helpdesk_desks")
LIST, FORM = "helpdesk/desks.html", "helpdesk/desk.html"
DESK = "/desk/desks/<code>"
LONGEST_TEXT = MOST_HOLIDAYS * 100
"""Signs of a field that are shown again."""


@pages.get("/desk/desks")
def every(lang: str) -> Response:
    """Show all desks as they turn to each other."""
    person = a_person()
    require_helpdesk(person)
    desks = fresh_desks()
    return page(
        LIST,
        desks=desks,
        below=_below(desks.by_code),
        may_add=_may_add(person),
    )


@pages.get("/desk/desks/new")
def new(lang: str) -> Response:
    """Ask what a new desk is to be."""
    require_helpdesk(a_person())
    return _form(this_session(), None, {"code": ""})


@pages.post("/desk/desks/new")
def add(lang: str) -> Reply:
    """Make a desk."""
    session, person, typed = writing_session(), a_person(), _typed()
    require_helpdesk(person)
    try:
        add_desk(session, checked(DeskSchema(), typed), by=person)
    except (NotValid, Conflict) as refused:
        session.rollback()
        return _form(writing_session(), None, typed, refused)
    return _done(session, typed["code"])


@pages.get(DESK)
def one(lang: str, code: str) -> Response:
    """Show a desk, as a form to whoever may change it."""
    person = a_person()
    require_helpdesk(person)
    desk = get_desk(this_session(), code)
    return _form(this_session(), desk, as_form(as_row(desk)))


@pages.post(DESK)
def change(lang: str, code: str) -> Reply:
    """Change a desk."""
    session, person, typed = writing_session(), a_person(), _typed()
    desk = get_desk(session, code)
    stood = as_form(as_row(desk))
    given = stood | {"code": code} | {n: v for n, v in typed.items() if n != "code"}
    if not _may_place(session, desk, person):
        given |= {name: stood[name] for name in ("region", "parent")}
    try:
        change_desk(session, code, checked(DeskSchema(), given), by=person)
    except NotValid as refused:
        session.rollback()
        again_ = writing_session()
        return _form(again_, get_desk(again_, code), given, refused)
    return _done(session, code)


@pages.post(f"{DESK}/duty/<int(max=2147483647):number>")
def duty(lang: str, code: str, number: int) -> Reply:
    """Say when somebody at a desk is away, and how much she takes."""
    session, person = writing_session(), a_person()
    try:
        given = checked(DutySchema(), _typed())
        set_duty(session, code, number, given, by=person)
    except NotValid as refused:
        desk = get_desk(session, code)
        return _form(session, desk, as_form(as_row(desk)), refused, about=number)
    return _done(session, code)


def _done(session: Session, code: str) -> Reply:
    session.commit()
    forget_desks()
    return redirect(url_for(".one", code=code), code=303)


def _typed() -> dict[str, str]:
    form = request.form
    typed = {name: words[:LONGEST_TEXT] for name, words in form.items()}
    typed["shares_out"] = form.get("shares_out", "")
    return typed | {n: " ".join(form.getlist(n)) for n in ("languages", "themes")}


def _form(
    session: Session,
    desk: Desk | None,
    given: dict[str, str],
    refused: NotValid | Conflict | None = None,
    *,
    about: int = 0,
) -> Response:
    person = a_person()
    said: dict[str, Any] = {
        "desk": desk,
        "given": given,
        "about": about,
        "weekdays": list(enumerate(WEEKDAYS)),
        **_names(given, refused),
        "desks": fresh_desks(),
        "regions": places_to_choose(session, this_language(), given.get("region", "")),
        "spoken": [(x, language_name(x)) for x in LANGUAGES if x != "und"],
        "themes": this_vocabulary().scheme("theme"),
        "people": _people(session, desk) if desk else [],
        "me": person.id,
        "may_change": desk is None
        or RULES.may(person, "change a desk", desk_thing(session, desk)),
        "may_place": desk is None or _may_place(session, desk, person),
    }
    if refused is None:
        return page(FORM, **said)
    return again(FORM, refused, **said)


def _names(
    given: dict[str, str], refused: NotValid | Conflict | None
) -> dict[str, Any]:
    """Say which names the form asks for first: English, hers, those of the desk."""
    asked = {FALLBACK, this_language(), *given.get("languages", "").split()}
    more = [x for x in INTERFACE if x not in asked]
    problems = refused.problems if isinstance(refused, NotValid) else {}
    return {
        "names_asked": [x for x in INTERFACE if x in asked],
        "more_names": more,
        "refused_names": any(f"name_{x}" in problems for x in more),
    }


def _people(session: Session, desk: Desk) -> list[dict[str, Any]]:
    today = today_at(desk.zone, datetime.now(UTC))
    return [
        {"person": person, "duty": hers, "away": away_on(today, hers)}
        for person, hers in at_desk(session, desk.code)
    ]


def _may_place(session: Session, desk: Desk, person: Person) -> bool:
    where = place_thing(session, desk.region_code)
    return RULES.may(person, "place a desk", where)


def _may_add(person: Person) -> bool:
    """Say whether she may add a desk anywhere."""
    wide = {ScopeKind.EVERYWHERE, ScopeKind.REGION}
    roles = {Role.COORDINATOR, Role.ADMINISTRATOR}
    return any(g.role in roles and g.scope_kind in wide for g in held(person))


def _below(desks: Any) -> dict[str, list[Any]]:  # noqa: ANN401  (code → desk)
    """Give the desks that turn to each, by name."""
    found: dict[str, list[Any]] = {}
    for desk in desks.values():
        found.setdefault(desk.parent or "", []).append(desk)
    language = this_language()
    return {
        code: sorted(each, key=lambda desk: desk.name(language))
        for code, each in found.items()
    }
