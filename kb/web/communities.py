"""Communities: what they hold, who agreed, to whom it is told, who is a member."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Response, redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Reply

from kb.communities import members, service
from kb.communities.given import (
    BackSchema,
    ConsentSchema,
    InvitedSchema,
    ReasonSchema,
    ShownSchema,
)
from kb.communities.lookups import (
    given_back_by,
    holdings_of,
    my_communities,
    name_of,
    one_of,
    open_community,
)
from kb.communities.models import Community, Holding
from kb.communities.rules import RULES
from kb.communities.season import in_force
from kb.entrance.pace import keep_pace_in
from kb.entrance.person import a_person
from kb.entrance.request import this_session, this_vocabulary, writing_session
from kb.errors import Conflict, KbError, NotValid
from kb.people.given import checked
from kb.people.models import Person
from kb.record.lookups import is_open, this_day
from kb.web.community_words import COVERS, FORMS, SHOWN, months
from kb.web.feedback_page import known_site
from kb.web.people_page import page, people_pages
from kb.web.write_page import status_of
from kb.writing.given_back import give_back

pages = people_pages("communities")
NUMBER = "<int(max=2147483647):number>"
ONE = "/communities/<key>"
HOLDING = f"{ONE}/{NUMBER}"


@pages.get("/communities")
def mine(lang: str) -> Response:
    """List her communities, and those she is asked to join."""
    session, person = this_session(), a_person()
    return page(
        "communities/mine.html",
        communities=[
            (one, name_of(one, lang), role)
            for one, role in my_communities(session, person)
        ],
        asked=[
            (row, name_of(one, lang))
            for row, one in members.invitations(session, person)
        ],
    )


@pages.post(f"/communities/{NUMBER}/<any(yes,no):said>")
def answer(lang: str, number: int, said: str) -> Reply:
    """Say yes or no to an invitation."""
    session, person = writing_session(), a_person()
    members.answer(session, number, by=person, yes=said == "yes")
    session.commit()
    return redirect(url_for(".mine"), code=303)


@pages.get(ONE)
def one(lang: str, key: str) -> Response:
    """Show what a community holds; to its stewards, who its members are."""
    return _community(this_session(), a_person(), key, lang)


@pages.post(f"{ONE}/members")
def invite(lang: str, key: str) -> Reply:
    """Ask somebody in."""
    session, person = writing_session(), a_person()
    community, thing = open_community(session, key, by=person)
    keep_pace_in(session, ("invited to a community", str(person.id), members.INVITED))
    try:
        email = checked(InvitedSchema(), request.form)["email"]
        members.invite(
            session,
            community,
            thing,
            email,
            by=person,
            site=known_site(),
            language=lang,
        )
    except (NotValid, Conflict) as refused:
        session.rollback()
        return _community(session, person, key, lang, **_wrong(refused, "email"))
    session.commit()
    return _to_community(key)


@pages.post(f"{ONE}/members/{NUMBER}/remove")
def remove(lang: str, key: str, number: int) -> Reply:
    """Let a member in no more."""
    session, person = writing_session(), a_person()
    community, thing = open_community(session, key, by=person)
    members.remove(session, community, thing, number, by=person)
    session.commit()
    return _to_community(key)


@pages.post(f"{ONE}/leave")
def leave(lang: str, key: str) -> Reply:
    """Be a member no more."""
    session, person = writing_session(), a_person()
    community, _thing = open_community(session, key, by=person)
    members.leave(session, community, by=person)
    session.commit()
    return redirect(url_for(".mine"), code=303)


@pages.get(HOLDING)
def holding(lang: str, key: str, number: int) -> Response:
    """Show one holding to a steward: consents, whom it is told to, notices."""
    return _holding(this_session(), a_person(), key, number, lang)


@pages.post(f"{HOLDING}/consent")
def consent(lang: str, key: str, number: int) -> Reply:
    """Write down that somebody agreed."""

    def keep(session: Session, held: Holding, person: Person) -> None:
        given = checked(ConsentSchema(), request.form)
        service.give_consent(session, held, given, by=person)

    return _keep(key, number, lang, keep)


@pages.post(f"{HOLDING}/consent/<int(max=2147483647):which>/end")
def end(lang: str, key: str, number: int, which: int) -> Reply:
    """Take consent back."""

    def keep(session: Session, held: Holding, person: Person) -> None:
        reason = checked(ReasonSchema(), request.form)["reason"]
        service.end_consent(session, held, which, reason, by=person)

    return _keep(key, number, lang, keep)


@pages.post(f"{HOLDING}/shown")
def shown(lang: str, key: str, number: int) -> Reply:
    """Say to whom it is told."""

    def keep(session: Session, held: Holding, person: Person) -> None:
        given = checked(ShownSchema(), request.form)
        service.show_to(session, held, given, by=person)

    return _keep(key, number, lang, keep)


@pages.post(f"{HOLDING}/back")
def back(lang: str, key: str, number: int) -> Reply:
    """Give it back to its owner; the community holds it no more."""

    def keep(session: Session, held: Holding, person: Person) -> None:
        reason = checked(BackSchema(), request.form)["back"]
        give_back(session, held, reason, by=person)

    done = _keep(key, number, lang, keep)
    return _to_community(key) if done.status_code == 303 else done


@pages.get(f"{ONE}/members")
@pages.get(f"{ONE}/leave")
@pages.get(f"{ONE}/members/{NUMBER}/remove")
def form_of(lang: str, key: str, number: int = 0) -> Reply:
    """Lead to the page from the address of a form, such as after a language."""
    return redirect(url_for(".one", key=key))


@pages.get(f"/communities/{NUMBER}/<any(yes,no):said>")
def form_of_answer(lang: str, number: int, said: str) -> Reply:
    """Lead to the page from the address of a form, such as after a language."""
    return redirect(url_for(".mine"))


@pages.get(f"{HOLDING}/<any(consent,shown,back):step>")
@pages.get(f"{HOLDING}/<any(consent):step>/<int(max=2147483647):which>/end")
def form_of_holding(
    lang: str, key: str, number: int, step: str, which: int = 0
) -> Reply:
    """Lead to the page from the address of a form, such as after a language."""
    return redirect(url_for(".holding", key=key, number=number))


def _keep(
    key: str, number: int, lang: str, keep: Callable[[Session, Holding, Person], None]
) -> Reply:
    """Do what a form asks, or show it again with all that was typed."""
    session, person = writing_session(), a_person()
    _community, thing = open_community(session, key, by=person)
    RULES.require(person, "look after", thing)
    try:
        keep(session, one_of(session, key, number), person)
    except (NotValid, Conflict) as refused:
        session.rollback()
        return _holding(session, person, key, number, lang, **_wrong(refused))
    session.commit()
    return redirect(url_for(".holding", key=key, number=number), code=303)


def _wrong(refused: KbError, field: str = "") -> dict[str, Any]:
    found = getattr(refused, "problems", {}) or (
        {field: [str(refused)]} if field else {}
    )
    problems = {name: _lines(wrong) for name, wrong in found.items()}
    return {
        "status": status_of(refused),
        "problems": problems,
        "message": "" if problems else str(refused),
        "given": {name: words[:600] for name, words in request.form.items()},
        "ticked": {n: request.form.getlist(n) for n in ("covers", "months", "notices")},
    }


def _lines(wrong: Mapping[int, list[str]] | list[str]) -> list[str]:
    """Give what is wrong with a field; of a list, with the first that is wrong."""
    return wrong if isinstance(wrong, list) else next(iter(wrong.values()))


def _community(
    session: Session, person: Person, key: str, lang: str, *, status: int = 200,
    **said: Any,
) -> Response:  # fmt: skip
    community, thing = open_community(session, key, by=person)
    looks_after = RULES.may(person, "look after", thing)
    return page(
        "communities/one.html",
        status,
        **_about(community, lang),
        steward=looks_after,
        member=person.id in thing.members,
        holdings=[
            (one, _standing(one)) for one in holdings_of(session, community, by=person)
        ],
        given_back=given_back_by(session, community) if looks_after else [],
        members=members.members_of(session, community) if looks_after else [],
        **said,
    )


def _standing(one: Holding) -> str:
    """Say in one word how it stands with a holding today."""
    if one.record is None:
        return "draft"
    if not in_force(one.consents, this_day()):
        return "silent"
    return "open" if is_open(one.record) else "kept"


def _holding(
    session: Session, person: Person, key: str, number: int, lang: str, *,
    status: int = 200, **said: Any,
) -> Response:  # fmt: skip
    community, thing = open_community(session, key, by=person)
    RULES.require(person, "look after", thing)
    held = one_of(session, key, number)
    now: Mapping[str, Any] = {
        "months": held.months.split(),
        "notices": [one.concept_id.partition(":")[2] for one in held.notices],
        "covers": [],
    }
    return page(
        "communities/holding.html",
        status,
        **_about(community, lang),
        holding=held,
        standing=_standing(held),
        in_force=in_force(held.consents, this_day()),
        today=this_day(),
        forms=FORMS,
        covers=COVERS,
        shown=SHOWN,
        months=months(lang),
        notices=[(e.code, e.name) for e in this_vocabulary().scheme("notice")],
        **({"ticked": now} | said),
    )


def _about(community: Community, lang: str) -> dict[str, Any]:
    return {"community": community, "community_name": name_of(community, lang)}


def _to_community(key: str) -> Reply:
    return redirect(url_for(".one", key=key), code=303)
