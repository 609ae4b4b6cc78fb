"""Tokens that let a program act for a person: shown once, with scope and an end."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from kb.errors import Conflict, NotFound, NotValid
from kb.language import _
from kb.people import log
from kb.people.models import ApiToken, Person
from kb.people.pace import TWICE
from kb.people.secrets import digest, new_secret

PREFIX = "humus_"
"""Lets those who look for leaked secrets know one."""
MOST, MOST_DAYS = 20, 366


class TokenScope(StrEnum):
    """What a token may do: look, or change as well."""

    READ = "read"
    WRITE = "write"


def make_token(
    session: Session, person: Person, *, name: str, scope: TokenScope, days: int
) -> str:
    """Make a token and give it, this once.

    Of a button pressed twice the browser shows the second answer: the token made a
    moment ago gets the secret that she sees, and there is one.

    :param days: how long it works, 1 to `MOST_DAYS`.
    :raises NotValid: that is too long.
    :raises Conflict: she has `MOST` that work.
    """
    if not 1 <= days <= MOST_DAYS:
        said = _("Please choose between %(low)s and %(high)s.", low=1, high=MOST_DAYS)
        raise NotValid(said, {"days": [str(said)]})
    if len(listed(session, person)) >= MOST:
        raise Conflict(_("There are too many tokens. Please take one back first."))
    now, secret = datetime.now(UTC), new_secret(PREFIX)
    same = _made_just_now(session, person, name, scope, now)
    if same is not None:
        same.digest, same.expires = digest(secret), now + timedelta(days=days)
        return secret
    token = ApiToken(
        person_id=person.id,
        name=name,
        digest=digest(secret),
        scope=scope,
        created=now,
        expires=now + timedelta(days=days),
    )
    session.add(token)
    log.write(session, "token made", person, note=scope)
    return secret


def _made_just_now(
    session: Session, person: Person, name: str, scope: TokenScope, now: datetime
) -> ApiToken | None:
    """Give the token that the first press made; who presses again waits for it."""
    session.execute(select(Person.id).where(Person.id == person.id).with_for_update())
    return next(
        (
            one
            for one in listed(session, person)
            if (one.name, one.scope, one.last_used) == (name, scope, None)
            and one.created > now - TWICE
        ),
        None,
    )


def listed(session: Session, person: Person) -> Sequence[ApiToken]:
    """Give the tokens of a person that work, newest first."""
    working = select(ApiToken).where(
        ApiToken.person_id == person.id,
        ApiToken.revoked.is_(None),
        ApiToken.expires > datetime.now(UTC),
    )
    return session.scalars(working.order_by(ApiToken.id.desc())).all()


def find_token(session: Session, secret: str) -> ApiToken | None:
    """Give the token with its person; nothing if it does not work."""
    token = session.scalar(
        select(ApiToken)
        .where(
            ApiToken.digest == digest(secret),
            ApiToken.revoked.is_(None),
            ApiToken.expires > datetime.now(UTC),
        )
        .options(
            selectinload(ApiToken.person).selectinload(Person.grants),
            selectinload(ApiToken.person).selectinload(Person.factor),
        )
    )
    return token if token is not None and token.person.active else None


def revoke_token(session: Session, person: Person, token_id: int) -> None:
    """Take a token back.

    :raises NotFound: she has none of this number.
    """
    token = session.get(ApiToken, token_id)
    if token is None or token.person_id != person.id:
        raise NotFound(_("There is no such token."))
    token.revoked = token.revoked or datetime.now(UTC)
    log.write(session, "token revoked", person)
