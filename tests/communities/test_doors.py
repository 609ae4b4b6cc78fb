"""What a community keeps back is behind no door, and comes back when it may."""

from io import BytesIO

import pytest
import yaml
from sqlalchemy import select

from kb.assessing.out import write_assessments
from kb.communities.models import Agreement, Shown
from kb.communities.out import write_communities
from kb.communities.settling import settle_due
from kb.exchange.pictures_out import write_pictures
from kb.exchange.records_out import write_records
from kb.kinds import KINDS
from kb.pictures.models import Picture
from kb.record.models import Record, Tag, Telling
from kb.search.documents import Records
from kb.worker import settle_due as worked
from tests.communities.house import (
    MEMBER,
    NOTICES,
    OTHER,
    SECRET,
    STEWARD,
    TODAY,
    TOMORROW,
    YESTERDAY,
    Elders,
)
from tests.feedback.house import staff
from tests.people.visitor import Visitor
from tests.pictures.gallery import SAID, photo

PAGES = (
    "/",
    "/search",
    "/search?q=pits",
    "/search?q=Quimbeya",
    "/search?theme=grazing",
    "/suggest?q=Quim",
    "/themes/grazing",
    "/concepts",
    "/concepts/pits",
    "/map?q=pits",
    "/place",
    "/place/country?country=BF",
    "/zones",
    "/zones/hot-sub_humid-weathered",
    "/zones/hot-sub_humid-weathered/feed.atom",
    "/zones/hot-sub_humid-weathered/feed.json",
    "/sources",
    "/feed.atom?q=pits",
    "/feed.json",
    "/compare?ref={ref}&ref={other}",
    "/{ref}",
    "/practices/{ref}",
    "/practices/{ref}/versions",
    "/practices/{ref}/versions/1",
    "/practices/{ref}/versions/difference?from=1&to=1",
    "/practices/{ref}/report",
    "/practices/{ref}/comment",
    "/practices/{ref}/tried",
    "/practices/{other}",
    "/search/why?q=pits&ref={ref}",
    "/practices/{ref}/cite.txt",
    "/practices/{ref}/cite.bib",
    "/practices/{ref}/drawings/pit.svg",
    "/practices/{ref}/drawings/pit/without-words.svg",
    "/practices/{ref}/credit",
    "/practices/{ref}/use",
    "/plan",
    "/library",
    "/library?theme=grazing&country=BF",
)
DESKS = (
    "/desk",
    "/desk/feedback",
    "/desk/assessments",
    "/desk/assessments/report",
    "/desk/assessments/report.csv",
    "/desk/gaps",
    "/desk/gaps/few.csv",
    "/desk/women",
    "/desk/women.csv",
    "/review",
    "/write",
    "/write/change?ref={ref}",
    "/withdraw?ref={ref}",
    "/practices/{ref}/assess",
    "/practices/{ref}/pictures",
    "/practices/{ref}/community",
    "/communities/elders",
    "/translate?into=fr",
    "/translate/{ref}?into=fr",
    "/translate/{ref}/review?into=fr",
    "/translate/{ref}/languages",
    "/translate/{ref}/discussion?into=fr&field=title",
    "/translate/{other}?into=fr",
    "/translate/next?into=fr",
    "/translate/coverage?into=fr",
    "/translate/coverage.csv?into=fr",
    "/translate/files?into=fr",
    "/translate/files/set.po?into=fr",
    "/translate/files/set.xlf?into=fr",
    "/translate/files/set.tmx?into=fr",
    "/translate/files/set.tbx?into=fr",
)
CALLS = (
    "/api/v1/records",
    "/api/v1/records/{ref}",
    "/api/v1/records/{other}",
    "/api/v1/records/{ref}/feedback",
    "/api/v1/search?q=pits",
    "/api/v1/search?q=Quimbeya",
    "/api/v1/search?q=pits&explain=true",
    "/api/v1/records/{ref}/citation",
)


TELLING = (
    "/search?q=pits",
    "/search?q=Quimbeya",
    "/suggest?q=Quim",
    "/themes/grazing",
    "/concepts/pits",
    "/compare?ref={ref}&ref={other}",
    "/feed.json",
    "/feed.atom?q=pits",
    "/zones/hot-sub_humid-weathered/feed.atom",
    "/zones/hot-sub_humid-weathered/feed.json",
    "/practices/{ref}",
    "/practices/{ref}/versions/1",
    "/practices/{other}",
    "/api/v1/records",
    "/api/v1/records/{ref}",
    "/api/v1/search?q=pits",
    "/search/why?q=pits&ref={ref}",
    "/practices/{ref}/cite.txt",
    "/practices/{ref}/drawings/pit.svg",
    "/api/v1/records/{ref}/citation",
)
"""Doors at which it is told while it may be."""


def ended(elders):
    """Let the last day be past, while the worker sleeps."""
    elders.later(Agreement, until=YESTERDAY).change(told_until=YESTERDAY)


def out_of_season(elders):
    elders.show(Shown.SEASON, [(TODAY.month + 5) % 12 + 1])


def season_over(elders):
    out_of_season(elders)
    elders.level().change(told_from=None, told_until=YESTERDAY)


WAYS = {
    "ended": ended,
    "withdrawn": Elders.take_back,
    "members": lambda elders: elders.show(Shown.MEMBERS),
    "out of season": out_of_season,
    "season over": season_over,
}
SAYS_WHY = {"ended", "withdrawn"}


@pytest.fixture
def elders(either):
    return Elders(either)


@pytest.fixture
def editor(elders):
    return staff(elders.app, "editor")


def fetched(elders, visitor, paths):
    """Give what each page answers, whole."""
    for path in paths:
        where = path.format(ref=elders.ref, other=elders.other)
        get = visitor.browser.get if where.startswith("/api") else visitor.get
        yield where, get(where, follow_redirects=True)


def leaks(elders, visitor, paths):
    """Name the doors at which a word is to be had of what the elders know."""
    replies = fetched(elders, visitor, paths)
    return [p for p, reply in replies if tells(reply.text, reply.headers)]


def tells(*said):
    return any(SECRET.lower() in str(one).lower() for one in said)


@pytest.mark.thorough
@pytest.mark.parametrize("way", WAYS)
def test_what_is_kept_back_is_behind_no_door(elders, editor, way):
    elders.told()
    stranger = elders.visitor()
    assert len(leaks(elders, stranger, TELLING)) == len(TELLING)
    WAYS[way](elders)
    assert leaks(elders, stranger, PAGES + CALLS) == []
    assert leaks(elders, editor, DESKS) == []
    assert leaks(elders, elders.visitor(OTHER), ["/write", "/communities/elders"]) == []
    status = stranger.get(f"/practices/{elders.ref}").status_code
    assert status == (410 if way in SAYS_WHY else 404)
    worked(elders.house.office.database.writing, "")
    elders.level()
    assert leaks(elders, stranger, TELLING) == []
    held = [d.ref for d in Records(elders.house.office.database.reading).documents()]
    assert held == [elders.other]
    elders.agree().show().level()
    assert len(leaks(elders, stranger, TELLING)) == len(TELLING)


def counted(elders, path):
    found = elders.visitor().browser.get(path).json
    return found["total"], found["facets"].get("theme", {})


@pytest.mark.thorough
def test_counts_tell_nothing_while_the_worker_sleeps(elders):
    elders.told()
    path = "/api/v1/search?q=pits"
    assert counted(elders, path)[0] == 2
    home = elders.visitor().get("/").text
    for way in (Elders.take_back, ended):
        way(elders)
        assert counted(elders, path) == (1, {})
        assert elders.visitor().get("/").text != home
        elders.agree().level()
        assert counted(elders, path)[0] == 2


@pytest.mark.thorough
def test_a_search_that_goes_on_is_asked_to_begin_anew(elders):
    elders.told()
    browser = elders.visitor().browser
    first = browser.get("/api/v1/search?q=pits&per_page=1").json
    elders.take_back()
    reply = browser.get(first["next"])
    assert reply.status_code == 503
    assert not tells(reply.text)
    assert reply.json["message"] == "Please search anew."


@pytest.mark.thorough
def test_the_page_that_says_why_says_no_more(elders):
    elders.told()
    visitor = elders.visitor()
    elders.take_back()
    page = visitor.get(f"/practices/{elders.ref}").text
    assert "taken back its consent" in page
    assert "no more" not in page
    assert not tells(page)
    elders.level().agree(until=TODAY).show()
    elders.later(Agreement, until=YESTERDAY).change(told_until=YESTERDAY)
    assert "is over" in visitor.get(f"/practices/{elders.ref}").text


@pytest.mark.thorough
def test_nobody_keeps_a_copy_of_what_may_be_taken_back(elders):
    visitor = elders.visitor()
    page = f"/practices/{elders.ref}"
    assert (
        "max-age" in visitor.get(page, follow_redirects=True).headers["Cache-Control"]
    )
    elders.told()
    reply = visitor.get(page, follow_redirects=True)
    assert reply.headers["Cache-Control"] == "no-cache"
    again = {"If-None-Match": reply.headers["ETag"]}
    where = reply.request.path.removeprefix("/en")
    assert visitor.get(where, headers=again).status_code == 304
    elders.take_back()
    assert visitor.get(where, headers=again).status_code == 410


@pytest.mark.thorough
def test_whose_it_is_and_what_they_ask_stands_beside_it(elders, tmp_path):
    elders.told()
    page = elders.visitor().get(f"/practices/{elders.ref}", follow_redirects=True).text
    assert "Elders of Yako" in page
    assert all(f"{code} please" in page for code in NOTICES)
    assert "The council" not in page
    said = elders.visitor().browser.get(f"/api/v1/records/{elders.ref}").json
    names = {"en": "Elders of Yako", "fr": "Anciens"}
    assert said["community"] == {"names": names, "notices": list(NOTICES)}
    other = elders.visitor().browser.get(f"/api/v1/records/{elders.other}").json
    assert other["community"] is None


def exported(elders, folder):
    """Give all that leaves the house in files."""
    kept = elders.house.settings.pictures_folder
    with elders.reading() as session:
        write_communities(session, folder)
        write_assessments(session, folder)
        write_pictures(session, kept, folder)
        write_records(session, folder, KINDS.values())
    return "".join(one.read_text() for one in folder.rglob("*.yaml"))


def pictured(elders, editor):
    """Have a picture on the record, shown; give the name of its file."""
    path = f"/practices/{elders.ref}/pictures"
    form = {**SAID, "alt": SECRET, "picture": (BytesIO(photo()), "pits.png")}
    assert editor.post(path, form).status_code == 303
    with elders.reading() as session:
        one = session.scalar(select(Picture))
    assert editor.post(f"{path}/{one.id}/publish").status_code in {303, 302}
    return f"/media/{one.digest}-page.jpg"


@pytest.mark.thorough
@pytest.mark.parametrize("way", WAYS)
def test_pictures_and_exports_hold_to_it(elders, editor, way, tmp_path):
    file = pictured(elders, editor)
    stranger = elders.visitor()
    assert stranger.browser.get(file).status_code == 200
    assert tells(exported(elders, tmp_path / "free"))
    elders.told()
    assert stranger.browser.get(file).headers["Cache-Control"] == "no-cache"
    written = exported(elders, tmp_path / "open")
    assert "name_us" in written
    assert not tells(written)
    WAYS[way](elders)
    for who in (stranger, editor, elders.visitor(OTHER)):
        assert who.browser.get(file).status_code == 404
    inside = 200 if way not in SAYS_WHY else 404
    assert elders.visitor(MEMBER).browser.get(file).status_code == inside
    assert elders.visitor(STEWARD).browser.get(file).status_code == 200
    written = exported(elders, tmp_path / "kept")
    assert not tells(written)
    assert "name_us" not in written
    elders.agree().show()
    assert stranger.browser.get(file).status_code == 200


@pytest.mark.thorough
def test_consent_for_the_words_alone_shows_no_picture(elders, editor, tmp_path):
    file = pictured(elders, editor)
    elders.hold().agree(covers="text names place").show().level()
    visitor = elders.visitor()
    assert visitor.browser.get(file).status_code == 404
    page = visitor.get(f"/practices/{elders.ref}", follow_redirects=True)
    assert page.status_code == 200
    assert "/media/" not in page.text
    said = visitor.browser.get(f"/api/v1/records/{elders.ref}").json
    assert said["pictures"] == []
    assert not tells(exported(elders, tmp_path))


@pytest.mark.thorough
@pytest.mark.parametrize("lacking", ["text", "names", "place"])
def test_without_consent_for_a_part_nothing_is_told(elders, lacking):
    parts = {"text", "pictures", "names", "place"} - {lacking}
    elders.hold().show()
    elders.do(lambda s, h, by: s.add(consent_for(h, " ".join(parts))))
    elders.show()
    assert elders.visitor().get(f"/practices/{elders.ref}").status_code in {404, 410}


def consent_for(holding, covers):
    return Agreement(
        holding_id=holding.id,
        given_by="x",
        form="spoken",
        covers=covers,
        given_on=TODAY,
        entered=holding.entered,
    )


@pytest.mark.thorough
def test_a_worker_opens_and_closes_the_season(elders):
    elders.hold().agree().show(Shown.SEASON, [TODAY.month])
    visitor, page = elders.visitor(), f"/practices/{elders.ref}"
    assert visitor.get(page, follow_redirects=True).status_code == 200
    elders.change(told_from=TOMORROW)
    assert visitor.get(page).status_code == 404
    elders.change(told_from=TODAY, telling=Telling.OPEN)
    with elders.writing() as session:
        assert settle_due(session) == 1
        assert settle_due(session) == 0
        session.commit()
    with elders.reading() as session:
        record = session.scalar(select(Record).where(Record.ref == elders.ref))
    assert (record.told_from, record.told_until.month) == (None, TODAY.month)


@pytest.mark.thorough
def test_members_read_it_in_their_own_room(elders):
    elders.hold().agree().show(Shown.MEMBERS)
    room = f"/communities/elders/{elders.number()}/read"
    for email, read in ((STEWARD, 200), (MEMBER, 200), (OTHER, 404)):
        visitor = elders.visitor(email)
        listed = visitor.get("/communities/elders")
        assert listed.status_code == read
        assert tells(listed.text) == (read == 200)
        page = visitor.get(room)
        assert page.status_code == read
        assert tells(page.text) == (read == 200)
        assert "no-store" in listed.headers["Cache-Control"]
    elders.take_back()
    assert elders.visitor(MEMBER).get(room).status_code == 404
    assert not tells(elders.visitor(MEMBER).get("/communities/elders").text)
    assert elders.visitor(STEWARD).get(room).status_code == 200
    assert Visitor(elders.app).get("/communities/elders").status_code == 302


def test_the_export_is_the_whole_of_what_is_told(elders, tmp_path):
    elders.told()
    with elders.reading() as session:
        assert write_communities(session, tmp_path) == 1
    rows = yaml.safe_load((tmp_path / "communities.yaml").read_text())["communities"]
    assert rows[0]["community"]["en"] == "Elders of Yako"
    assert rows[0]["notices"] == list(NOTICES)
    assert "council" not in str(rows)


def planned(elders, visitor):
    """Make a plan with what the elders know; give the address of its page."""
    with elders.writing() as session:
        known = session.scalar(select(Record.id).where(Record.ref == elders.ref))
        session.add(Tag(record_id=known, concept_id="purpose:hold_water"))
        session.commit()
    given = {"goals": "hold_water", "refs": elders.ref, "step": "keep"}
    reply = visitor.post("/plan", given | {"once": "0" * 32}, token_from="/plan")
    return reply.headers["Location"].removeprefix("/en")


@pytest.mark.thorough
@pytest.mark.parametrize("way", WAYS)
def test_a_plan_tells_no_more_than_may_be_told(elders, way):
    elders.told()
    visitor = elders.visitor()
    page = planned(elders, visitor)
    aim = {"goals": "hold_water"}
    assert tells(visitor.get(page).text)
    assert tells(visitor.post("/plan", aim).text)
    WAYS[way](elders)
    shown = visitor.get(page)
    assert f"{elders.ref} is not public any more" in shown.text
    assert not tells(shown.text, shown.headers)
    assert not tells(visitor.post("/plan", aim).text)
    assert not tells(visitor.get(page.replace("/one", "/change")).text)
