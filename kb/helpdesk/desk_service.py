"""Making and changing desks, who is on duty there, and the rules."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kb.access import NOTHING
from kb.errors import Conflict, NotFound, NotValid
from kb.helpdesk.desk_given import WEEKDAYS
from kb.helpdesk.desk_tables import (
    WITHIN,
    Desk,
    DeskDuty,
    DeskHoliday,
    DeskHours,
    DeskName,
    DeskRule,
)
from kb.helpdesk.desks import AT_DESK, get_desk, rules_in_order
from kb.helpdesk.rules import RULES, desk_thing, place_thing
from kb.language import INTERFACE, _
from kb.people import log
from kb.people.models import Person, RoleGrant, ScopeKind
from kb.regions.models import Region
from kb.vocabulary.models import Concept

Given = Mapping[str, Any]
MOST_RULES = 5000
LOOK_AGAIN = _("Please look at the marked fields.")


def add_desk(session: Session, given: Given, *, by: Person) -> Desk:
    """Make a desk.

    :raises NotAllowed: she may not place a desk in this region.
    :raises NotValid: region or parent does not fit.
    :raises Conflict: its code is taken.
    """
    RULES.require(by, "place a desk", place_thing(session, given["region"]))
    if session.get(Desk, given["code"]) is not None:
        raise Conflict(_("There is a desk with this code already."))
    desk = store(session, given)
    log.write(session, "desk added", by, note=desk.code)
    return desk


def change_desk(session: Session, code: str, given: Given, *, by: Person) -> Desk:
    """Change a desk; its region and parent only by whoever may place it there.

    :raises NotAllowed: she may not change it, or not move it so.
    :raises NotValid: region or parent does not fit.
    """
    desk = get_desk(session, code)
    RULES.require(by, "change a desk", desk_thing(session, desk))
    stood = (desk.region_code, desk.parent_code or "")
    if stood != (given["region"], given["parent"]):
        for region in (desk.region_code, given["region"]):
            RULES.require(by, "place a desk", place_thing(session, region))
    desk = store(session, {**given, "code": code}, desk)
    log.write(session, "desk changed", by, note=code)
    return desk


def store(session: Session, given: Given, desk: Desk | None = None) -> Desk:
    """Write a desk as it was checked, new or in place of what stood.

    :raises NotValid: there is no such region, parent or theme, or its parents lead
        round in a circle.
    """
    _require_fit(session, given)
    if desk is None:
        desk = Desk(code=given["code"], names=[], hours=[], holidays=[])
        session.add(desk)
    desk.region_code, desk.parent_code = given["region"], given["parent"] or None
    desk.languages, desk.themes = given["languages"], given["themes"]
    desk.zone, desk.changed = given["zone"], datetime.now(UTC)
    desk.shares_out = given["shares_out"]
    for name in WITHIN:
        setattr(desk, name, given[name])
    desk.names.clear()
    desk.hours.clear()
    desk.holidays.clear()
    session.flush()
    names = {x: given[f"name_{x}"] for x in INTERFACE}
    desk.names += [DeskName(language=x, name=name) for x, name in names.items() if name]
    desk.hours += [
        DeskHours(weekday=number, opens=opens, closes=closes)
        for number, day in enumerate(WEEKDAYS)
        for opens, closes in given[f"hours_{day}"]
    ]
    days = given["holidays"].items()
    desk.holidays += [DeskHoliday(day=day, name=name) for day, name in days]
    session.flush()
    return desk


def _require_fit(session: Session, given: Given) -> None:
    problems: dict[str, list[str]] = {}
    if session.get(Region, given["region"]) is None:
        problems["region"] = [str(_("There is no such region."))]
    if given["parent"] and session.get(Desk, given["parent"]) is None:
        problems["parent"] = [str(_("There is no such desk."))]
    elif given["code"] in _up(session, given["parent"]):
        said = _("These desks would turn to each other in a circle.")
        problems["parent"] = [str(said)]
    themes = {f"theme:{code}" for code in given["themes"].split()}
    known = set(session.scalars(select(Concept.id).where(Concept.id.in_(themes))))
    if themes != known:
        problems["themes"] = [str(_("There is no such value."))]
    if problems:
        raise NotValid(LOOK_AGAIN, problems)


def _up(session: Session, code: str) -> list[str]:
    """Give a desk and those it turns to; one that is met again ends it."""
    parents: dict[str, str | None] = dict(
        session.execute(select(Desk.code, Desk.parent_code)).all()
    )
    path: list[str] = []
    step: str | None = code or None
    while step is not None and step not in path:
        path.append(step)
        step = parents.get(step)
    return path


def at_desk(session: Session, code: str) -> list[tuple[Person, DeskDuty | None]]:
    """Give who has a role at a desk, with what she said of her duty there."""
    hers = (DeskDuty.person_id == Person.id) & (DeskDuty.desk_code == code)
    wanted = (
        select(Person, DeskDuty)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .outerjoin(DeskDuty, hers)
        .where(
            RoleGrant.scope_kind == ScopeKind.DESK,
            RoleGrant.scope == code,
            RoleGrant.role.in_(AT_DESK),
            RoleGrant.revoked.is_(None),
            Person.disabled.is_(None),
        )
        .order_by(Person.id)
        .distinct()
    )
    return [(person, duty) for person, duty in session.execute(wanted)]


def set_duty(
    session: Session, code: str, person_id: int, given: Given, *, by: Person
) -> None:
    """Say when somebody is away: she herself, or whoever may change the desk.

    :raises NotAllowed: it is neither.
    :raises NotFound: she has no role at this desk.
    """
    desk = get_desk(session, code)
    if by.id != person_id:
        RULES.require(by, "change a desk", desk_thing(session, desk))
    there = {person.id: duty for person, duty in at_desk(session, code)}
    if person_id not in there:
        raise NotFound(_("This role is not held."))
    duty = there[person_id] or DeskDuty(desk_code=code, person_id=person_id)
    for name, value in given.items():
        setattr(duty, name, value)
    session.add(duty)
    session.flush()


def add_rule(session: Session, given: Given, *, by: Person) -> DeskRule:
    """Add a rule behind all others; one that stands already says no more twice.

    :raises NotAllowed: she may not change the rules.
    :raises NotValid: there is no such region, theme or desk, or there are too many.
    """
    RULES.require(by, "change the rules", NOTHING)
    last, many = session.execute(
        select(func.coalesce(func.max(DeskRule.position), 0), func.count())
    ).one()
    wanted = (given["region"], given["language"], given["theme"], given["desk"])
    desk = select(Desk.code).where(Desk.code == given["desk"])
    session.execute(desk.with_for_update())  # who presses twice waits for the first
    for rule in rules_in_order(session):
        said = (rule.region_code or "", rule.language, rule.theme, rule.desk_code)
        if said == wanted:
            return rule
    if many >= MOST_RULES:
        raise NotValid(_("There are too many rules."), {})
    rule = store_rule(session, given, last + 1)
    log.write(session, "desk rule added", by, note=f"{rule.id} {rule.desk_code}")
    return rule


def store_rule(session: Session, given: Given, position: int) -> DeskRule:
    """Write a rule as it was checked.

    :raises NotValid: there is no such region, theme or desk.
    """
    named = {
        "region": (Region, given["region"]),
        "desk": (Desk, given["desk"]),
        "theme": (Concept, f"theme:{given['theme']}" if given["theme"] else ""),
    }
    missing = [n for n, (t, key) in named.items() if key and not session.get(t, key)]
    if missing:
        said = str(_("There is no such value."))
        raise NotValid(LOOK_AGAIN, {name: [said] for name in missing})
    rule = DeskRule(
        position=position,
        region_code=given["region"] or None,
        language=given["language"],
        theme=given["theme"],
        desk_code=given["desk"],
    )
    session.add(rule)
    session.flush()
    return rule


def drop_rule(session: Session, number: int, *, by: Person) -> None:
    """Take a rule out.

    :raises NotAllowed: she may not change the rules.
    :raises NotFound: there is none.
    """
    RULES.require(by, "change the rules", NOTHING)
    rule = session.get(DeskRule, number)
    if rule is None:
        raise NotFound(_("There is no such rule."))
    log.write(session, "desk rule dropped", by, note=f"{number} {rule.desk_code}")
    session.delete(rule)
    session.flush()


def raise_rule(session: Session, number: int, *, by: Person) -> None:
    """Let a rule change places with the one before it.

    :raises NotAllowed: she may not change the rules.
    :raises NotFound: there is none.
    """
    RULES.require(by, "change the rules", NOTHING)
    rules = rules_in_order(session)
    at = next((n for n, rule in enumerate(rules) if rule.id == number), None)
    if at is None:
        raise NotFound(_("There is no such rule."))
    if at:
        rules[at - 1], rules[at] = rules[at], rules[at - 1]
        for position, rule in enumerate(rules, start=1):
            rule.position = position
        session.flush()
