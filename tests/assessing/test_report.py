"""How far the assessment has come: by country and year, as page and table."""

import csv
import io

import pytest
import yaml
from sqlalchemy import select

from kb.assessing.clock import this_day
from kb.assessing.out import write_assessments
from kb.assessing.report import COLUMNS
from kb.people.models import Role, ScopeKind
from kb.record.models import Site
from kb.regions.models import Region
from tests.assessing.house import NO, PARTLY, YES, assess, due_house
from tests.feedback.house import staff

PAGE = "/desk/assessments/report"
YEAR = this_day().year
HEAD = ["year", "country", "name", *COLUMNS]


@pytest.fixture
def house(either):
    """A practice of two countries, a story of one, an answer of none."""
    numbers = due_house(either.app, days=0)
    with either.office.database.writing() as session:
        session.add(Site(record_id=numbers["practice"], place="x", country="ML"))
        session.add(Site(record_id=numbers["practice"], place="y", country="ML"))
        of_answer = select(Site).where(Site.record_id == numbers["answer"])
        session.delete(session.scalars(of_answer).one())
        session.commit()
    return either


def table(visitor, query=""):
    reply = visitor.get(f"{PAGE}.csv{query}")
    assert reply.status_code == 200
    assert reply.content_type == "text/csv; charset=utf-8"
    assert "attachment" in reply.headers["Content-Disposition"]
    return list(csv.reader(io.StringIO(reply.data.decode("utf-8-sig"))))


@pytest.mark.thorough
def test_each_country_counts_its_records_and_the_last_line_each_once(house):
    editor = staff(house.app, Role.EDITOR)
    assess(editor, PARTLY)
    assess(editor, YES)
    assess(editor, NO, path="/stories/S-1/assess")
    editor.post("/withdraw", ref="S-1", reason="Harm", token_from="/account")
    year = str(YEAR)
    assert table(editor) == [
        HEAD,
        [year, "BF", "Burkina Faso", "1", "2", "2", "1", "0", "1", "0"],
        [year, "ML", "Mali", "1", "1", "1", "1", "0", "0", "0"],
        [year, "", "no country named", "1", "1", "0", "0", "0", "0", "0"],
        [year, "*", "All", "2", "3", "2", "1", "0", "1", "0"],
    ]
    page = editor.get(PAGE).text
    assert "Burkina Faso" in page
    assert f'href="/en{PAGE}.csv?year={year}"' in page
    next_year = {row[1]: row[3:] for row in table(editor, f"?year={YEAR + 1}")[1:]}
    assert next_year["*"] == ["2", "1", "0", "0", "0", "0", "0"]
    assert f"year={YEAR + 1}" in page


def test_a_subregion_counts_a_record_of_two_of_its_countries_once(house):
    with house.office.database.writing() as session:
        session.add(Region(code="011", kind="subregion", name="x", source="x"))
        session.flush()
        for code in ("BF", "ML"):
            session.get(Region, code).parent_code = "011"
        session.commit()
    editor = staff(house.app, Role.EDITOR)
    rows = {row[1]: row[2:] for row in table(editor)[1:]}
    assert rows["011"] == ["Western Africa", "2", "2", "0", "0", "0", "0", "0"]
    assert list(rows)[-2:] == ["011", "*"]
    assert "Western Africa" in editor.get(PAGE).text


def test_an_editor_counts_no_more_than_her_scope(house):
    malian = staff(house.app, Role.EDITOR, ScopeKind.REGION, "ML")
    assert [row[3] for row in table(malian)[1:]] == ["1", "1", "1"]
    french = staff(house.app, Role.EDITOR, ScopeKind.LANGUAGE, "fr", name="f")
    assert [row[1:4] for row in table(french)[1:]] == [["*", "All", "0"]]


def test_what_is_no_year_is_said_and_an_empty_year_is_empty(house):
    editor = staff(house.app, Role.EDITOR)
    for year in ("x", "20266", "-202", "٢٠٢٦", "0000", "2026.5"):
        for path in (PAGE, f"{PAGE}.csv"):
            reply = editor.get(path, query_string={"year": year})
            assert reply.status_code == 422, year
            assert "four digits" in reply.text
    assert [row[3:] for row in table(editor, "?year=1999")[1:]] == [["0"] * 7]
    assert table(editor, "?year=9999")[-1][3:] == ["3", "0", "0", "0", "0", "0", "0"]


def test_the_export_holds_what_all_may_read_and_no_more(house, tmp_path):
    editor = staff(house.app, Role.EDITOR)
    assess(editor, YES | {"note": "Secret", "users": "Hidden", "line": "Vu à Yako"})
    assess(editor, NO, path="/stories/S-1/assess")
    editor.post("/withdraw", ref="S-1", reason="Harm", token_from="/account")
    with house.office.database.reading() as session:
        assert write_assessments(session, tmp_path / "out") == 1
    text = (tmp_path / "out" / "assessments.yaml").read_text(encoding="utf-8")
    (row,) = yaml.safe_load(text)["assessments"]
    assert row == {
        "record": "zai_practice",
        "version": 1,
        "on": this_day(),
        "verdict": "yes",
        "then": "",
        "name": "Awa D.",
        "line": "Vu à Yako",
        "language": "en",
        "changed_since": False,
        "way": "form",
    }
    assert "Secret" not in text
    assert "Hidden" not in text
