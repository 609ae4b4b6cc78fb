"""Accounts: signing up, confirming, passwords, what is known of me, deleting me.

Whoever asks learns nothing of others: signing up with an address that has an account,
or asking for a link to one that has none, is answered alike. Only mail tells.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, joinedload, selectinload

from kb import outbox, stopping
from kb.errors import Conflict, NotFound, NotValid
from kb.language import FALLBACK, _, offered
from kb.people import consent, log, sessions
from kb.people.belongings import Belongings
from kb.people.consent import Matter
from kb.people.links import (
    LIFETIME,
    Purpose,
    address_of,
    cancel_links,
    make_link,
    use_link,
)
from kb.people.models import (
    ApiToken,
    Link,
    PasswordHash,
    Person,
    RecoveryCode,
    SecondFactor,
    SignedIn,
)
from kb.people.passwords import NewPassword
from kb.people.roles import keep_one_administrator, revoke_all
from kb.people.secrets import digest, new_secret
from kb.regions.models import Region


def by_email(session: Session, email: str) -> Person | None:
    """Give the person with an address, folded as `kb.people.given` does."""
    wanted = select(Person).where(Person.email == email)
    return session.scalar(
        wanted.options(joinedload(Person.factor), selectinload(Person.grants))
    )


def get_person(session: Session, person_id: int) -> Person:
    """Give a person with roles and second factor.

    :raises NotFound: there is none.
    """
    wanted = select(Person).where(Person.id == person_id)
    person = session.scalar(
        wanted.options(joinedload(Person.factor), selectinload(Person.grants))
    )
    if person is None:
        raise NotFound(_("There is no such person."))
    return person


def has_password(session: Session, email: str) -> bool:
    """Say whether an account has a password; one made by a link may have none."""
    kept = (
        select(PasswordHash.person_id)
        .join(Person, Person.id == PasswordHash.person_id)
        .where(Person.email == email)
    )
    return session.scalar(kept) is not None


def add_person(session: Session, *, name: str, email: str, language: str) -> Person:
    """Write down a person who still has to confirm her address.

    :raises Conflict: the address has an account.
    """
    person = Person(
        name=name, email=email, languages=language, created=datetime.now(UTC)
    )
    try:
        with session.begin_nested():
            session.add(person)
    except IntegrityError as taken:
        raise Conflict(_("This address has an account already.")) from taken
    return person


def sign_up(
    session: Session, given: Mapping[str, str], password: NewPassword, *,
    language: str, site: str, onward: str = "",
) -> None:  # fmt: skip
    """Make an account that waits for its address to be confirmed, and send the link.

    Who signs up again before that begins anew: name and password are the last given.
    The owner of an account is told that somebody tried; nobody else is told anything.

    :param onward: the page of ours that she came for; the link leads there in the end.
    """
    person = by_email(session, given["email"])
    if person is None:
        try:
            person = add_person(session, **given, language=language)
        except Conflict:  # somebody else with the address was quicker by an instant
            person = by_email(session, given["email"])
    if person is None or person.disabled:
        return
    if person.confirmed:
        _tell(session, person, "sign-up-taken", site=site)
        return
    person.name, person.languages = given["name"], language
    set_password(session, person, password)
    _send_link(session, person, Purpose.CONFIRM, site, onward)


def confirm(session: Session, secret: str) -> Person:
    """Take the address as hers who opened the link.

    :raises Conflict: the link works no more.
    """
    person = use_link(session, secret, Purpose.CONFIRM)
    person.confirmed = person.confirmed or datetime.now(UTC)
    session.flush()
    consent.note(session, person, Matter.ACCOUNT, given=True)
    return person


def ask_link(session: Session, email: str, purpose: Purpose, *, site: str) -> None:
    """Send a link for signing in or for a new password, if the address has an account.

    An address that is not confirmed yet gets one as well: the link shows it is hers.
    """
    person = session.scalar(select(Person).where(Person.email == email))
    if person is not None and not person.disabled:
        _send_link(session, person, purpose, site)
    else:
        _do_as_much(session, purpose, site)


def reset(session: Session, secret: str, password: NewPassword) -> Person:
    """Set a new password by a link; all browsers that knew her know her no more.

    The second factor stays: a link alone lets nobody in who has one.

    :raises Conflict: the link works no more.
    """
    person = use_link(session, secret, Purpose.RESET)
    person.confirmed = person.confirmed or datetime.now(UTC)
    change_password(session, person, password)
    return person


def change_password(
    session: Session, person: Person, password: NewPassword,
    *, but: SignedIn | None = None,
) -> None:  # fmt: skip
    """Set a password; every other browser and link stops working, and mail says so."""
    set_password(session, person, password)
    sessions.revoke_all(session, person, but=but)
    cancel_links(session, person)
    log.write(session, "password changed", person)
    _tell(session, person, "password-changed")


def set_password(session: Session, person: Person, password: NewPassword) -> None:
    """Keep a password, in place of any she had."""
    kept = session.get(PasswordHash, person.id)
    now = datetime.now(UTC)
    if kept is None:
        session.add(PasswordHash(person_id=person.id, hash=password.hash, changed=now))
    else:
        kept.hash, kept.changed = password.hash, now
    session.flush()


def change_details(session: Session, person: Person, given: Mapping[str, str]) -> None:
    """Change name, languages and region.

    :raises NotValid: there is no such region.
    """
    region = given["region"] or None
    if region is not None and session.get(Region, region) is None:
        said = {"region": [str(_("There is no such region."))]}
        raise NotValid(_("Please look at the marked fields."), said)
    person.name, person.languages = given["name"], given["languages"]
    person.region_code = region
    session.flush()


def disable(session: Session, person: Person, *, by: str) -> None:
    """Let a person in no more; all that let her in stops working.

    :raises Conflict: she is the last administrator.
    """
    keep_one_administrator(session, person)
    person.disabled = datetime.now(UTC)
    _shut_out(session, person)
    log.write(session, "disabled", person, by=by)


def enable(session: Session, person: Person, *, by: str) -> None:
    """Let a person in again, who then signs in anew.

    :raises Conflict: the account was deleted.
    """
    if person.email is None:
        raise Conflict(_("This account was deleted."))
    person.disabled = None
    log.write(session, "enabled", person, by=by)


def delete_me(
    session: Session, person: Person, rooms: Sequence[Belongings] = ()
) -> None:
    """Delete an account for good; what was published stays, without her name.

    :param rooms: those above this one that keep something of people.
    :raises Conflict: she is the last administrator.
    """
    keep_one_administrator(session, person)
    for room in rooms:
        room.let_go(session, person)
    for matter in Matter:
        consent.note(session, person, matter, given=False)
    outbox.forget(session, person.email or "")
    stopping.forget(session, person.email or "")
    _tell(session, person, "account-deleted")
    revoke_all(session, person, by=log.called(person))
    gone = (PasswordHash, SecondFactor, RecoveryCode, Link, SignedIn, ApiToken)
    for table in gone:
        session.execute(delete(table).where(table.person_id == person.id))
    session.expire(person, ["factor"])
    person.name, person.email, person.languages = "", None, FALLBACK
    person.region_code, person.confirmed = None, None
    person.disabled = datetime.now(UTC)
    log.write(session, "deleted", person)


def _shut_out(session: Session, person: Person) -> None:
    sessions.revoke_all(session, person)
    cancel_links(session, person)
    held = select(ApiToken).where(
        ApiToken.person_id == person.id, ApiToken.revoked.is_(None)
    )
    for token in session.scalars(held):
        token.revoked = datetime.now(UTC)
    session.flush()


def _do_as_much(session: Session, purpose: Purpose, site: str) -> None:
    """Take as long as for an address with an account: write what is never sent."""
    now, secret = datetime.now(UTC), new_secret()
    nobodys = update(Link).where(Link.digest == digest(secret))
    session.execute(nobodys.values(used=now))
    link = address_of(site, FALLBACK, purpose, secret)
    late = timedelta(0)
    outbox.put(
        session, purpose, to="", language=FALLBACK, useful_for=late, name="", link=link
    )


def _send_link(
    session: Session, person: Person, purpose: Purpose, site: str, onward: str = ""
) -> None:
    secret = make_link(session, person, purpose)
    link = address_of(site, _spoken(person), purpose, secret)
    if onward:
        link += f"&next={quote(onward, safe='/')}"
    _tell(session, person, purpose, lives=purpose, link=link)


def _tell(
    session: Session, person: Person, event: str, *,
    lives: Purpose | None = None, **facts: str,
) -> None:  # fmt: skip
    assert person.email is not None
    outbox.put(
        session,
        event,
        to=person.email,
        language=_spoken(person),
        useful_for=LIFETIME[lives] if lives else None,
        name=person.name,
        **facts,
    )


def _spoken(person: Person) -> str:
    return offered(person.language)
