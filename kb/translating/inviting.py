"""Volunteers: who coordinates a language makes a link, and whoever follows it joins.

A link works until its day, for so many people, while it is not withdrawn, and while who
made it may still invite. Only a digest of its secret is kept.
"""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session, joinedload, selectinload

from kb.access import RULES, Thing
from kb.errors import Conflict, NotFound, NotValid
from kb.language import _
from kb.people import log, roles
from kb.people.models import Person, Role, ScopeKind
from kb.people.roles import held
from kb.people.secrets import digest, new_secret
from kb.translating.models import Invitation

INVITED_AS = (Role.TRANSLATOR.value, "")
"""The roles a link may give; empty for an account that suggests."""
MOST_DAYS, MOST_PEOPLE = 90, 200
STEP = "invite translators"


def invites_for(person: Person | None, known: Collection[str]) -> list[str]:
    """Give the languages that a person may invite volunteers for."""
    granted = RULES.granting(person, STEP)
    own = [one.scope for one in granted if one.scope_kind == ScopeKind.LANGUAGE]
    every = dict.fromkeys([*own, *known])
    return [code for code in every if RULES.may(person, STEP, _language(code))]


def make(
    session: Session, language: str, *, by: Person, role: str, days: int, most: int
) -> str:
    """Make a link and give its secret, which is shown this once.

    :param role: one of `INVITED_AS`.
    :param days: how long it works.
    :param most: how many may follow it.
    :raises NotAllowed: she does not coordinate this language.
    :raises NotValid: these are no such days, people or role.
    """
    RULES.require(by, STEP, _language(language))
    wrong = {
        name: [str(_("This must be a number from 1 to %(most)s.", most=limit))]
        for name, given, limit in (
            ("days", days, MOST_DAYS),
            ("most", most, MOST_PEOPLE),
        )
        if not 1 <= given <= limit
    }
    if role not in INVITED_AS:
        wrong["role"] = [str(_("There is no such value."))]
    if wrong:
        raise NotValid(_("Please look at the marked fields."), wrong)
    now, secret = datetime.now(UTC), new_secret()
    invitation = Invitation(
        language=language,
        role=role,
        digest=digest(secret),
        made_by_id=by.id,
        made=now,
        expires=now + timedelta(days=days),
        most=most,
    )
    session.add(invitation)
    session.flush()
    log.write(session, "volunteers invited", by, note=_noted(invitation))
    return secret


def listed(session: Session, languages: Collection[str]) -> Sequence[Invitation]:
    """Give the links for some languages, the newest first."""
    wanted = select(Invitation).where(Invitation.language.in_(languages))
    shown = wanted.order_by(Invitation.id.desc()).limit(100)
    return session.scalars(shown.options(joinedload(Invitation.made_by))).all()


def works(invitation: Invitation) -> bool:
    """Say whether a link may still be followed, whoever made it."""
    late = invitation.expires <= datetime.now(UTC)
    full = invitation.used >= invitation.most
    return not (late or full or invitation.withdrawn)


def withdraw(session: Session, number: int, *, by: Person) -> None:
    """Let a link work no more; who came by it stays.

    :raises NotFound: there is none like it, or it is not for her language.
    """
    invitation = session.get(Invitation, number)
    if invitation is None or not RULES.may(by, STEP, _language(invitation.language)):
        raise NotFound(_("There is no such invitation."))
    if invitation.withdrawn is None:
        invitation.withdrawn = datetime.now(UTC)
        log.write(session, "invitation withdrawn", by, note=_noted(invitation))


def find(session: Session, secret: str) -> Invitation:
    """Give the invitation of a link that works.

    :raises Conflict: it works no more, or never was.
    """
    invitation = session.scalar(
        select(Invitation)
        .where(Invitation.digest == digest(secret))
        .options(
            joinedload(Invitation.made_by).options(
                selectinload(Person.grants), selectinload(Person.factor)
            )
        )
    )
    if invitation is None or not works(invitation) or not _stands(invitation):
        raise Conflict(
            _("This invitation works no more. Please ask who gave it to you.")
        )
    return invitation


def join(session: Session, secret: str, *, by: Person) -> Invitation:
    """Let a volunteer into the team; who is in it already uses nothing up.

    :raises Conflict: the link works no more, or never was.
    """
    invitation = find(session, secret)
    if invitation.role and _has(by, invitation):
        return invitation
    taken = session.execute(
        update(Invitation)
        .where(Invitation.id == invitation.id, Invitation.used < Invitation.most)
        .values(used=Invitation.used + 1)
        .returning(Invitation.id)
    ).scalar_one_or_none()
    if taken is None:
        raise Conflict(
            _("This invitation works no more. Please ask who gave it to you.")
        )
    log.write(session, "came as a volunteer", by, note=_noted(invitation))
    if invitation.role:
        roles.grant(
            session, by, Role(invitation.role), by=log.called(invitation.made_by),
            scope_kind=ScopeKind.LANGUAGE, scope=invitation.language,
        )  # fmt: skip
    return invitation


def _language(code: str) -> Thing:
    return Thing(languages=frozenset({code}))


def _stands(invitation: Invitation) -> bool:
    return RULES.may(invitation.made_by, STEP, _language(invitation.language))


def _has(person: Person, invitation: Invitation) -> bool:
    wanted = invitation.role, ScopeKind.LANGUAGE, invitation.language
    mine = ((one.role, one.scope_kind, one.scope) for one in held(person))
    return wanted in mine


def _noted(invitation: Invitation) -> str:
    """Say in the log what it is, without its secret."""
    role = invitation.role or "suggesting"
    return f"{role} language:{invitation.language}, invitation {invitation.id}"
