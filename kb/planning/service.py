"""Keeping a plan, changing it, handing it to a desk, throwing it away."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, selectinload

from kb.errors import NotFound, NotValid
from kb.helpdesk.beside import earlier
from kb.helpdesk.question_tables import Question
from kb.language import _
from kb.people.models import Person
from kb.people.secrets import digest
from kb.planning.models import Plan, PlanPractice
from kb.record.models import Record
from kb.regions.said import Said
from kb.vocabulary.models import Concept

Given = Mapping[str, Any]


def keep(
    session: Session,
    given: Given,
    chosen: Sequence[Record],
    said: Said,
    *,
    secret: str,
    by: Person | None,
) -> Plan:
    """Keep a plan; the same secret is the same plan.

    :param given: what `kb.planning.given.AimSchema` read.
    :param chosen: public practices, in her order.
    :param said: her land; kept to a tenth of a degree.
    :param secret: opens it; only a digest is kept.
    :raises NotValid: nothing is chosen, or a goal is none.
    """
    known = _by_digest(session, digest(secret))
    if known is not None:
        return known
    now = datetime.now(UTC)
    plan = Plan(digest=digest(secret), made=now, person_id=by.id if by else None)
    change(session, plan, given, chosen, said)
    try:
        with session.begin_nested():
            session.add(plan)
            session.flush()
    except IntegrityError:
        return by_link(session, secret)  # the other click was quicker by an instant
    return plan


def change(
    session: Session, plan: Plan, given: Given, chosen: Sequence[Record], said: Said
) -> None:
    """Let a plan say something else; where it was handed to a desk, that sees it so.

    :raises NotValid: nothing is chosen, or a goal is none.
    """
    if not chosen:
        problem = {"refs": [str(_("Please choose at least one."))]}
        raise NotValid(_("Please look at the marked fields."), problem)
    require_concepts(session, given)
    plan.changed, plan.said = datetime.now(UTC), said.written()
    plan.country, plan.place = given["country"], given["place"]
    plan.land_use_id = f"land_use:{given['land_use']}" if given["land_use"] else None
    plan.theme_id = f"theme:{given['theme']}" if given["theme"] else None
    plan.goals = [f"purpose:{code}" for code in given["goals"]]
    plan.area_ha, plan.notes = given["area_ha"], given["notes"]
    kept = {row.record_id: row for row in plan.practices} if plan.id else {}
    rows = []
    for position, record in enumerate(chosen):
        row = kept.get(record.id) or PlanPractice(record_id=record.id)
        row.position = position
        rows.append(row)
    plan.practices = rows


def require_concepts(session: Session, given: Given) -> None:
    """Refuse goals and themes that are in no list.

    :raises NotValid: there is no such goal or theme.
    """
    named = {"goals": [f"purpose:{code}" for code in given["goals"]]}
    named["theme"] = [f"theme:{given['theme']}"] if given["theme"] else []
    wanted = [each for ids in named.values() for each in ids]
    known = set(session.scalars(select(Concept.id).where(Concept.id.in_(wanted))))
    said = [str(_("Please choose one of the list."))]
    wrong = {field: said for field, ids in named.items() if {*ids} - known}
    if wrong:
        raise NotValid(_("Please look at the marked fields."), wrong)


def by_link(session: Session, secret: str) -> Plan:
    """Give the plan that a link opens.

    :raises NotFound: it opens none.
    """
    found = _by_digest(session, digest(secret)) if secret else None
    if found is None:
        raise NotFound(_("This link opens no plan."))
    return found


def of_question(session: Session, question: Question) -> Plan | None:
    """Give the plan that a question is about, or one that goes on in it."""
    asked = [question.id, *(one.id for one in earlier(session, question))]
    wanted = select(Plan).where(Plan.question_id.in_(asked)).order_by(Plan.id.desc())
    return session.scalar(wanted.options(_PRACTICES).limit(1))


def hand_over(session: Session, plan: Plan, question: Question) -> None:
    """Let a desk see it with the question."""
    plan.question_id = question.id
    session.flush()


def throw_away(session: Session, plan: Plan) -> None:
    """Throw a plan away; a question asked with it stays."""
    session.delete(plan)
    session.flush()


_PRACTICES = selectinload(Plan.practices)


def _by_digest(session: Session, kept: str) -> Plan | None:
    wanted = select(Plan).where(Plan.digest == kept)
    return session.scalar(wanted.options(_PRACTICES))
