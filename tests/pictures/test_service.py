"""Pictures of no record yet, and what becomes of them."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from kb.errors import Conflict, NotAllowed
from kb.kinds import KINDS
from kb.people.models import Person
from kb.pictures import service
from kb.pictures.anew import made_anew
from kb.pictures.lookups import get_any_record
from kb.pictures.models import Picture
from kb.pictures.rules import may
from kb.pictures.taking_in import take_in
from tests.pictures.gallery import NOW, SAID, Gallery, photo

GIVEN = {n: SAID[n] for n in SAID if n != "own"} | {"consent_until": None}


@pytest.fixture
def gallery(either):
    gallery = Gallery(either.app).stock()
    for who in ("nobody", "reviewer", "sender", "administrator"):
        gallery.browser(who)
    return gallery


@pytest.fixture
def session(gallery):
    with gallery.app.extensions["kb"].database.writing() as session:
        yield session


def known(session, who):
    loaded = selectinload(Person.grants), selectinload(Person.factor)
    name = Person.name == f"Person {who}"
    return session.scalars(select(Person).where(name).options(*loaded)).one()


@pytest.fixture
def held(gallery, session):
    """A picture that somebody without any role sent with a report."""
    return service.hold(
        session,
        GIVEN,
        take_in(photo(), made_anew),
        folder=gallery.folder,
        language="en",
        by=known(session, "nobody"),
    )


def test_a_picture_of_no_record_is_seen_by_its_sender_alone(session, held, gallery):
    session.commit()
    for who in ("nobody", "reviewer", "sender", "administrator", ""):
        seen = who in {"nobody", "reviewer", "administrator"}
        assert gallery.file(who).status_code == (200 if seen else 404), who
        if who:
            assert may(session, known(session, who), "see", held) == seen


def test_it_is_attached_once_by_who_may_add(session, held):
    record = get_any_record(session, KINDS["practice"], "P-7")
    with pytest.raises(NotAllowed):
        service.attach(session, held, record, "card", by=known(session, "nobody"))
    assert held.record_id is None
    sender = known(session, "sender")
    service.attach(session, held, record, "step:1", by=sender)
    assert (held.record_id, held.place, held.position) == (record.id, "step:1", 1)
    with pytest.raises(Conflict):
        service.attach(session, held, record, "card", by=sender)


def test_it_is_forgotten_after_a_while_if_nobody_attaches_it(session, held):
    held.since = NOW - service.KEEP - timedelta(days=400)
    session.flush()
    service.end_of_consent(session)
    assert session.scalars(select(Picture)).all() == []
