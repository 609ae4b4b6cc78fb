"""The second factor: codes of an app on the phone, and recovery codes on paper."""

import base64
import secrets
from datetime import UTC, datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from kb.errors import Conflict, NotValid
from kb.language import _
from kb.people import log, sessions
from kb.people.models import Person, RecoveryCode, SecondFactor, SignedIn
from kb.people.roles import needs_second_factor
from kb.people.secrets import digest
from kb.people.totp import new_totp_secret, step_of

CODES = 10
CODE_BYTES = 10
"""80 bits, written as 16 letters and digits."""


def enrol_totp(session: Session, person: Person) -> SecondFactor:
    """Give the secret for a phone; one that was begun and not confirmed is kept.

    :raises Conflict: there is a second factor already.
    """
    factor = session.get(SecondFactor, person.id)
    if factor is not None and factor.confirmed is not None:
        raise Conflict(_("The second factor is set up already."))
    if factor is None:
        factor = SecondFactor(
            person_id=person.id, secret=new_totp_secret(), last_step=0
        )
        session.add(factor)
        session.flush()
    return factor


def confirm_totp(
    session: Session, person: Person, code: str, *, known: SignedIn
) -> list[str]:
    """Take the second factor into use, and give the recovery codes, this once.

    Other browsers that know her only by the password know her no more.

    :raises NotValid: the code is wrong.
    """
    factor = enrol_totp(session, person)
    if not _take(session, person, code):
        raise _wrong()
    factor.confirmed = datetime.now(UTC)
    sessions.revoke_all(session, person, but=known)
    log.write(session, "second factor on", person)
    return new_recovery_codes(session, person)


def check_code(session: Session, person: Person, code: str) -> None:
    """Take a code of the phone or a recovery code; neither is taken twice.

    :raises NotValid: it is wrong, or was used.
    """
    if not (_take(session, person, code) or _use_recovery_code(session, person, code)):
        raise _wrong()


def new_recovery_codes(session: Session, person: Person) -> list[str]:
    """Make new recovery codes; the old ones work no more."""
    codes = [_written(secrets.token_bytes(CODE_BYTES)) for _each in range(CODES)]
    session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person.id))
    session.add_all(
        RecoveryCode(person_id=person.id, digest=digest(_bare(code))) for code in codes
    )
    session.flush()
    return codes


def recovery_codes_left(session: Session, person: Person) -> int:
    """Count the recovery codes that were not used."""
    left = select(func.count()).where(
        RecoveryCode.person_id == person.id, RecoveryCode.used.is_(None)
    )
    return session.scalar(left) or 0


def switch_off(session: Session, person: Person, *, known: SignedIn) -> None:
    """Do without the second factor.

    :raises Conflict: a role of hers asks for it.
    """
    if needs_second_factor(person):
        raise Conflict(_("Your role asks for the second factor."))
    session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person.id))
    session.execute(delete(SecondFactor).where(SecondFactor.person_id == person.id))
    session.expire(person, ["factor"])
    sessions.revoke_all(session, person, but=known)
    log.write(session, "second factor off", person)


def _take(session: Session, person: Person, code: str) -> bool:
    """Take a code of the phone: only one request can move the last step on."""
    factor = session.get(SecondFactor, person.id)
    step = step_of(factor.secret, code) if factor is not None else None
    if step is None:
        return False
    moved = session.execute(
        update(SecondFactor)
        .where(SecondFactor.person_id == person.id, SecondFactor.last_step < step)
        .values(last_step=step)
        .returning(SecondFactor.person_id)
    )
    return moved.first() is not None


def _use_recovery_code(session: Session, person: Person, code: str) -> bool:
    used = session.execute(
        update(RecoveryCode)
        .where(
            RecoveryCode.person_id == person.id,
            RecoveryCode.digest == digest(_bare(code)),
            RecoveryCode.used.is_(None),
        )
        .values(used=datetime.now(UTC))
        .returning(RecoveryCode.id)
    ).first()
    if used is not None:
        log.write(session, "recovery code used", person)
    return used is not None


def _written(some: bytes) -> str:
    letters = base64.b32encode(some).decode().lower()
    return "-".join(letters[i : i + 4] for i in range(0, len(letters), 4))


def _bare(code: str) -> str:
    return "".join(c for c in code.lower() if c.isalnum())


def _wrong() -> NotValid:
    said = _("This code is wrong or was used. Please wait for the next one.")
    return NotValid(said, {"code": [str(said)]})
