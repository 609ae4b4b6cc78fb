"""Sources that come with a draft: never two of one, and public only with it."""

from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlalchemy import select

from kb.errors import NotValid
from kb.people.models import Role
from kb.record.models import Citation, Source
from kb.writing import publishing, service, sources
from kb.writing.belongings import WRITING
from kb.writing.citing import cite, target_of
from kb.writing.models import Version
from kb.writing.source_schema import checked, plain_doi, same_address
from kb.writing.sources import KINDS
from tests.make import effect, vocabularies
from tests.writing.desk import (
    POST,
    PRACTICE,
    begun,
    document,
    handed_in,
    known,
    person,
    published,
    put,
)

GUO = {
    "citation": "Guo and Gifford 2002. Soil carbon stocks and land use change.",
    "year": "2002",
    "kind": "study",
    "doi": "https://doi.org/10.1046/J.1354-1013.2002.00486.x",
}
DOI = "10.1046/j.1354-1013.2002.00486.x"
KEY = "added-guo-2002"


@pytest.fixture
def stocked(session):
    vocabularies(session)
    return session


@pytest.fixture
def awa(stocked):
    return person(stocked, "Awa")


@pytest.fixture
def eva(stocked):
    return person(stocked, "Eva", Role.EDITOR)


def rests_on(*keys):
    return document(facts={"sources": list(keys)})


def with_source(session, awa, once="one", **said):
    """Give a draft that cites a source of its own."""
    draft = service.begin(
        session, PRACTICE, document(), by=awa, language="en", once=once
    )
    added = sources.add(session, draft, GUO | said, by=awa)
    filled = put("facts", sources=[added.key])
    service.save(session, draft, filled, by=awa, revision=draft.revision)
    return draft


def keys(session):
    return set(session.scalars(select(Source.key)))


@pytest.mark.parametrize(
    "typed",
    [DOI, f"doi:{DOI}", f"DOI: {DOI.upper()}.", f"http://dx.doi.org/{DOI}", GUO["doi"]],
)
def test_a_doi_has_one_spelling_however_it_was_copied(typed):
    assert checked(GUO | {"doi": typed}, KINDS)["doi"] == DOI
    assert checked(GUO | {"doi": "", "url": typed}, KINDS)["doi"] == DOI


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("doi", "11.1046/x"),
        ("doi", "10.1046/"),
        ("doi", "10.1046/a b"),
        ("doi", "10.1046/" + "x" * 300),
        ("url", "javascript:alert(1)"),
        ("url", "data:text/html,x"),
        ("url", "ftp://example.org/x"),
        ("url", "https://"),
        ("url", "https://me:pass@example.org/"),
        ("url", "https://example.org:nine/"),
        ("url", "https://[::1/"),
        ("url", "https://localhost/"),
        ("url", "https://example.org/a b"),
        ("url", "https://example.org/" + "x" * 500),
        ("year", "20O2"),
        ("year", "3000"),
        ("kind", "gossip"),
        ("kind", ""),
        ("citation", "\u202e \x00"),
        ("citation", "x" * 501),
    ],
)
def test_what_does_not_fit_is_refused_by_field(field, wrong):
    with pytest.raises(NotValid) as refused:
        checked(GUO | {field: wrong}, KINDS)
    assert list(refused.value.problems) == [field]


def test_a_page_on_the_web_needs_its_address():
    with pytest.raises(NotValid) as refused:
        checked({"citation": "FAO. Soils.", "kind": "page"}, KINDS)
    assert list(refused.value.problems) == ["url"]
    given_ = {"citation": "FAO. Soils.", "kind": "page", "url": "fao.org/soils"}
    assert checked(given_, KINDS)["url"] == "https://fao.org/soils"


def test_addresses_of_one_page_are_alike():
    said = ("http://www.FAO.org/soils/#top", "https://fao.org/soils")
    assert len({same_address(one) for one in said}) == 1
    assert same_address("https://fao.org/soils?page=2") != same_address(said[0])


@example("0\r;")
@given(st.text(max_size=60))
def test_no_text_breaks_the_form(typed):
    for field in ("doi", "url", "year", "citation", "kind"):
        with suppress(NotValid):
            checked(GUO | {field: typed}, KINDS)
    assert plain_doi(typed) == plain_doi(typed).strip().lower()


def test_it_stays_with_the_draft_until_its_record_is_published(stocked, awa, eva):
    draft = with_source(stocked, awa)
    assert sources.citable(stocked, {})[0].key == "study"
    assert keys(stocked) == {"study"}
    service.submit(stocked, draft, by=awa, note="", post=POST)
    assert keys(stocked) == {"study"}
    record = published(stocked, awa, eva, draft=draft)
    (cited,) = stocked.scalars(select(Source).join(Citation))
    assert (cited.key, cited.doi, cited.year) == (KEY, DOI, 2002)
    (version,) = stocked.scalars(select(Version).where(Version.record_id == record.id))
    assert set(version.document) == {"facts", "texts"}
    assert version.document["facts"]["sources"] == [KEY]


def test_what_is_refused_makes_no_source(stocked, awa, eva):
    draft = with_source(stocked, awa)
    service.save(stocked, draft, put("en", title=""), by=awa, revision=draft.revision)
    service.submit(stocked, draft, by=awa, note="", post=POST)
    with pytest.raises(NotValid):
        published(stocked, awa, eva, draft=draft)
    assert keys(stocked) == {"study"}


def test_the_same_doi_or_address_finds_the_one_there_is(stocked, awa):
    draft = begun(stocked, awa)
    same = {
        "citation": "Other words.",
        "kind": "page",
        "url": "http://www.a.example/#x",
    }
    found = sources.add(stocked, draft, same, by=awa)
    assert (found.key, found.own) == ("study", False)
    assert "sources" not in draft.document


def test_a_doi_says_more_than_an_address(stocked, awa):
    page = {"citation": "A. Read elsewhere.", "url": "https://b.example/1"}
    stocked.add(Source(key="a", **page))
    stocked.add(Source(key="b", citation="B. Itself.", doi=DOI.upper()))
    stocked.flush()
    draft = begun(stocked, awa)
    found = sources.add(stocked, draft, GUO | {"url": page["url"]}, by=awa)
    assert found.key == "b"
    other = GUO | {"url": "https://c.example/", "doi": "10.1000/c"}
    assert sources.add(stocked, draft, other, by=awa).own
    other |= {"url": page["url"], "doi": "10.1000/d"}
    assert sources.add(stocked, draft, other, by=awa).key == "a"


def test_adding_twice_mends_the_one_that_came_with_the_draft(stocked, awa):
    draft = with_source(stocked, awa)
    mended = GUO | {"citation": "Guo, Gifford 2002. Soil carbon."}
    assert sources.add(stocked, draft, mended, by=awa).key == KEY
    (one,) = draft.document["sources"].values()
    assert one["citation"] == mended["citation"]


def test_two_drafts_with_one_source_make_one_in_the_end(stocked, awa, eva):
    ali = person(stocked, "Ali")
    first, second = with_source(stocked, awa), with_source(stocked, ali, citation="G.")
    for author, draft in ((awa, first), (ali, second)):
        service.submit(stocked, draft, by=author, note="", post=POST)
        published(stocked, author, eva, draft=draft)
    assert keys(stocked) == {"study", KEY}
    assert len(set(stocked.scalars(select(Citation.record_id)))) == 2


def test_a_key_taken_meanwhile_is_given_to_nobody_else(stocked, awa, eva):
    draft = with_source(stocked, awa)
    stocked.add(Source(key=KEY, citation="Another.", doi="10.1000/other"))
    stocked.flush()
    record = published(stocked, awa, eva, draft=handed(stocked, draft, awa))
    cited = select(Source.key).join(Citation).where(Citation.record_id == record.id)
    assert stocked.scalars(cited).all() == [f"{KEY}-2"]


def handed(session, draft, author):
    service.submit(session, draft, by=author, note="", post=POST)
    return draft


def test_figures_can_rest_on_it(stocked, awa, eva):
    draft = with_source(stocked, awa)
    rows = put("facts", effects=[effect(source=KEY)], sources=[])
    service.save(stocked, draft, rows, by=awa, revision=draft.revision)
    record = published(stocked, awa, eva, draft=handed(stocked, draft, awa))
    stocked.refresh(record, ["effects"])
    (measured,) = record.effects
    assert stocked.get(Source, measured.source_id).key == KEY


def test_what_nothing_cites_goes_when_the_draft_is_handed_in(stocked, awa):
    draft = with_source(stocked, awa)
    service.save(
        stocked, draft, put("facts", sources=[]), by=awa, revision=draft.revision
    )
    publishing.tidy_up(stocked, PRACTICE, draft, by=awa)
    assert "sources" not in draft.document


def test_a_draft_cannot_cite_what_came_with_another(stocked, awa):
    with_source(stocked, awa)
    other = handed_in(stocked, person(stocked, "Ali"), rests_on(KEY))
    with pytest.raises(NotValid) as refused:
        publishing.check_draft(stocked, PRACTICE, other, known(stocked))
    assert list(refused.value.problems) == ["sources.0"]


def test_all_words_typed_have_to_be_there_in_any_spelling(stocked):
    stocked.add(Source(key="zai-2001", citation="Roose 2001. Le zaï au Yatenga."))
    stocked.add(Source(key="tried-1", citation="Own report on zaï."))
    stocked.flush()
    found, total = sources.matching(stocked, {}, "ZAI 2001")
    assert ([one.key for one in found], total) == (["zai-2001"], 1)
    assert sources.matching(stocked, {}, "zai 2002") == ([], 0)
    assert sources.matching(stocked, {}, " ") == ([], 0)
    assert sources.matching(stocked, {}, "report zai") == ([], 0)


@pytest.mark.parametrize(
    "name", ["facts.sources", "effects.0.source", "costs.0.source", "limits.0.source"]
)
def test_a_field_that_cites_is_known_by_its_name_in_forms(name):
    target = target_of(PRACTICE, name)
    assert target.name == name
    full = {"facts": {target.section.name: [{"key": "a"}]}}
    assert "study" in str(cite(full, target, "study"))
    gone = {"facts": {}}
    if target.row is not None:
        assert cite(gone, replace(target, row=7), "study") == gone


@pytest.mark.parametrize("name", ["", "facts.credit", "effects.x.source", "a.0.source"])
def test_a_field_that_does_not_cite_is_none(name):
    assert target_of(PRACTICE, name) is None


def test_when_she_leaves_the_public_source_stays_and_her_words_on_it_go(
    stocked, awa, eva
):
    draft = handed(stocked, with_source(stocked, awa), awa)
    published(stocked, awa, eva, draft=draft)
    assert "sources" in draft.document
    WRITING.let_go(stocked, awa)
    assert "sources" not in draft.document
    assert keys(stocked) == {"study", KEY}
