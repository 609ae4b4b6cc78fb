"""Being listed, looking through the directory, writing to somebody in it."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Select, delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from kb import outbox
from kb.directory.models import Listing, ListingState
from kb.directory.rules import RULES, listing_thing, open_to
from kb.errors import Conflict, NotAllowed, NotFound, NotValid
from kb.language import _, offered
from kb.people import consent
from kb.people.consent import WORDINGS, Matter
from kb.people.models import Person
from kb.people.secrets import digest
from kb.stopping import is_stopped
from kb.vocabulary.models import Concept

Given = Mapping[str, Any]
MOST = 300
"""Listings on one page."""
WAIT_DAYS = 180
"""How long an institution waits at most for somebody to look at it."""
WRITTEN = "directory-written"
TAKEN = (
    *("name", "kind", "about", "language", "country", "languages", "themes"),
    *("website", "email", "shows_email"),
)


def list_person(session: Session, given: Given, *, by: Person) -> Listing:
    """List whoever has an account, or change what is said of her.

    :raises NotValid: there is no such theme.
    """
    _require_themes(session, given)
    listing = of_person(session, by)
    if listing is None:
        listing = Listing(person_id=by.id, made=datetime.now(UTC), wording="")
        session.add(listing)
    _fill(listing, given)
    listing.state = ListingState.LISTED
    consent.note(session, by, Matter.LISTED, given=True)
    session.flush()
    return listing


def take_back(session: Session, *, by: Person) -> None:
    """Take her out of the directory; nothing of it is kept but that she agreed once."""
    session.execute(delete(Listing).where(Listing.person_id == by.id))
    consent.note(session, by, Matter.LISTED, given=False)


def ask_to_be_listed(session: Session, given: Given, *, secret: str) -> Listing:
    """Let an institution without an account wait for a coordinator.

    :param secret: opens and removes it; the same secret is the same listing.
    :raises NotValid: there is no such theme, or it is no institution.
    """
    if given["kind"] != "institution":
        said = [str(_("Whoever is listed as a person needs an account."))]
        raise NotValid(_("Please look at the marked fields."), {"kind": said})
    _require_themes(session, given)
    known = session.scalar(_by_digest(secret))
    if known is not None:
        return known
    listing = Listing(digest=digest(secret), made=datetime.now(UTC))
    _fill(listing, given)
    listing.state = ListingState.WAITING
    try:
        with session.begin_nested():
            session.add(listing)
            session.flush()
    except IntegrityError:
        return by_link(session, secret)  # the other click was quicker by an instant
    return listing


def _fill(listing: Listing, given: Given) -> None:
    for name in TAKEN:
        setattr(listing, name, given[name])
    listing.wording = WORDINGS[Matter.LISTED].since


def _require_themes(session: Session, given: Given) -> None:
    wanted = {f"theme:{code}" for code in given["themes"]}
    known = set(session.scalars(select(Concept.id).where(Concept.id.in_(wanted))))
    if wanted - known:
        said = [str(_("Please choose one of the list."))]
        raise NotValid(_("Please look at the marked fields."), {"themes": said})


def require_coordinator(person: Person) -> None:
    """Refuse the queue to whoever coordinates nothing.

    :raises NotAllowed: she has no such role.
    """
    if not RULES.granting(person, "check a listing"):
        raise NotAllowed(_("You may not do this."), step="see the directory's queue")


def of_person(session: Session, person: Person) -> Listing | None:
    """Give her listing, if she has one."""
    return session.scalar(select(Listing).where(Listing.person_id == person.id))


def by_link(session: Session, secret: str) -> Listing:
    """Give the listing that a link is for.

    :raises NotFound: there is none, or it was taken back.
    """
    found = session.scalar(_by_digest(secret))
    if found is None:
        raise NotFound(_("This link opens no listing."))
    return found


def listed(
    session: Session,
    *,
    country: str = "",
    language: str = "",
    theme: str = "",
    kind: str = "",
) -> list[Listing]:
    """Give who is listed, by name.

    :param country: with those who are for everywhere.
    """
    wanted = select(Listing).where(Listing.state == ListingState.LISTED)
    if country:
        wanted = wanted.where(Listing.country.in_((country, "")))
    if kind:
        wanted = wanted.where(Listing.kind == kind)
    rows = session.scalars(wanted.order_by(Listing.name, Listing.id))
    return [
        one
        for one in rows
        if (not language or language in one.languages)
        and (not theme or theme in one.themes)
    ][:MOST]


def get_listed(session: Session, number: int) -> Listing:
    """Give one that is listed.

    :raises NotFound: there is none.
    """
    found = session.get(Listing, number)
    if found is None or found.state != ListingState.LISTED:
        raise NotFound(_("Nobody is listed here, or not any more."))
    return found


def waiting(session: Session, *, by: Person) -> Sequence[Listing]:
    """Give the institutions that wait, as far as she may decide on them."""
    return session.scalars(_waiting(by).order_by(Listing.made, Listing.id)).all()


def count_waiting(session: Session, *, by: Person) -> int | None:
    """Count them; nothing for whoever decides on none."""
    if not RULES.granting(by, "check a listing"):
        return None
    rows = _waiting(by).subquery()
    return session.scalar(select(func.count()).select_from(rows)) or 0


def _waiting(by: Person) -> Select[Listing]:
    waits = Listing.state == ListingState.WAITING, open_to(by)
    return select(Listing).where(*waits).limit(MOST)


def decide(session: Session, number: int, *, yes: bool, by: Person) -> None:
    """Let an institution in, or take a listing out for good.

    :raises NotFound: there is none.
    :raises NotAllowed: it lies outside her scope.
    """
    listing = session.get(Listing, number)
    if listing is None:
        raise NotFound(_("Nobody is listed here, or not any more."))
    RULES.require(by, "check a listing", listing_thing(session, listing))
    if yes:
        listing.state, listing.checked_by_id = ListingState.LISTED, by.id
    else:
        session.delete(listing)
    session.flush()


def write_to(session: Session, listing: Listing, given: Given, *, site: str) -> None:
    """Send words on to somebody listed; the address of the writer stands with them.

    :raises Conflict: whoever is listed wants no more of them, or mail there comes back.
    """
    if is_stopped(session, WRITTEN, listing.email):
        raise Conflict(
            _("Nothing can be sent there at present. Please ask the helpdesk instead.")
        )
    spoken = offered(listing.language)
    outbox.put(
        session,
        WRITTEN,
        to=listing.email,
        language=spoken,
        name=listing.name,
        note=given["words"],
        link=given["email"],
        page=f"{site.rstrip('/')}/{spoken}/directory/{listing.id}",
    )


def tidy(session: Session) -> None:
    """Forget institutions that nobody looked at in time."""
    old = datetime.now(UTC) - timedelta(days=WAIT_DAYS)
    late = Listing.state == ListingState.WAITING, Listing.made < old
    session.execute(delete(Listing).where(*late))


def _by_digest(secret: str) -> Select[Listing]:
    return select(Listing).where(Listing.digest == digest(secret))
