"""Planning a local action: from a place and a goal to a plan that its link opens."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from secrets import token_hex
from typing import Any

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as Reply

from kb.entrance.desks import fresh_desks
from kb.entrance.form_token import keyed
from kb.entrance.kept import catalogue
from kb.entrance.labels import _
from kb.entrance.pace import keep_pace_in, who_asks
from kb.entrance.person import LONGEST_SECRET, this_person
from kb.entrance.place import nearness_to, this_said
from kb.entrance.request import (
    this_language,
    this_session,
    this_vocabulary,
    writing_session,
)
from kb.errors import NotValid
from kb.feedback.given import LONGEST_WORDS
from kb.helpdesk.links import known_by_link
from kb.helpdesk.pace import ASK_ADDRESS
from kb.helpdesk.question_given import AskSchema
from kb.helpdesk.questions import ask
from kb.people.given import checked
from kb.planning.chosen import read_practices
from kb.planning.given import MOST_CHOSEN, MOST_GOALS, AimSchema, PlanSchema
from kb.planning.models import Plan
from kb.planning.pace import PLAN_ADDRESS
from kb.planning.proposing import KIND, Aim, propose
from kb.planning.service import (
    by_link,
    change,
    hand_over,
    keep,
    require_concepts,
    throw_away,
)
from kb.record.lookups import by_ref, titled
from kb.record.models import Record
from kb.record.whereabouts import Nearness
from kb.regions.said import Said
from kb.web.ask import once_sent
from kb.web.feedback_page import known_site, spoken_languages
from kb.web.offered import said_there
from kb.web.people_page import again, page, people_pages
from kb.web.place_page import all_countries
from kb.web.plan_shown import about_plan, land_of
from kb.web.point_given import point_given

pages = people_pages("plan")
FORM, CHOOSE = "planning/form.html", "planning/choose.html"
PLAN, ENDED = "planning/plan.html", "planning/ended.html"
Given = Mapping[str, Any]


@pages.get("/plan")
def form(lang: str) -> Response:
    """Ask where it is and what it is for; her own place is filled in."""
    said = this_said()
    known = {
        "country": said.country,
        "place": "" if said.reach else said.name,
        "land_use": said.land_use,
        "goals": request.args.get("goal", "")[:LONGEST_WORDS],
    }
    return page(FORM, **_lists(known))


@pages.get("/plan/change")
def begin_change(lang: str) -> Response:
    """Show what a plan was made from, to say it anew."""
    secret = request.args.get("token", "")[:LONGEST_SECRET]
    plan = by_link(this_session(), secret)
    titles = titled(this_session(), _numbers(plan), this_language())
    known = {
        "token": secret,
        "country": plan.country,
        "place": plan.place,
        "land_use": _code(plan.land_use_id),
        "theme": _code(plan.theme_id),
        "goals": " ".join(map(_code, plan.goals)),
        "area_ha": "" if plan.area_ha is None else f"{plan.area_ha:g}",
        "notes": plan.notes,
        "refs": " ".join(titles[n].ref for n in _numbers(plan) if n in titles),
    }
    return page(FORM, **_lists(known))


@pages.post("/plan")
def look(lang: str) -> Reply:
    """Propose practices; keep the plan, or go back to what it is for, as she says."""
    typed, step = _typed(), request.form.get("step", "")
    if step == "change":
        return page(FORM, **_lists(typed))
    try:
        given = checked(AimSchema(), typed)
        require_concepts(this_session(), given)
    except NotValid as refused:
        return again(FORM, refused, **_lists(typed))
    try:
        return _keep(typed) if step == "keep" else _propose(given, typed)
    except NotValid as refused:
        return _propose(given, typed, refused)


def _propose(
    given: Given, typed: Mapping[str, str], refused: NotValid | None = None
) -> Response:
    """Show what fits and what is ruled out, with the plan's own choice ticked."""
    session, language = writing_session(), this_language()
    keep_pace_in(session, ("plan address", who_asks(), PLAN_ADDRESS))
    session.commit()
    near = nearness_to(_land(given, typed))
    aim = Aim(given["goals"], given["theme"], given["land_use"])
    found = propose(session, catalogue().filed, near, aim)
    ticked = typed.get("refs", "").split()
    known = by_ref(session, ticked, language)
    hers = [known[r].id for r in ticked if r in known and known[r].kind == KIND]
    others = [n for n in hers if n not in (*found.fitting, *found.ruled_out)]
    numbers = [*found.fitting, *others, *found.ruled_out]
    shown = read_practices(session, numbers, language, near)
    said: dict[str, Any] = {
        "fitting": [one for one in shown if one.verdict.met],
        "ruled_out": [one for one in shown if not one.verdict.met],
        "left_out": found.left_out,
        "ticked": ticked,
        "typed": typed,
        "names": (*AimSchema().fields, "token"),
        "once": typed.get("once") or token_hex(16),
        "placed": near is not None,
        "most": MOST_CHOSEN,
        "vocabulary": this_vocabulary(),
    }
    return again(CHOOSE, refused, **said) if refused else page(CHOOSE, **said)


def _keep(typed: Mapping[str, str]) -> Reply:
    """Keep a new plan, or what became of the one whose link she has."""
    session, given = writing_session(), checked(PlanSchema(), typed)
    keep_pace_in(session, ("plan address", who_asks(), PLAN_ADDRESS))
    land = _land(given, typed)
    chosen = _chosen(given["refs"], nearness_to(land))
    secret = typed.get("token", "")[:LONGEST_SECRET]
    if secret:
        change(session, by_link(session, secret), given, chosen, land)
    else:
        secret = keyed("plan", once_sent())
        keep(session, given, chosen, land, secret=secret, by=this_person())
    session.commit()
    return redirect(url_for(".one", token=secret), code=303)


@pages.get("/plan/one")
def one(lang: str) -> Response:
    """Show a plan to whoever has its link."""
    return page(PLAN, **_about(request.args.get("token", "")))


STEPS = "<any('ask','forget'):step>"


@pages.post(f"/plan/{STEPS}")
def do(lang: str, step: str) -> Reply:
    """Hand a plan to a desk, or throw it away."""
    session, secret = writing_session(), request.form.get("token", "")[:LONGEST_SECRET]
    plan = by_link(session, secret)
    if step == "forget":
        throw_away(session, plan)
        session.commit()
        return page(ENDED)
    try:
        given = checked(AskSchema(), _as_question(plan))
    except NotValid as refused:
        typed = {"given": _typed()}
        return again(PLAN, refused, **(_about(secret) | typed))
    return _ask(plan, given, secret)


@pages.get(f"/plan/{STEPS}")
def back(lang: str, step: str) -> Reply:
    """Lead from the address of a form to where a plan begins."""
    return redirect(url_for(".form"), code=303)


def _ask(plan: Plan, given: Given, secret: str) -> Reply:
    """Make a question of it; handed over twice it is one."""
    session, land = this_session(), land_of(plan)
    keep_pace_in(session, ("ask address", who_asks(), ASK_ADDRESS))
    question = ask(
        session,
        given,
        fresh_desks(),
        secret=_question_secret(secret),
        reader=this_language(),
        point=None if land.reach else land.point,
        shown=dict.fromkeys(_numbers(plan), False),
        by=this_person(),
        site=known_site(),
    )
    hand_over(session, plan, question)
    session.commit()
    link = _question_secret(secret)
    return redirect(url_for("question.one", token=link, new=1), code=303)


def _as_question(plan: Plan) -> dict[str, str]:
    """Give her words with what the plan says of the place."""
    return {
        **{n: request.form.get(n, "") for n in ("words", "language", "contact")},
        "country": plan.country,
        "place": plan.place,
        "land_use": _code(plan.land_use_id),
        "theme": _code(plan.theme_id),
    }


def _question_secret(secret: str) -> str:
    """Give what opens the question of a plan: so its link need not be kept."""
    return keyed("question of a plan", secret)


def _about(secret: str) -> dict[str, Any]:
    secret = secret[:LONGEST_SECRET]
    plan = by_link(this_session(), secret)
    asked = known_by_link(this_session(), _question_secret(secret))
    return {
        **about_plan(plan),
        "token": secret,
        "asked": asked,
        "question_token": _question_secret(secret) if asked else "",
        "spoken_languages": spoken_languages(),
        "given": {},
    }


def _land(given: Given, typed: Mapping[str, str]) -> Said:
    """Give the land: what she said of hers, if it is the one; else what she names."""
    named = given["country"], given["place"]
    own = this_said()
    if secret := typed.get("token", "")[:LONGEST_SECRET]:
        plan = by_link(this_session(), secret)
        if named == (plan.country, plan.place):
            return replace(land_of(plan), land_use=given["land_use"])
    if own and named == (own.country, "" if own.reach else own.name):
        return replace(own, land_use=given["land_use"])
    return said_there(given, point_given(given))


def _chosen(refs: Sequence[str], near: Nearness | None) -> list[Record]:
    """Give public practices by their codes, in her order.

    :raises NotValid: there is none with one of them, or a limit of the place rules it
        out.
    """
    found = by_ref(this_session(), refs, this_language())
    wrong = []
    for ref in refs:
        if ref not in found or found[ref].kind != KIND:
            wrong.append(_("There is no record with the code %(ref)s.", ref=ref))
        elif near is not None and near.broken(found[ref].id):
            wrong.append(_("%(ref)s: not for your place", ref=ref))
    if wrong:
        raise NotValid(_("Please look at the marked fields."), {"refs": wrong})
    return [found[ref] for ref in refs]


def _typed() -> dict[str, str]:
    """Give the form; what may be ticked more than once as words in a row."""
    typed = {name: words[: 2 * LONGEST_WORDS] for name, words in request.form.items()}
    for name in ("goals", "refs"):
        typed[name] = " ".join(request.form.getlist(name))[:LONGEST_WORDS]
    return typed


def _numbers(plan: Plan) -> list[int]:
    return [row.record_id for row in plan.practices]


def _code(concept_id: str | None) -> str:
    return (concept_id or "").partition(":")[2]


def _lists(given: Mapping[str, str]) -> dict[str, Any]:
    vocabulary = this_vocabulary()
    return {
        "given": given,
        "countries": [(country.code, country.name) for country in all_countries()],
        "land_uses": [(e.code, e.name) for e in vocabulary.scheme("land_use")],
        "themes": [(e.code, e.name) for e in vocabulary.scheme("theme")],
        "purposes": [(e.code, e.plain or e.name) for e in vocabulary.scheme("purpose")],
        "most_goals": MOST_GOALS,
        "said": this_said(),
    }
