"""The page of what is said of one field."""

import pytest

from kb.language import INTERFACE
from tests.people.visitor import Visitor, add_person
from tests.translating.house import Team
from tests.web.test_people_pages import check

ASKED = "?into=fr&field=how"


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


def there(team, asked=ASKED):
    return f"/translate/{team.record.ref}/discussion{asked}"


@pytest.mark.thorough
def test_said_settled_and_opened_again(team, visitor):
    bench = visitor.get(f"/translate/{team.record.ref}?into=fr").text
    assert there(team).replace("&", "&amp;") in bench
    page = there(team)
    form = {"words": "Fosse <b>ou</b> trou ?", "then": "say"}
    assert visitor.post(page, form, token_from=page).status_code == 303
    text = visitor.get(page).text
    assert "Fosse &lt;b&gt;ou&lt;/b&gt; trou ?" in text
    assert 'value="settle"' in text
    assert 'class="tag waits">1<' in visitor.get(f"/translate/{team.record.ref}").text
    assert "Comments: 1" in visitor.get("/translate?into=fr").text
    form = {"words": "Fosse.", "then": "settle"}
    assert visitor.post(page, form, token_from=page).status_code == 303
    text = visitor.get(page).text
    assert "Fosse.</p>" in text
    assert 'value="open"' in text
    assert "Comments: " not in visitor.get("/translate?into=fr").text
    visitor.post(page, {"words": "", "then": "open"}, token_from=page)
    assert 'value="settle"' in visitor.get(page).text


def test_what_is_empty_or_of_no_field_is_refused(team, visitor):
    page = there(team)
    reply = visitor.post(page, {"words": " ", "then": "say"}, token_from=page)
    assert reply.status_code == 422
    reply = visitor.post(page, {"words": "x" * 2001, "then": "say"}, token_from=page)
    assert reply.status_code == 422
    assert visitor.get(there(team, "?into=fr&field=moon")).status_code == 404
    assert visitor.get(there(team, "?into=es&field=how")).status_code == 403


def test_others_see_neither_the_page_nor_the_way_to_it(either, team):
    newcomer = Visitor(either.app, email="x@farm.example").at_home()
    assert newcomer.get(there(team)).status_code == 403
    bench = newcomer.get(f"/translate/{team.record.ref}?into=fr").text
    assert "/discussion" not in bench
    assert "/sign-in" in Visitor(either.app).get(there(team)).headers["Location"]


@pytest.mark.thorough
def test_the_page_is_whole_in_every_language(team, visitor):
    page = there(team)
    visitor.post(page, {"words": "Trou ?", "then": "say"}, token_from=page)
    for visitor.language in INTERFACE:
        check(visitor.get(page).text, visitor.language)
