"""Following a search, ending that, and telling what is new."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from kb import outbox
from kb.errors import Conflict, NotFound
from kb.following.models import Following
from kb.language import _, offered
from kb.people.models import Person
from kb.people.secrets import new_secret
from kb.search.document import Query, SearchIndex
from kb.search.service import search
from kb.search.shown import Shown
from kb.search.thesaurus import read_thesaurus
from kb.stopping import digest_of

MOST = 20
"""Searches that one person follows."""
MOST_NAMED = 30
"""Records named of one search in a message."""


@dataclass(frozen=True)
class News:
    """What is new in one search."""

    number: int
    """Of the following."""
    since: date
    found: tuple[tuple[str, str], ...]
    """Title and ref of each record, the newest first."""


def follow(
    session: Session, query: Query, *, page: str, name: str, by: Person
) -> Following:
    """Let a person follow a search from today on; asked twice, it is followed once.

    :param page: the end of the address of its results.
    :param name: what it is called, in her language.
    :raises Conflict: she follows enough.
    """
    hers = of_person(session, by)
    for one in hers:
        if (one.language, one.page) == (query.language, page):
            return one
    if len(hers) >= MOST:
        raise Conflict(_("You follow enough searches. Please end one first."))
    now = datetime.now(UTC)
    row = Following(
        person_id=by.id,
        language=query.language,
        name=name,
        page=page,
        words=query.words,
        filters={key: list(values) for key, values in query.filters.items()},
        exact=query.exact,
        begun=now,
        since=now.date(),
        secret=new_secret(),
    )
    session.add(row)
    session.flush()
    return row


def of_person(session: Session, person: Person) -> Sequence[Following]:
    """Give what she follows, in the order in which she began."""
    hers = select(Following).where(Following.person_id == person.id)
    return session.scalars(hers.order_by(Following.id)).all()


def end(session: Session, number: int, *, by: Person) -> None:
    """End one of hers.

    :raises NotFound: she follows no such search.
    """
    row = session.get(Following, number)
    if row is None or row.person_id != by.id:
        raise NotFound(_("You do not follow this search."))
    session.delete(row)


def named_by(session: Session, secret: str) -> Following:
    """Give the one that a link ends.

    :raises Conflict: it is ended already.
    """
    wanted = select(Following).where(Following.secret == secret)
    row = session.scalar(wanted) if secret.isascii() and secret.isprintable() else None
    if row is None:
        raise Conflict(_("This search is not followed any more."))
    return row


def end_all(session: Session, person: Person) -> None:
    """End all that she follows."""
    session.execute(delete(Following).where(Following.person_id == person.id))


def end_for(session: Session, digest: str) -> None:
    """End all that is followed by whoever has an address.

    :param digest: of the address, as `kb.stopping.digest_of` gives it.
    """
    follows = Person.id.in_(select(Following.person_id))
    for person in session.scalars(select(Person).where(follows)):
        if person.email and digest_of(person.email) == digest:
            end_all(session, person)


def due(session: Session, today: date) -> Sequence[int]:
    """Give the people who were not told of yesterday."""
    late = select(Following.person_id).where(Following.since < today)
    return session.scalars(late.distinct().order_by(Following.person_id)).all()


def news_of(
    session: Session, index: SearchIndex, person_id: int, today: date
) -> list[News]:
    """Search again, for whatever she was not told of.

    Where no record holds all her words nothing is new, whatever is near them.

    :raises Unavailable: the index cannot be used.
    """
    hers = select(Following).where(
        Following.person_id == person_id, Following.since < today
    )
    rows = session.scalars(hers.order_by(Following.id)).all()
    thesaurus = read_thesaurus(session)
    news = []
    for row in rows:
        found = search(session, index, _query(row), None, thesaurus)
        shown = [] if found.relaxed else found.shown
        new = (_told(one) for one in shown if _is_new(one, row.since, today))
        news.append(News(row.id, row.since, tuple(new)))
    return news


def tell(session: Session, news: Sequence[News], today: date, *, site: str) -> bool:
    """Write one message of all that is new for a person; say whether there was any.

    What another worker told meanwhile, or she ended, is left out.

    :param site: where addresses of this installation begin.
    """
    told = []
    for one in news:
        wanted = select(Following).where(
            Following.id == one.number, Following.since == one.since
        )
        row = session.scalar(wanted.with_for_update())
        if row is not None:
            row.since = today
            if one.found:
                told.append((row, one.found))
    person = session.get(Person, told[0][0].person_id) if told else None
    if person is None or not person.active or not person.email:
        return False
    _write_to(session, person, told, site)
    return True


def _write_to(
    session: Session, person: Person,
    told: Sequence[tuple[Following, tuple[tuple[str, str], ...]]], site: str,
) -> None:  # fmt: skip
    spoken = offered(person.language)
    top = site.rstrip("/")
    outbox.put(
        session,
        "following-news",
        to=person.email or "",
        language=spoken,
        name=person.name,
        count=len({ref for _row, found in told for _title, ref in found}),
        searches=[
            (
                row.name,
                [(title, f"{top}/{row.language}/{ref}") for title, ref in found],
                f"{top}/{row.language}/search{row.page}",
                f"{top}/{spoken}/following/end?token={row.secret}",
            )
            for row, found in told
        ],
        all=f"{top}/{spoken}/account/following",
    )


def _query(row: Following) -> Query:
    filters = {name: tuple(values) for name, values in row.filters.items()}
    return Query(
        row.words, row.language, filters,
        sort="newest", per_page=MOST_NAMED, counted=(), exact=row.exact,
    )  # fmt: skip


def _is_new(shown: Shown, since: date, today: date) -> bool:
    day = shown.record.published_on
    return day is not None and since <= day < today


def _told(shown: Shown) -> tuple[str, str]:
    return shown.text.title, shown.record.ref
