"""The library: which guidelines hold now, which are older, for what and where."""

import pytest
from marshmallow import ValidationError
from sqlalchemy import event

from kb.guidelines.schemas import GuidelineSchema
from kb.record.models import Relation, Status
from kb.regions.models import Region
from tests import make
from tests.people.visitor import Visitor


@pytest.fixture
def app(either):
    return either.app


def put(app, *guidelines, older=()):
    """Put guidelines in, each its number with what it says.

    :param older: pairs of numbers, the newer and what it takes the place of.
    """
    with app.extensions["kb"].database.writing() as session:
        known = make.vocabularies(session)
        tree = {"001": None, "002": "001", "BF": "002", "IN": "001"}
        for code, parent in tree.items():
            kind = "country" if code.isalpha() else "continent"
            row = Region(
                code=code, kind=kind, name=code, parent_code=parent, source="x"
            )
            session.add(row)
        session.flush()
        ids = {}
        for number, said in guidelines:
            texts = {"en": make.words(f"Guide {number}", holds="All of it.")}
            made = make.record(
                session, known, f"g{number}", "guideline", number=number, texts=texts,
                **said,
            )  # fmt: skip
            ids[number] = made.id
        for newer, old in older:
            both = {"from_id": ids[newer], "to_id": ids[old]}
            session.add(Relation(**both, kind="supersedes"))
        session.commit()
    return ids


def shelves(app, asked=""):
    """Give the titles of what holds now and of older editions, in their order."""
    page = Visitor(app).get(f"/library{asked}")
    assert page.status_code == 200
    standing, _heading, older = page.text.partition("Older editions")
    named = [f"Guide {n}" for n in range(1, 10)]
    return [
        [words for words in sorted(named, key=part.find) if f">{words}<" in part]
        for part in (standing, older)
    ]


def test_the_newest_come_first_and_older_editions_stand_apart(app):
    put(
        app,
        (1, {"issued": 2003}),
        (2, {"issued": 2019}),
        (3, {}),
        (4, {"issued": 2021, "edition": "v2"}),
        older=[(2, 1)],
    )
    assert shelves(app) == [["Guide 4", "Guide 2", "Guide 3"], ["Guide 1"]]


def test_an_edition_whose_successor_is_withdrawn_holds_again(app):
    ids = put(app, (1, {}), (2, {}), older=[(2, 1)])
    assert shelves(app) == [["Guide 2"], ["Guide 1"]]
    with app.extensions["kb"].database.writing() as session:
        newer = session.get(make.KINDS["guideline"].model, ids[2])
        newer.status = Status.WITHDRAWN
        session.commit()
    assert shelves(app) == [["Guide 1"], []]


def test_it_is_narrowed_by_theme_and_by_what_holds_a_country(app):
    put(
        app,
        (1, {"region": "001", "tags": {"theme": ["rice"]}}),
        (2, {"region": "002"}),
        (3, {"region": "BF"}),
        (4, {"region": "IN"}),
        (5, {}),
    )
    assert shelves(app, "?theme=rice")[0] == ["Guide 1"]
    here = {"Guide 1", "Guide 2", "Guide 3", "Guide 5"}
    assert {*shelves(app, "?country=BF")[0]} == here
    assert {*shelves(app, "?country=IN")[0]} == {"Guide 1", "Guide 4", "Guide 5"}
    assert shelves(app, "?country=BF&theme=rice")[0] == ["Guide 1"]


@pytest.mark.parametrize("asked", ["?theme=moon", "?country=Nowhere"])
def test_what_cannot_be_asked_is_refused(app, asked):
    put(app)
    assert Visitor(app).get(f"/library{asked}").status_code == 422


def test_an_empty_library_says_so(app):
    put(app)
    assert "There is nothing on this yet" in Visitor(app).get("/library").text


def test_many_ask_the_database_no_more_often(app):
    put(app, *((n, {"tags": {"theme": ["rice"]}}) for n in range(1, 9)))
    counts = []

    def note(connection, cursor, statement, *rest):
        counts.append(statement)

    engine = app.extensions["kb"].database.engine
    shelves(app)
    event.listen(engine, "before_cursor_execute", note)
    shelves(app)
    event.remove(engine, "before_cursor_execute", note)
    assert len(counts) <= 4


def test_its_page_tells_edition_licence_and_what_took_its_place(app):
    said = {"issuer": "Somebody <b>", "edition": "v1", "region": "BF", "on_copy": True}
    put(app, (1, said), (2, {"terms": "CC BY 4.0"}), older=[(2, 1)])
    visitor = Visitor(app)
    page = visitor.get("/guidelines/G-1", follow_redirects=True).text
    for shown in (
        "Somebody &lt;b&gt;", "v1", "Burkina Faso", "please ask who issued it",
        "This is an older edition", "Guide 2", "All of it.", "was a copy",
    ):  # fmt: skip
        assert shown in page
    page = visitor.get("/guidelines/G-2", follow_redirects=True).text
    assert "CC BY 4.0" in page
    assert "Takes the place of" in page
    assert "older edition." not in page


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("url", "javascript:alert(1)"),
        ("url", "https://a b.example"),
        ("url", ""),
        ("issuer", ""),
        ("issued", 20190),
        ("written_in", "English"),
        ("region", "XYZ"),
    ],
)
def test_a_guideline_that_cannot_be_is_refused(app, field, given):
    whole = {"ref": "G-1", "issuer": "FAO", "url": "https://fao.example/1"}
    assert GuidelineSchema().validate(whole) == {}
    with pytest.raises(ValidationError) as refused:
        GuidelineSchema().load(whole | {field: given})
    assert set(refused.value.messages_dict) == {field}
