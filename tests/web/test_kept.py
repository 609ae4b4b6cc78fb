"""What is kept of all records is read anew when one changes, and only then."""

import pytest

from kb import journal
from kb.record.models import Status
from tests.make import record, vocabularies

TAGS = {"purpose": ["hold_water"], "theme": ["rice"], "climate": ["Aw"], "soil": ["LX"]}
ZONE = "/en/zones/hot-sub_humid-weathered"
PLACE = {"place": "Kaya", "climate": "Aw", "soil": "LX"}


@pytest.fixture
def known(session):
    known = vocabularies(session)
    record(session, known, "pits", number=1, tags=TAGS)
    session.commit()
    return known


def test_a_new_record_is_seen_at_once(empty, session, known):
    client = empty.app.test_client()
    page = "/en/practices/P-1-pits"
    assert 'id="similar"' not in client.get(page).text
    assert "Kaya" not in client.get(ZONE).text
    record(session, known, "bunds", number=2, tags=TAGS, sites=[PLACE])
    session.commit()
    assert 'id="similar-P-2"' in client.get(page).text
    assert "Kaya" in client.get(ZONE).text


def test_a_record_that_is_gone_is_neither_suggested_nor_counted(empty, session, known):
    client = empty.app.test_client()
    made = record(session, known, "bunds", number=2, tags=TAGS, sites=[PLACE])
    session.commit()
    assert "Bunds" in client.get("/en/suggest?q=bun").text
    assert "Kaya" in client.get(ZONE).text
    made.status = Status.WITHDRAWN
    journal.write(session, "withdrawn", kind="practice", record_id=made.id, by="a test")
    session.commit()
    assert "Bunds" not in client.get("/en/suggest?q=bun").text
    assert "Kaya" not in client.get(ZONE).text
    assert 'id="similar"' not in client.get("/en/practices/P-1-pits").text


def test_without_a_change_nothing_is_read_again(empty, known):
    client = empty.app.test_client()
    client.get(ZONE)
    before = empty.office.kept["catalogue"]
    client.get(ZONE)
    assert empty.office.kept["catalogue"] is before


def test_a_record_without_like_or_land_shows_nothing(empty, session, known):
    record(session, known, "bare", number=3)
    session.commit()
    client = empty.app.test_client()
    reply = client.get("/en/practices/P-3-bare")
    assert reply.status_code == 200
    assert 'id="similar"' not in reply.text
    reply = client.get("/en/compare?ref=P-1&ref=P-3")
    assert reply.status_code == 200
    assert reply.text.count("not said") >= 7
