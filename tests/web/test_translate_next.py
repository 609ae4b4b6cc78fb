"""What to translate next, how far a language is, and day by day."""

import csv
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest

from kb.credit.models import RecordUse
from kb.language import INTERFACE
from kb.people.models import Role, ScopeKind
from kb.translating.models import TranslationDay
from kb.worker import note_translations
from tests.feedback.house import staff
from tests.people.visitor import Visitor, add_person
from tests.translating.house import COMMENT, Team
from tests.web.test_desk import sought
from tests.web.test_people_pages import check
from tests.web.test_translate import counted
from tests.writing.desk import document, published

TODAY = datetime.now(UTC).date()
PAGES = (
    "/translate/next?into=fr",
    "/translate/coverage?into=fr",
    "/translate/coverage?into=fr&zone=hot-sub_humid-weathered",
    "/translate/coverage.csv?into=fr",
    "/translate/history.csv?into=fr",
)


@pytest.fixture
def team(either):
    with either.office.database.writing() as session:
        team = Team(session)
        session.commit()
        yield team


@pytest.fixture
def visitor(either, team):
    add_person(either.app, "zoe@farm.example", ("translator", "language", "fr"))
    visitor = Visitor(either.app, email="zoe@farm.example")
    visitor.let_in()
    return visitor


def another(team, title, **said):
    content = document(title, **said)
    record = published(team.session, team.author, team.editor, content)
    team.session.commit()
    return record


def opened(team, record, language, views, months=0):
    month = (TODAY - timedelta(days=31 * months)).replace(day=1)
    use = RecordUse(record_id=record.id, month=month, language=language, views=views)
    team.session.add(use)
    team.session.commit()


def shown(visitor, path):
    reply = visitor.get(path)
    assert reply.status_code == 200, path
    return reply.text


def rows_of(visitor, path):
    reply = visitor.get(path)
    assert reply.headers["Content-Type"] == "text/csv; charset=utf-8"
    text = reply.data.decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline="")))


def test_what_readers_of_the_language_open_comes_first(team, visitor):
    terraces = another(team, "Terraces")
    page = shown(visitor, PAGES[0])
    assert f'href="/en/translate/{terraces.ref}?into=fr"' in page
    opened(team, team.record, "fr", 7)
    opened(team, terraces, "sw", 9)
    opened(team, terraces, "fr", 900, months=9)
    page = shown(visitor, PAGES[0])
    assert page.index(team.record.ref) < page.index(terraces.ref)
    assert "Opened by its readers: 7" in " ".join(page.split())
    assert "900" not in page


def test_what_is_searched_for_in_vain_comes_first_and_says_so(either, team, visitor):
    tagged = {"facts": {"tags": {"soil": ["LX"], "theme": ["rice"]}}}
    rice = another(team, "Levees", **tagged)
    sought(either.app, "rice", 5, language="fr")
    sought(either.app, "rice", 50, language="sw")
    page = " ".join(shown(visitor, PAGES[0]).split())
    assert page.index(rice.ref) < page.index(team.record.ref)
    assert "Readers of this language look for what it is about" in page
    assert "Searched for in vain: 5" in page
    (line,) = [
        row
        for row in rows_of(visitor, "/translate/coverage.csv?into=fr")
        if row["theme"] == "rice" and not row["zone"]
    ]
    assert (line["records"], line["searched_in_vain"]) == ("1", "5")
    assert line["missing"] == "3"


def test_nothing_is_named_once_all_is_reviewed(team, visitor):
    words = {
        "how": COMMENT,
        "title": "Fosses",
        "summary": "Les fosses aident.",
        "step__1": "Tracez.",
        "step__2": "Creusez.",
    }
    team.hand_in(**words)
    team.accept(*(name.replace("__", ":") for name in words))
    team.session.commit()
    assert "Nothing is left to translate." in shown(visitor, PAGES[0])
    (line,) = [
        row
        for row in rows_of(visitor, "/translate/coverage.csv?into=fr")
        if not row["theme"] and not row["zone"]
    ]
    assert (line["reviewed"], line["missing"]) == ("5", "0")


def test_the_drawing_and_the_table_say_the_same_and_the_drawing_is_mirrored(
    either, team, visitor
):
    page = shown(visitor, PAGES[1])
    assert "The first day is not written down yet." in page
    assert note_translations(either.office.database.writing)
    for days, missing in ((1, 4), (2, 5)):
        day = TODAY - timedelta(days=days)
        team.session.add(
            TranslationDay(day=day, language="fr", state="missing", fields=missing)
        )
    team.session.commit()
    page = shown(visitor, PAGES[1])
    table = page.partition('id="days"')[2].partition("</table>")[0]
    assert table.count("<rect") == 6 + 4, "a swatch for each state, and 1 + 1 + 2 parts"
    assert table.index(">2</td>") < table.index(">4</td>") < table.index(">5</td>")
    (first,) = [part for part in table.split("<text") if "first" in part[:20]]
    assert 'x="0"' in first[:60]
    visitor.language = "ar"
    mirrored = shown(visitor, PAGES[1])
    (first,) = [part for part in mirrored.split("<text") if "first" in part[:20]]
    assert 'x="0"' not in first[:60]
    rows = rows_of(visitor, PAGES[4])
    french = [row["missing"] for row in rows if row["language"] == "fr"]
    assert french == ["5", "4", "2"]
    assert {row["language"] for row in rows} == set(INTERFACE) - {"en"}


@pytest.mark.thorough
def test_who_does_not_translate_into_it_sees_only_what_next(either, team, visitor):
    newcomer = Visitor(either.app, email="x@farm.example").at_home()
    for path in PAGES:
        elsewhere = path.replace("into=fr", "into=es")
        others = 200 if path == PAGES[0] else 403
        assert visitor.get(path).status_code == 200, path
        assert newcomer.get(path).status_code == others, path
        assert visitor.get(elsewhere).status_code == others, path
        assert Visitor(either.app).get(path).status_code == 302
    opened(team, team.record, "fr", 7)
    assert "Opened by its readers: 7" in " ".join(shown(visitor, PAGES[0]).split())
    assert "Opened by" not in shown(newcomer, PAGES[0])
    wrong = visitor.get("/translate/coverage?into=fr&zone=moon")
    assert wrong.status_code == 422


def test_a_translator_of_stories_sees_no_practice(either, team):
    there = staff(either.app, Role.TRANSLATOR, ScopeKind.KIND, "story")
    assert "Nothing is left to translate." in shown(there, PAGES[0])
    assert rows_of(there, PAGES[3]) == []


@pytest.mark.thorough
def test_more_records_searches_and_days_are_no_more_queries(either, team, visitor):
    def queries():
        found = []
        for path in PAGES:
            shown(visitor, path)  # what is kept for a while is read
            with counted(either.engine) as seen:
                shown(visitor, path)
            found.append(len(seen))
        return found

    opened(team, team.record, "fr", 3)
    before = queries()
    for number in range(5):
        record = another(team, f"Terraces {number}")
        opened(team, record, "fr", 3)
        sought(either.app, f"terrasse {number}", language="fr")
        day = TODAY - timedelta(days=number)
        team.session.add(
            TranslationDay(day=day, language="fr", state="missing", fields=number)
        )
    team.session.commit()
    assert queries() == before
    assert max(before) <= 15


@pytest.mark.thorough
def test_each_page_is_whole_in_every_language(either, team, visitor):
    opened(team, team.record, "fr", 3)
    note_translations(either.office.database.writing)
    for visitor.language in INTERFACE:
        for path in PAGES[:3]:
            check(shown(visitor, path), visitor.language)
