"""The rules of routing on a page, and where a question would go."""

from typing import Any

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as Reply

from kb.entrance.desks import forget_desks, fresh_desks
from kb.entrance.person import a_person
from kb.entrance.request import (
    this_language,
    this_session,
    this_vocabulary,
    writing_session,
)
from kb.errors import NotValid
from kb.feedback.choices import LANGUAGES
from kb.helpdesk.desk_given import RuleSchema
from kb.helpdesk.desk_service import add_rule, drop_rule, raise_rule
from kb.helpdesk.routing import Asked, Decision, route
from kb.helpdesk.rules import may_change_rules, require_helpdesk
from kb.people.given import checked
from kb.people.models import Person
from kb.regions.place_names import places_to_choose
from kb.web.formats import language_name
from kb.web.people_page import again, page, people_pages

pages = people_pages("helpdesk_routing")
RULES_PAGE = "helpdesk/routing.html"


@pages.get("/desk/routing")
def rules(lang: str) -> Response:
    """Show the rules in their order, and where a question would go."""
    person = a_person()
    require_helpdesk(person)
    return _rules(person)


@pages.post("/desk/routing")
def add(lang: str) -> Reply:
    """Add a rule behind the others."""
    session, person = writing_session(), a_person()
    try:
        add_rule(session, checked(RuleSchema(), request.form), by=person)
    except NotValid as refused:
        return _rules(person, refused)
    session.commit()
    return _back()


@pages.post("/desk/routing/<int(max=2147483647):number>/<any(drop,raise):step>")
def move(lang: str, number: int, step: str) -> Reply:
    """Take a rule out, or let it come before the one above it."""
    session, person = writing_session(), a_person()
    {"drop": drop_rule, "raise": raise_rule}[step](session, number, by=person)
    session.commit()
    return _back()


def _back() -> Reply:
    forget_desks()
    return redirect(url_for(".rules"), code=303)


def _rules(person: Person, refused: NotValid | None = None) -> Response:
    session, language = this_session(), this_language()
    desks = fresh_desks()
    regions = [(x.code, x.name) for x in places_to_choose(session, language)]
    themes = [(x.code, x.name) for x in this_vocabulary().scheme("theme")]
    asked = Asked(
        *(request.args.get(name, "")[:40] for name in ("place", "spoken", "about"))
    )
    decision: Decision | None = None
    if asked.language:
        decision = route(asked, desks)
    said: dict[str, Any] = {
        "desks": desks,
        "regions": regions,
        "themes": themes,
        "region_names": dict(regions),
        "theme_names": dict(themes),
        "spoken": [(x, language_name(x)) for x in LANGUAGES if x != "und"],
        "asked": {
            "place": asked.place,
            "spoken": asked.language,
            "about": asked.theme,
        },
        "decision": decision,
        "may_change": may_change_rules(person),
    }
    if refused is None:
        return page(RULES_PAGE, **said)
    return again(RULES_PAGE, refused, **said)
