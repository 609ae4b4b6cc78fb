"""Changing the thesaurus on the web: one proposes, another decides, search knows."""

import re

import pytest

from kb.naming.models import ConceptProposal
from kb.people.models import Role, ScopeKind
from kb.vocabulary.sowing import store
from kb.vocabulary.thesaurus import ThesaurusConcept
from kb.worker import run_once
from tests.feedback.house import staff
from tests.make import record, vocabularies, words
from tests.naming.house import CONCEPTS
from tests.people.visitor import Visitor, rows
from tests.web.html import Page

FIELD = re.compile(r'<textarea[^>]*name="([^"]+)"[^>]*>\n?(.*?)</textarea>', re.S)


@pytest.fixture
def house(either):
    with either.office.database.writing() as session:
        french = words("Culture en poquets profonds", state="machine-drafted")
        record(session, vocabularies(session), "deep", number=7,
               texts={"fr": french, "en": words("Deep holes")}, names=[])  # fmt: skip
        store(session, {one.code: one for one in CONCEPTS})
        session.commit()
    return either


@pytest.fixture
def author(house):
    return Visitor(house.app).at_home()


@pytest.fixture
def french(house):
    return staff(house.app, Role.REVIEWER, ScopeKind.LANGUAGE, "fr", name="Ida")


def form_of(visitor, path):
    """Give what the form of a page holds."""
    found = dict(FIELD.findall(visitor.get(path).text))
    return {name: value.strip("\n") for name, value in found.items()}


def propose(author, code="pit", **changed):
    """Send the form of a concept with some fields changed; give where it led."""
    path = f"/concepts/{code}/change"
    form = form_of(author, path)
    form |= {name.replace("__", "."): value for name, value in changed.items()}
    reply = author.post(path, form)
    assert reply.status_code == 303, reply.text
    return reply.location.partition("?")[0].removeprefix("/en")


def found(house, asked):
    reply = house.app.test_client().get(
        "/api/v1/search", query_string={"q": asked, "lang": "fr"}
    )
    return [one["ref"] for one in reply.json["results"]]


def test_a_name_is_understood_once_a_second_person_accepts_it(house, author, french):
    assert found(house, "bidaani") == []
    where = propose(author, names__fr="trou\npoquet profond\nbidaani @ne")
    assert found(house, "bidaani") == []
    assert author.post(f"{where}/accept").status_code == 403
    page = french.get(where).text
    assert "<ins>" in page
    assert "bidaani" in page
    assert french.post(f"{where}/accept").status_code == 303
    run_once(house.office.database, house.office.index)
    assert found(house, "bidaani") == ["P-7"]
    assert "bidaani" in author.get("/concepts/pit").text
    assert "accepted" in author.get(where).text


def test_the_form_unchanged_changes_nothing(author):
    path = "/concepts/zai/change"
    reply = author.post(path, form_of(author, path))
    assert reply.status_code == 422
    assert "Nothing would change." in reply.text
    assert rows(author.app, ConceptProposal) == []


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("names.fr", "zaï", "zaï is also called so: zai"),
        ("names.fr", "-trou", "nobody should write"),
        ("names.en", "", "An English name is needed."),
        ("broader", "zai pit", "circle: pit &gt; zai &gt; pit"),
        ("broader", "nowhere", "There is no concept nowhere."),
        ("exact_match", "c_7", "This is no address."),
        ("definition.en", "", "This is needed."),
    ],
)
def test_what_does_not_fit_is_said_at_its_field_with_all_that_was_typed(
    author, field, value, said
):
    path = "/concepts/pit/change"
    form = form_of(author, path) | {
        "names.hi": "मेरा शब्द",
        field: value,
        "note": "My reason.",
    }
    reply = author.post(path, form)
    assert reply.status_code == 422
    assert said in reply.text
    assert "मेरा शब्द" in reply.text
    assert "My reason." in reply.text
    assert rows(author.app, ConceptProposal) == []


def test_links_may_be_typed_by_name_and_a_language_added(house, author):
    where = propose(author, "care", related="ZAI PIT", language="km", names__other="ដី")
    editor = staff(house.app, Role.EDITOR)
    assert editor.post(f"{where}/accept").status_code == 303
    page = Page(author.get("/concepts/care").text)
    assert "/en/concepts/zai" in page.links
    assert 'lang="km"' in author.get("/concepts/care").text


def test_a_new_concept_gets_its_code_from_its_english_name(house, author):
    form = {"names.en": "Check Dam", "definition.en": "A low wall.", "broader": "care"}
    reply = author.post("/thesaurus/new", form)
    assert reply.status_code == 303
    where = reply.location.partition("?")[0].removeprefix("/en")
    assert author.get("/concepts/check_dam").status_code == 404
    editor = staff(house.app, Role.EDITOR)
    assert editor.post(f"{where}/accept").status_code == 303
    assert "A low wall." in author.get("/concepts/check_dam").text
    listed = author.get("/concepts/check_dam/versions").text
    (first,) = re.findall(r'href="/en(/concepts/check_dam/versions/diff[^"]+)"', listed)
    assert "Check Dam" in author.get(first.replace("&amp;", "&")).text


def test_merging_leads_the_old_address_to_the_other(house, author):
    assert author.post("/concepts/pit/merge", into="nowhere").status_code == 422
    reply = author.post("/concepts/pit/merge", into="zai", note="The same.")
    where = reply.location.partition("?")[0].removeprefix("/en")
    editor = staff(house.app, Role.EDITOR)
    assert "trou" in editor.get(where).text
    assert editor.post(f"{where}/accept").status_code == 303
    assert author.get("/concepts/pit").location == "/en/concepts/zai"
    assert "trou" in author.get("/concepts/zai").text


def test_what_is_sent_back_says_why_and_can_be_mended(house, author, french):
    where = propose(author, names__fr="fosse")
    assert french.post(f"{where}/back").status_code == 422
    assert french.post(f"{where}/back", answer="Only in Mali.").status_code == 303
    assert "Only in Mali." in author.get(where).text
    form = form_of(author, f"{where}/again") | {"names.fr": "trou\nfosse @ML"}
    assert author.post(f"{where}/again", form).status_code == 303
    assert french.post(f"{where}/accept").status_code == 303
    assert "Mali" in author.get("/concepts/pit").text


def test_names_may_be_confirmed_as_they_are(house, author, french):
    where = propose(author, confirmed__fr="yes")
    assert "French" in french.get(where).text
    assert french.post(f"{where}/accept").status_code == 303
    with house.office.database.reading() as session:
        assert session.get_one(ThesaurusConcept, "pit").version == 1


def test_what_changed_meanwhile_is_told_and_nothing_is_mixed(house, author, french):
    first, second = (propose(author, names__fr=x) for x in ("fosse", "cuvette"))
    assert french.post(f"{first}/accept").status_code == 303
    assert "names fr" in french.get(second).text
    assert french.post(f"{second}/accept").status_code == 409
    assert "cuvette" not in author.get("/concepts/pit").text


def test_proposals_are_for_their_author_and_the_teams(house, author, french):
    where = propose(author, names__fr="fosse")
    stranger = Visitor(house.app)
    assert "/sign-in" in stranger.get(where).location
    assert "/sign-in" in stranger.get("/concepts/pit/change").location
    other = Visitor(house.app, email="sue@farm.example").at_home()
    assert other.get(where).status_code == 404
    assert other.post(f"{where}/accept").status_code == 404
    assert where not in other.get("/thesaurus/waiting").text
    assert where in author.get("/thesaurus/waiting").text
    assert where in french.get("/thesaurus/waiting").text
    assert author.post(f"{where}/take-back").status_code == 303
    assert where not in french.get("/thesaurus/waiting").text


@pytest.mark.parametrize(
    "path",
    [
        "/concepts/nothing/change",
        "/concepts/nothing/merge",
        "/concepts/nothing/versions",
        "/concepts/pit/versions/difference?from=7&to=9",
        "/concepts/pit/versions/difference?from=x&to=",
        "/thesaurus/waiting/99",
        "/thesaurus/waiting/99/again",
    ],
)
def test_what_is_not_there_is_not_found(author, path):
    assert author.get(path).status_code == 404
