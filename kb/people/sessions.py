"""Browsers that know a person: signing in, being known again, signing out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session, joinedload, selectinload

from kb.errors import NotAllowed, NotFound
from kb.language import _
from kb.people.links import Purpose, use_link
from kb.people.models import PasswordHash, Person, SignedIn
from kb.people.passwords import Hasher
from kb.people.roles import needs_second_factor
from kb.people.secrets import digest, new_secret

IDLE, STAFF_IDLE = timedelta(days=14), timedelta(hours=12)
"""How long a browser that is not used stays known; less for editors and such."""
LONGEST = timedelta(days=90)
HALF = timedelta(minutes=10)
"""How long somebody has to give the second factor."""
NOTED_EVERY = timedelta(minutes=10)
"""How exactly the last use is kept: a page is not to wait for the disk."""
FRESH = timedelta(minutes=30)
"""How long ago one may have signed in to do what cannot be undone."""
LONGEST_DEVICE = 120


@dataclass(frozen=True)
class Checked:
    """A password that was right a moment ago."""

    person_id: int
    hash: str
    renewed: str | None
    """The same password hashed anew, where the old hash was too cheap."""


@dataclass(frozen=True)
class Opened:
    """What a browser is given, and whether it must still give the second factor."""

    secret: str
    whole: bool


def check_password(
    session: Session, email: str, password: str, hasher: Hasher
) -> Checked | None:
    """Say whether a password is right; takes as long if there is no such account.

    This takes a third of a second, so it is done before anything is written.
    """
    kept = session.execute(
        select(PasswordHash.person_id, PasswordHash.hash)
        .join(Person, Person.id == PasswordHash.person_id)
        .where(Person.email == email, Person.disabled.is_(None))
    ).one_or_none()
    if not hasher.matches(kept.hash if kept else None, password) or kept is None:
        return None
    renewed = hasher.again(password).hash if hasher.outdated(kept.hash) else None
    return Checked(kept.person_id, kept.hash, renewed)


def sign_in(session: Session, checked: Checked, *, device: str) -> Opened:
    """Let somebody in whose password was right.

    :raises NotAllowed: it was changed meanwhile, or her address is not confirmed.
    """
    person = session.scalar(
        select(Person)
        .join(PasswordHash, PasswordHash.person_id == Person.id)
        .where(
            Person.id == checked.person_id,
            Person.disabled.is_(None),
            PasswordHash.hash == checked.hash,
        )
        .options(selectinload(Person.factor))
    )
    if person is None:
        raise NotAllowed(_("The password was changed meanwhile."))
    if person.confirmed is None:
        raise NotAllowed(
            _(
                "Please open the link we sent you first. If it did not come, ask for a"
                " link to sign in."
            )
        )
    if checked.renewed is not None:
        kept = session.get_one(PasswordHash, person.id)
        kept.hash = checked.renewed
    return _open(session, person, device)


def sign_in_by_link(session: Session, secret: str, *, device: str) -> Opened:
    """Let somebody in who opened a link sent to her.

    An account nobody confirmed may have been made by somebody else with her address:
    the password given then lets nobody in.

    :raises Conflict: the link works no more.
    """
    person = use_link(session, secret, Purpose.SIGN_IN)
    if person.confirmed is None:
        person.confirmed = datetime.now(UTC)
        session.execute(delete(PasswordHash).where(PasswordHash.person_id == person.id))
    return _open(session, person, device)


def make_whole(session: Session, half: SignedIn, *, device: str) -> Opened:
    """Let somebody in who gave the second factor as well, under a new secret."""
    half.revoked = datetime.now(UTC)
    return _written(session, half.person_id, device, whole=True)


def renew(session: Session, known: SignedIn) -> Opened:
    """Give a browser a new secret, where what it may do has changed."""
    secret = new_secret()
    known.digest = digest(secret)
    session.flush()
    return Opened(secret, known.whole)


def find(session: Session, secret: str) -> SignedIn | None:
    """Give the browser that sent this secret, with its person; nothing if unknown."""
    found = session.scalar(
        select(SignedIn)
        .where(SignedIn.digest == digest(secret), SignedIn.revoked.is_(None))
        .options(
            joinedload(SignedIn.person).options(
                joinedload(Person.factor), selectinload(Person.grants)
            )
        )
    )
    if found is None or not found.person.active or _is_over(found):
        return None
    return found


def note_use(session: Session, known: SignedIn) -> None:
    """Keep that a browser was used now."""
    used = update(SignedIn).where(SignedIn.id == known.id)
    session.execute(used.values(last_used=datetime.now(UTC)))


def is_noted(known: SignedIn) -> bool:
    """Say whether the last use that is kept is near enough."""
    return datetime.now(UTC) - known.last_used < NOTED_EVERY


def is_fresh(known: SignedIn) -> bool:
    """Say whether she signed in so lately that it must be her."""
    return datetime.now(UTC) - known.created < FRESH


def listed(session: Session, person: Person) -> Sequence[SignedIn]:
    """Give the browsers that know a person, last used first."""
    known = select(SignedIn).where(
        SignedIn.person_id == person.id, SignedIn.revoked.is_(None), SignedIn.whole
    )
    newest = session.scalars(known.order_by(SignedIn.last_used.desc())).all()
    return [one for one in newest if datetime.now(UTC) - one.last_used < IDLE]


def sign_out(session: Session, known: SignedIn) -> None:
    """Forget a browser."""
    known.revoked = datetime.now(UTC)
    session.flush()


def revoke(session: Session, person: Person, sign_in_id: int) -> None:
    """Forget one of a person's browsers.

    :raises NotFound: she has none of this number.
    """
    known = session.get(SignedIn, sign_in_id)
    if known is None or known.person_id != person.id:
        raise NotFound(_("There is no such sign-in."))
    sign_out(session, known)


def revoke_all(
    session: Session, person: Person, *, but: SignedIn | None = None
) -> None:
    """Forget all browsers of a person, but one if told so."""
    known = update(SignedIn).where(
        SignedIn.person_id == person.id, SignedIn.revoked.is_(None)
    )
    if but is not None:
        known = known.where(SignedIn.id != but.id)
    session.execute(known.values(revoked=datetime.now(UTC)))


def _open(session: Session, person: Person, device: str) -> Opened:
    factor = person.factor
    whole = factor is None or factor.confirmed is None
    return _written(session, person.id, device, whole=whole)


def _written(session: Session, person_id: int, device: str, *, whole: bool) -> Opened:
    now, secret = datetime.now(UTC), new_secret()
    known = SignedIn(
        person_id=person_id,
        digest=digest(secret),
        device=" ".join(device.split())[:LONGEST_DEVICE],
        whole=whole,
        created=now,
        last_used=now,
    )
    session.add(known)
    session.flush()
    return Opened(secret, whole)


def _is_over(known: SignedIn) -> bool:
    now = datetime.now(UTC)
    if not known.whole:
        return now - known.created >= HALF
    idle = STAFF_IDLE if needs_second_factor(known.person) else IDLE
    return now - known.last_used >= idle or now - known.created >= LONGEST
