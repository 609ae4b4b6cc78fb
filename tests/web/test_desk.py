"""The desk: each role finds what is for it, and nothing of who searched."""

import csv
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from sqlalchemy import event

from kb import journal
from kb.language import INTERFACE
from kb.people.models import Role, ScopeKind
from kb.record.models import Record, Status
from kb.search.gaps import Sought
from tests.feedback.house import furnish, staff
from tests.make import record, words
from tests.people.visitor import Visitor, change
from tests.web.test_feedback import DANGER, send
from tests.web.test_people_pages import check
from tests.writing.desk import handed_in, known, person

OVERVIEWS = (
    "/desk/gaps?zone=cold-humid-peat",
    "/desk/gaps/searches.csv",
    "/desk/gaps/few.csv?zone=cold-humid-peat",
    "/desk/women",
    "/desk/women.csv",
)
OVERSEE = {Role.EDITOR, Role.COORDINATOR, Role.ADMINISTRATOR}
QUEUES = {
    Role.REVIEWER: {"/review", "/assessments", "#reports", "#trials"},
    Role.EDITOR: {"/review", "/assessments", "#reports", "#trials", "#comments"},
    Role.ADMINISTRATOR: {"/review", "/assessments", "#reports", "#trials", "#comments"},
    Role.EXPERT: {"#trials"},
}
ZONE = "hot-sub_humid-weathered"
LAND = {
    "tags": {
        "theme": ["rice"],
        "land_use": ["paddy"],
        "climate": ["Aw"],
        "soil": ["LX"],
    }
}
PLACE = {"place": "Kaya", "country": "BF", "climate": "Aw", "soil": "LX"}


@pytest.fixture
def house(either):
    furnish(either.app)
    return either


def sought(app, text, times=2, *, language="en", zone="", days=1, in_vain=None):
    with app.extensions["kb"].database.writing() as session:
        session.add(
            Sought(
                day=datetime.now(UTC).date() - timedelta(days=days),
                language=language,
                zone=zone,
                words=text,
                times=times,
                in_vain=times if in_vain is None else in_vain,
                opened=0,
            )
        )
        session.commit()


def shown(visitor, path):
    reply = visitor.get(path)
    assert reply.status_code == 200, path
    return reply.text


def rows_of(visitor, path):
    reply = visitor.get(path)
    assert reply.status_code == 200, path
    assert reply.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert reply.headers["Content-Disposition"].startswith('attachment; filename="hum')
    assert reply.headers["Cache-Control"] == "no-store"
    text = reply.data.decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline="")))


@pytest.mark.thorough
def test_http_says_what_the_table_says_for_each_role(house):
    for role in Role:
        far = (ScopeKind.LANGUAGE, "sw") if role == Role.EDITOR else ()
        who = staff(house.app, role, *far)
        desk = shown(who, "/desk")
        for path in ("/review", "/assessments", "#reports", "#trials", "#comments"):
            assert (f'{path}"' in desk) == (path in QUEUES.get(role, ())), role
        assert ("/desk/gaps" in desk) == (role in OVERSEE)
        for path in OVERVIEWS:
            wanted = 200 if role in OVERSEE else 403
            assert who.get(path).status_code == wanted, (role, path)


def test_who_has_no_role_finds_no_desk_and_strangers_the_door(house):
    idle = Visitor(house.app).at_home()
    assert "/desk" not in shown(idle, "/account")
    trusted = staff(house.app, Role.TRANSLATOR)
    assert 'href="/en/desk"' in shown(trusted, "/account")
    stranger = Visitor(house.app)
    for path in ("/desk", *OVERVIEWS):
        assert idle.get(path).status_code == 403, path
        assert "/sign-in" in stranger.get(path).headers["Location"]
        assert stranger.post(path).status_code in {403, 405, 409}


def counts(desk):
    """Give what the desk says waits: the figures behind its queues."""
    found = desk.split("<main")[1].split('class="tag')[1:]
    return [int(part.partition(">")[2].partition("<")[0]) for part in found]


@pytest.mark.thorough
def test_the_desk_counts_what_waits_within_her_scope(house):
    visitor = Visitor(house.app)
    send(visitor, "report", **DANGER)
    for text in ("How deep?", "How wide?"):
        send(visitor, "comment", words=text, language="en")
    with house.office.database.writing() as session:
        handed_in(session, person(session, "Awa"))
        session.commit()
    yesterday = datetime.now(UTC).date() - timedelta(days=1)
    change(house.app, Record, review_due_on=yesterday)
    for kind, value, wanted in [
        (ScopeKind.EVERYWHERE, "", [1, 3, 1, 0, 2]),
        (ScopeKind.LANGUAGE, "en", [1, 3, 1, 0, 2]),
        (ScopeKind.LANGUAGE, "fr", [0, 0, 0, 0, 0]),
        (ScopeKind.REGION, "BF", [0, 3, 1, 0, 2]),
        (ScopeKind.REGION, "ML", [0, 0, 0, 0, 0]),
        (ScopeKind.KIND, "story", [0, 1, 0, 0, 0]),
    ]:
        who = staff(house.app, Role.EDITOR, kind, value, name=f"e{value.lower()}")
        desk = shown(who, "/desk")
        assert counts(desk) == wanted, value
        assert desk.count('class="tag waits"') == sum(map(bool, wanted))


@contextmanager
def statements(house):
    seen = []

    def note(connection, cursor, statement, *rest):
        seen.append(statement)

    event.listen(house.engine, "before_cursor_execute", note)
    yield seen
    event.remove(house.engine, "before_cursor_execute", note)


@pytest.mark.thorough
def test_more_that_waits_or_is_missing_is_no_more_queries(house):
    editor = staff(house.app, Role.EDITOR)
    asked = []
    for number in range(2):
        for path in ("/desk", "/desk/gaps", OVERVIEWS[2], "/desk/women"):
            shown(editor, path)  # what is kept for a while is read
            with statements(house) as seen:
                shown(editor, path)
            asked.append(len(seen))
        for one in range(4):
            sought(house.app, f"rice {number} {one}", zone=ZONE if one % 2 else "")
        send(Visitor(house.app), "comment", words=f"Deep {number}?", language="en")
    with statements(house) as signing_in:
        shown(editor, "/account/token")
    least = len(signing_in)
    assert asked[:4] == asked[4:]
    assert max(asked) <= least + 3, asked
    assert asked[0] <= least + 3, "for drafts, for what is due, for what users say"


@pytest.mark.thorough
def test_searches_in_vain_are_listed_by_words_language_and_zone(house):
    editor = staff(house.app, Role.EDITOR)
    sought(house.app, "quinoa", 7, language="fr", zone="hot-arid-sandy")
    sought(house.app, "teff", 5)
    sought(house.app, "long ago", 5, days=200)
    sought(house.app, "asked once", 1)
    sought(house.app, "<b>bold</b>", 2, language="ar")
    text = shown(editor, "/desk/gaps")
    assert text.index("quinoa") < text.index("teff")
    for absent in ("long ago", "asked once", "<b>"):
        assert absent not in text
    assert "long ago" in shown(editor, "/desk/gaps?days=365")
    for narrowed, left in [
        ("language=fr", {"quinoa"}),
        ("zone=hot-arid-sandy", {"quinoa"}),
        ("language=en", {"teff"}),
        ("language=en&zone=hot-arid-sandy", set()),
        ("language=es&days=30", set()),
        ("language=&zone=&days=", {"quinoa", "teff", "<b>bold</b>"}),
    ]:
        rows = rows_of(editor, f"/desk/gaps/searches.csv?{narrowed}")
        assert {row["words"] for row in rows} == left, narrowed
        assert ("quinoa" in shown(editor, f"/desk/gaps?{narrowed}")) == (
            "quinoa" in left
        )
    row = rows_of(editor, "/desk/gaps/searches.csv?language=fr")[0]
    yesterday = datetime.now(UTC).date() - timedelta(days=1)
    assert row == {
        "words": "quinoa",
        "language": "fr",
        "zone": "hot-arid-sandy",
        "times": "7",
        "in_vain": "7",
        "unopened": "7",
        "last_asked": yesterday.isoformat(),
    }


def test_a_spreadsheet_reckons_nothing_of_what_was_searched(house):
    editor = staff(house.app, Role.EDITOR)
    typed = ["=1+1", "+1", "-rice", "@x", "\tx", "\rx", "سماد", 'a "b", c']
    for one in typed:
        sought(house.app, one)
    rows = rows_of(editor, "/desk/gaps/searches.csv")
    assert {row["words"] for row in rows} == {
        *(f"'{one}" for one in typed[:6]),
        *typed[6:],
    }


@pytest.mark.thorough
def test_what_no_form_sends_is_refused(house):
    editor = staff(house.app, Role.EDITOR)
    for asked in (
        "language=xx",
        "language=de",
        "zone=nowhere",
        "zone=hot-arid-sandy'--",
        "days=0",
        "days=-90",
        "days=90.0",
        "days=9" + "9" * 400,
        "days=%D9%A3%D9%A0",
        "language=fr%0d%0aX:y",
    ):
        for path in ("/desk/gaps", "/desk/gaps/searches.csv", "/desk/gaps/few.csv"):
            reply = editor.get(f"{path}?{asked}")
            assert reply.status_code == 422, (path, asked)
            assert "cannot be narrowed" in reply.text


def few(visitor, narrowed=""):
    return {
        (row["list"], row["code"], row["zone"], row["language"]): (
            int(row["practices"]),
            int(row["practices_in_any_language"]),
            row["tried_there"],
            int(row["asked"]),
        )
        for row in rows_of(visitor, f"/desk/gaps/few.csv{narrowed}")
    }


def add(house, key, number, languages=("en",), **said):
    with house.office.database.writing() as session:
        texts = {spoken: words(f"{key} {spoken}") for spoken in languages}
        if len(texts) > 1:
            texts["fr"]["state"] = "reviewed"
        record(session, known(session), key, number=number, texts=texts, **said)
        session.commit()


@pytest.mark.thorough
def test_few_practices_are_told_by_theme_use_zone_and_language(house):
    editor = staff(house.app, Role.COORDINATOR)
    before = few(editor)
    assert before["theme", "rice", "", "en"] == (0, 0, "", 0)
    assert before["theme", "rice", ZONE, "fr"] == (0, 0, "0", 0)
    add(house, "bunds", 2, ("en", "fr"), **LAND, sites=[PLACE])
    add(house, "dykes", 3, **LAND)
    add(house, "tale", 9, kind="story", **LAND)
    sought(house.app, "rice", 3, zone=ZONE)
    sought(house.app, "rice", 4)
    now = few(editor)
    assert now["theme", "rice", "", "en"] == (2, 2, "", 7)
    assert now["theme", "rice", "", "fr"] == (1, 2, "", 0)
    assert now["theme", "rice", ZONE, "en"] == (2, 2, "1", 3)
    assert now["land_use", "paddy", ZONE, "ar"] == (0, 2, "1", 0)
    assert now["zone", "", ZONE, "fr"] == (1, 2, "1", 0)
    assert now["zone", "", ZONE, "en"][3] == 3
    add(house, "ditches", 4, ("en", "fr"), **LAND)
    then = few(editor)
    assert ("theme", "rice", "", "en") not in then, "three are no longer few"
    assert then["theme", "rice", "", "fr"][0] == 2
    only = few(editor, f"?zone={ZONE}&language=fr")
    assert {(zone, language) for _l, _c, zone, language in only} == {(ZONE, "fr")}
    assert only["theme", "rice", ZONE, "fr"] == then["theme", "rice", ZONE, "fr"]
    with house.office.database.writing() as session:
        for made in session.query(Record).where(Record.key.in_(("bunds", "dykes"))):
            made.status = Status.WITHDRAWN
            journal.write(
                session, "withdrawn", kind=made.kind, record_id=made.id, by="a test"
            )
        session.commit()
    assert few(editor)["theme", "rice", "", "en"] == (1, 1, "", 7)


def test_the_page_shows_the_same_as_the_file(house):
    editor = staff(house.app, Role.EDITOR)
    add(house, "bunds", 2, ("en", "fr"), **LAND, sites=[PLACE])
    sought(house.app, "rice", 4)
    text = shown(editor, "/desk/gaps?language=en")
    row = text.partition("rice name")[2].partition("</tr>")[0]
    assert "<strong>1</strong>" in row
    assert "asked for 4 times" in row
    assert f"zone={ZONE}" in text or "more are in the table" in text
    narrowed = shown(editor, f"/desk/gaps?zone={ZONE}")
    assert "For such land" in narrowed
    assert f'value="{ZONE}" selected' in " ".join(narrowed.split())


def test_the_coverage_is_told_by_use_and_region(house):
    editor = staff(house.app, Role.EDITOR)
    work = [{"phase": "establish", "women_days": 5, "source": "study"}]
    add(house, "bunds", 2, **LAND, sites=[PLACE], work=work)
    found = {
        (row.pop("list"), row.pop("code")): row
        for row in rows_of(editor, "/desk/women.csv")
    }
    assert found["all", ""]["practices"] == "2"
    assert found["land_use", "paddy"] == {
        "name": "paddy name",
        "practices": "1",
        "days": "1",
        "by_sex": "1",
        "who": "0",
        "women": "0",
        "often_women": "0",
        "benefits": "0",
        "women_gain": "0",
    }
    assert found["land_use", "orchard_vine"]["practices"] == "0"
    assert found["region", "BF"]["practices"] == "2"
    assert "paddy name" in shown(editor, "/desk/women")


@pytest.mark.thorough
def test_every_page_of_the_desk_is_whole_in_every_language(house):
    editor = staff(house.app, Role.EDITOR)
    sought(house.app, "تعريه", 3, language="ar", zone="hot-arid-sandy")
    for editor.language in INTERFACE:
        for path in ("/desk", f"/desk/gaps?zone={ZONE}", "/desk/women"):
            check(shown(editor, path), editor.language)
    check(shown(editor, "/desk/gaps"), editor.language)


def test_nothing_is_kept_of_who_searched():
    assert set(Sought.__table__.columns.keys()) == {
        *("day", "language", "zone", "words"),
        *("times", "in_vain", "opened"),
    }
