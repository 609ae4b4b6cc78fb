"""Following a search: told once of what is new, in her language, until she ends it."""

from datetime import UTC, datetime, timedelta

import pytest

from kb.following.models import Following
from kb.following.service import MOST
from kb.record.models import Record, Telling
from kb.worker import run_once, tell_followers
from tests import make
from tests.people.visitor import Visitor, change, rows

SITE = "http://localhost"
FORM = "/account/following/new"
TODAY = datetime.now(UTC).date()
YESTERDAY, BEFORE = TODAY - timedelta(days=1), TODAY - timedelta(days=2)


@pytest.fixture
def house(either):
    with either.office.database.writing() as session:
        known = make.vocabularies(session)
        for number, key in enumerate(("zai", "halfmoon"), start=1):
            texts = {
                "en": make.words(f"{key} pits"),
                "fr": make.words(f"Trous {key}", state="reviewed"),
            }
            make.record(session, known, key, number=number, texts=texts)
        make.record(session, known, "spell", "story", number=3)
        session.commit()
    change(either.app, Record, published_on=YESTERDAY)
    run_once(either.office.database, either.office.index)
    return either


@pytest.fixture
def awa(house):
    return Visitor(house.app).at_home()


def follow(visitor, found="?q=pits"):
    assert visitor.post(FORM + found).status_code == 303
    change(visitor.app, Following, since=YESTERDAY)


def told(house):
    office = house.office
    return tell_followers(office.database, office.index, SITE)


def news(visitor):
    return [one for one in visitor.letters() if one.purpose == "following-news"]


def test_she_is_told_once_of_what_is_new(house, awa):
    follow(awa)
    assert [told(house), told(house)] == [1, 0]
    (letter,) = news(awa)
    assert letter.subject == "2 new records in what you follow"
    for said in ("zai pits", "halfmoon pits", "/en/P-1", "/en/search?q=pits"):
        assert said in letter.text
    assert "/en/S-3" not in letter.text


def test_what_is_published_today_is_told_tomorrow(house, awa):
    follow(awa)
    change(house.app, Record, published_on=TODAY)
    assert told(house) == 0
    change(house.app, Record, published_on=YESTERDAY)
    assert told(house) == 0, "yesterday was over"
    change(house.app, Following, since=YESTERDAY)
    assert told(house) == 1


def test_what_is_old_or_does_not_match_is_no_news(house, awa):
    follow(awa)
    follow(awa, "?q=pits&kind=story")
    follow(awa, "?q=pits+vetiver")
    change(house.app, Record, published_on=BEFORE)
    assert told(house) == 0
    assert {row.since for row in rows(house.app, Following)} == {TODAY}


@pytest.mark.parametrize("gone", [{"status": "withdrawn"}, {"telling": Telling.KEPT}])
def test_what_may_not_be_shown_any_more_is_no_news(house, awa, gone):
    follow(awa)
    change(house.app, Record, **gone)
    assert told(house) == 0, "though the index still holds it"


def test_the_message_is_in_her_language(house):
    awa = Visitor(house.app, language="fr").at_home()
    awa.post("/account/details", {"name": "Awa", "language": "fr", "region": ""})
    follow(awa, "?q=trous")
    assert told(house) == 1
    (letter,) = news(awa)
    assert letter.language == "fr"
    assert "Trous zai" in letter.text
    assert "/fr/following/end?token=" in letter.text


def test_one_click_ends_it_without_an_account(house, awa):
    follow(awa)
    told(house)
    secret = news(awa)[0].text.partition("end?token=")[2].split()[0]
    anybody = Visitor(house.app)
    assert "pits" in anybody.get(f"/following/end?token={secret}").text
    assert len(rows(house.app, Following)) == 1, "looking ends nothing"
    assert anybody.post("/following/end", token=secret).status_code == 200
    assert rows(house.app, Following) == []
    assert anybody.post("/following/end", token=secret).status_code == 409
    assert anybody.get("/following/end?token=%00").status_code == 409


def test_she_sees_and_ends_hers_and_nobody_else_does(house, awa):
    follow(awa)
    (row,) = rows(house.app, Following)
    assert "pits" in awa.get("/account/following").text
    other = Visitor(house.app, email="other@farm.example").at_home()
    assert "pits" not in other.get("/account/following").text
    assert other.post(f"/account/following/{row.id}").status_code == 404
    assert awa.post(f"/account/following/{row.id}").status_code == 303
    assert rows(house.app, Following) == []


@pytest.mark.thorough
def test_the_same_search_is_followed_once_and_only_so_many_are(house, awa):
    follow(awa)
    follow(awa)
    assert len(rows(house.app, Following)) == 1
    replies = [awa.post(f"{FORM}?q=pits{n}").status_code for n in range(MOST)]
    assert replies == [303] * (MOST - 1) + [409]


def test_a_stranger_signs_in_first_and_a_bad_search_is_refused(house, awa):
    assert "/sign-in" in Visitor(house.app).get(f"{FORM}?q=pits").location
    assert Visitor(house.app).post(f"{FORM}?q=pits").status_code == 302
    assert awa.get(f"{FORM}?kind=nonsense").status_code == 422
    assert "Everything" in awa.get(FORM).text
    assert rows(house.app, Following) == []
    assert awa.post(f"{FORM}?q=%00%FF{'x' * 5000}").status_code == 303
    assert len(rows(house.app, Following)[0].words) < 1000


def test_it_is_in_her_file_and_goes_with_her_account(house, awa):
    follow(awa)
    assert "?q=pits" in awa.post("/account/export").text
    awa.post("/account/delete", password="cow under blue rain", sure="yes")
    assert rows(house.app, Following) == []


def test_a_place_without_address_writes_to_nobody(house, awa):
    follow(awa)
    assert tell_followers(house.office.database, house.office.index, "") == 0
    assert rows(house.app, Following)[0].since == YESTERDAY
