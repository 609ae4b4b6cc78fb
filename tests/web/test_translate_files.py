"""Files for the tools of translators: taken out, looked at, brought back."""

import re
from io import BytesIO

import pytest
from sqlalchemy import select

from kb.language import INTERFACE
from kb.people.models import Role, ScopeKind
from kb.translating.models import Rendering, Suggested
from kb.web import translate_files
from kb.web.translate_files import MOST_SHOWN
from tests.feedback.house import staff
from tests.people.visitor import Visitor, add_person, rows
from tests.translating.files.bag import as_file, unit
from tests.translating.house import COMMENT, HOW, Team
from tests.web.test_people_pages import check
from tests.web.test_translate import counted

PAGE = "/translate/files?into=fr"
TAKE = "/translate/files/take?into=fr"
PACKED = re.compile(r'<textarea name="packed" hidden>\s*([\w+/=]+)</textarea>')


@pytest.fixture
def team(either):
    with either.office.database.writing() as session:
        team = Team(session)
        session.commit()
        yield team


@pytest.fixture
def coordinator(either, team):
    return staff(either.app, Role.COORDINATOR, ScopeKind.LANGUAGE, "fr")


def how(team, words=COMMENT, source=HOW, **said):
    return unit("how", source, words, ref=team.record.ref, **said)


def bring(visitor, content, page=PAGE):
    return visitor.post(page, {"file": (BytesIO(content), "fr.po")}, token_from=PAGE)


def take(visitor, shown, **form):
    packed = PACKED.search(shown.text)[1]
    return visitor.post(TAKE, {"packed": packed} | form, token_from=PAGE)


def in_hand(house):
    with house.office.database.reading() as session:
        rows = session.scalars(select(Rendering)).all()
        return {row.field: (row.words, row.state) for row in rows}


@pytest.mark.parametrize("end", ["po", "xlf"])
def test_a_file_goes_out_and_comes_back_as_drafts(either, team, coordinator, end):
    reply = coordinator.get(f"/translate/files/set.{end}?into=fr")
    assert f'filename="humus-fr.{end}"' in reply.headers["Content-Disposition"]
    assert HOW in reply.text
    brought = as_file([how(team)], "po" if end == "po" else "xliff")
    shown = bring(coordinator, brought)
    assert shown.status_code == 200
    assert in_hand(either) == {}
    done = take(coordinator, shown)
    assert done.status_code == 200
    assert "It is taken in" in done.text
    assert in_hand(either) == {"how": (COMMENT, "draft")}


def test_what_is_ready_is_handed_in_if_that_is_ticked(either, team, coordinator):
    shown = bring(coordinator, as_file([how(team)]))
    take(coordinator, shown, hand_in="yes")
    assert in_hand(either) == {"how": (COMMENT, "in-review")}


def test_what_is_asked_about_stays_out_unless_ticked(either, team, coordinator):
    shown = bring(coordinator, as_file([how(team, HOW)]))
    assert 'value="doubtful"' in shown.text
    assert "Is it translated?" in shown.text
    take(coordinator, shown)
    assert in_hand(either) == {}
    take(coordinator, shown, also="doubtful")
    assert in_hand(either) == {"how": (HOW, "draft")}


def test_changed_numbers_stay_out_whatever_is_ticked(either, team, coordinator):
    shown = bring(coordinator, as_file([how(team, COMMENT.replace("25", "52"))]))
    assert "25" in shown.text
    assert 'name="also"' not in shown.text
    assert "There is nothing in it to take in." in shown.text
    take(coordinator, shown, also="does-not-fit")
    assert in_hand(either) == {}


def test_what_was_brought_is_shown_as_text_and_not_as_a_page(team, coordinator):
    evil = '<script>alert("x")</script>'
    strange = unit("how", evil, evil, ref="P-999")
    content = as_file([how(team, f"{COMMENT} {evil} %(x)s"), strange], "xliff")
    shown = bring(coordinator, content.replace(b"P-999", b"&lt;b&gt;"))
    assert shown.status_code == 200
    assert "<script>alert" not in shown.text
    assert "<b>" not in shown.text


BAD = {
    "none": b"",
    "packed": b"PK\x03\x04" + bytes(100),
    "no PO": b"msgid nothing",
    "Spanish": as_file([unit(words="Cava.")], language="es"),
    "no language": as_file([unit(words="x")], language="qqx"),
    "too many": as_file(unit(f"k{n}", words="x") for n in range(21)),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_taken_is_said_at_the_field(
    either, team, coordinator, name, monkeypatch
):
    monkeypatch.setattr(translate_files, "MOST_UNITS", 20)
    reply = bring(coordinator, BAD[name])
    assert reply.status_code == 422
    assert 'id="file-said"' in reply.text
    check(reply.text, "en")
    assert in_hand(either) == {}


@pytest.mark.parametrize("packed", ["", "x", "!!!", "eJw=", "QUJD", "é"])
def test_a_form_without_its_file_is_refused(either, team, coordinator, packed):
    reply = coordinator.post(TAKE, {"packed": packed}, token_from=PAGE)
    assert reply.status_code == 422
    assert in_hand(either) == {}


def test_who_may_not_translate_into_it_neither_takes_nor_brings(either, team):
    add_person(either.app, "sam@farm.example", ("translator", "language", "sw"))
    sam = Visitor(either.app, email="sam@farm.example")
    sam.let_in()
    for path in (PAGE, "/translate/files/set.po?into=fr"):
        assert sam.get(path).status_code == 403
    assert bring(sam, as_file([how(team)])).status_code == 403
    assert sam.get("/translate/files?into=sw").status_code == 200
    packed = {"packed": "QUJD"}
    assert sam.post(TAKE, packed, token_from="/account").status_code == 403
    assert in_hand(either) == {}
    stranger = Visitor(either.app)
    assert stranger.get(PAGE).status_code == 302


def test_a_set_is_narrowed_as_the_list_is(team, coordinator):
    def count(more=""):
        path = f"/translate/files/set.po?into=fr{more}"
        return coordinator.get(path).text.count("msgctxt")

    assert (count(), count("&state=missing"), count("&kind=story")) == (5, 2, 0)
    assert count("&theme=grazing") == 0
    assert count("&zone=hot-sub_humid-weathered") in {0, 5}
    for bad in ("&theme=x", "&zone=x", "&kind=x", "&state=x", "&from=x"):
        status = coordinator.get(f"/translate/files/set.po?into=fr{bad}").status_code
        assert status == 422, bad


def test_long_lists_are_cut_and_say_so(team, coordinator):
    more = [unit(f"k{n}", words="x", ref=team.record.ref) for n in range(50)]
    shown = bring(coordinator, as_file(more)).text
    assert shown.count(f"<bdi>{team.record.ref}/k") == MOST_SHOWN
    assert "and 30 more" in shown


def test_the_pages_are_small_and_ask_little(either, team, coordinator):
    engine = either.office.database.engine
    with counted(engine) as seen:
        page = coordinator.get(PAGE)
    assert len(seen) <= 20
    assert len(page.data) < 100 * 1024
    content = as_file([how(team)])
    with counted(engine) as seen:
        bring(coordinator, content)
    assert len(seen) <= 25


@pytest.mark.thorough
@pytest.mark.parametrize("language", INTERFACE)
def test_both_pages_are_whole_in_every_language(team, coordinator, language):
    coordinator.language = language
    check(coordinator.get(PAGE).text, language)
    twice = [how(team, HOW), unit("k", words="x", ref=team.record.ref)]
    check(bring(coordinator, as_file(twice)).text, language)


def test_the_overviews_lead_there_and_the_list_with_what_it_shows(team, coordinator):
    shown = coordinator.get("/translate?into=fr&state=missing").text
    assert f'href="/en{PAGE}"' in shown
    assert f'href="/en{PAGE}&amp;state=missing"' in shown
    page = coordinator.get(f"{PAGE}&state=missing").text
    assert '<option value="missing" selected>' in page


def test_a_file_that_comes_too_late_is_still_there_to_be_sent(team, coordinator):
    shown = bring(coordinator, as_file([how(team)]))
    packed = PACKED.search(shown.text)[1]
    late = coordinator.post(TAKE, {"packed": packed}, form_token="0" * 64)
    assert late.status_code == 409
    assert late.text.count(packed) == 1


def test_who_may_translate_some_records_only_suggests_for_others(either, team):
    add_person(either.app, "kim@farm.example", ("translator", "kind", "story"))
    kim = Visitor(either.app, email="kim@farm.example")
    kim.let_in()
    shown = bring(kim, as_file([how(team)]))
    assert "1 comes in as a suggestion." in shown.text
    take(kim, shown)
    assert in_hand(either) == {}
    assert [one.words for one in rows(either.app, Suggested)] == [COMMENT]
