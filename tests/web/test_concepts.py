"""The thesaurus for readers: pages of concepts, lists, the way there from a search."""

import pytest

from kb.vocabulary.sowing import store, write_concepts
from kb.vocabulary.thesaurus import ThesaurusConcept
from kb.vocabulary.thesaurus_lookups import Definition, Mark, NamedConcept
from kb.worker import run_once
from tests.make import record, vocabularies, words
from tests.web.html import Page

PIT = NamedConcept(
    "pit",
    {"en": ("planting pit", "hole"), "fr": ("trou", "tassa", "fosse"), "ar": ("حفرة",)},
    broader=("care",),
    meaning="A small hole to sow in.",
    definitions={"fr": Definition("Un petit trou où l'on sème.", "reviewed")},
    exact_match="https://thesaurus.example/c_7",
    marks={
        ("fr", "tassa"): Mark(place="NE", keep=True),
        ("fr", "fosse"): Mark(forbidden=True),
        ("fr", "trou"): Mark(state="reviewed"),
    },
)
CARE = NamedConcept("care", {"en": ("soil care",)}, meaning="Looking after a soil.")
ZAI = NamedConcept(
    "zai", {"en": ("zai",)}, broader=("pit",), related=("care",), meaning="Z."
)


@pytest.fixture
def house(empty, session):
    record(session, vocabularies(session), "pits", number=7,
           texts={"en": words("Planting pit by hand")})  # fmt: skip
    store(session, {one.code: one for one in (PIT, CARE, ZAI)})
    session.commit()
    run_once(empty.office.database, empty.office.index)
    return empty.app.test_client()


def test_a_concept_shows_its_names_what_it_is_and_what_is_about_it(house):
    text = house.get("/fr/concepts/pit").text
    page = Page(text)
    assert "Un petit trou où l" in text
    for said in ("trou", "tassa", "fosse", "planting pit", "حفرة"):
        assert said in text
    assert {"/fr/concepts/care", "/fr/concepts/zai", "/fr/concepts"} <= set(page.links)
    assert any("P-7" in link for link in page.links)
    assert "https://thesaurus.example/c_7" in page.links
    assert 'lang="ar" dir="rtl"' in text


def test_what_has_no_name_in_a_language_is_shown_in_english_and_marked_so(house):
    text = house.get("/ar/concepts/care").text
    assert '<h1 lang="en" dir="ltr">soil care</h1>' in text
    assert '<p class="lead" lang="en" dir="ltr">Looking after a soil.</p>' in text


@pytest.mark.parametrize("path", ["nothing", "pit%00", "..", "%E2%80%AE"])
def test_what_is_no_concept_is_not_found(house, path):
    assert house.get(f"/en/concepts/{path}").status_code == 404


def test_a_merged_concept_leads_to_the_other(house, session):
    row = session.get_one(ThesaurusConcept, "zai")
    row.merged_into = "pit"
    write_concepts(session, [PIT])
    session.commit()
    reply = house.get("/fr/concepts/zai")
    assert (reply.status_code, reply.location) == (301, "/fr/concepts/pit")
    assert "/en/concepts/zai" not in Page(house.get("/en/concepts/pit").text).links


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ("", {"care"}),
        ("?q=tassa", {"pit"}),
        ("?q=TROU", {"pit"}),
        ("?q=حفرة", {"pit"}),
        ("?q=zai", {"zai"}),
        ("?q=nothing+like+it", set()),
        ("?letter=P", {"pit"}),
        ("?letter=Q", {"care"}),
        ("?q=" + "x" * 5000, set()),
    ],
)
def test_the_list_holds_the_widest_those_of_a_letter_or_those_found(
    house, asked, codes
):
    page = Page(house.get(f"/en/concepts{asked}").text)
    found = {x.partition("/concepts/")[2] for x in page.links if "/concepts/" in x}
    assert {x for x in found if "?" not in x} == codes


def test_a_search_leads_to_the_concepts_it_named(house):
    page = Page(house.get("/fr/search?q=tassa").text)
    assert "/fr/concepts/pit" in page.links
    assert "fosse" not in house.get("/fr/search?q=tassa").text


def test_a_concept_has_its_page_in_every_language(house):
    text = house.get("/en/concepts/pit").text
    assert 'hreflang="sw" href="http://localhost/sw/concepts/pit"' in text


@pytest.mark.parametrize(
    ("end", "content_type"), [("ttl", "text/turtle"), ("rdf", "application/rdf+xml")]
)
def test_the_whole_thesaurus_is_a_file_for_other_programs(house, end, content_type):
    rdflib = pytest.importorskip("rdflib")
    reply = house.get(f"/en/concepts.{end}")
    assert reply.status_code == 200
    assert reply.content_type == f"{content_type}; charset=utf-8"
    graph = rdflib.Graph().parse(data=reply.data, format=content_type)
    labels = graph.objects(None, rdflib.SKOS.prefLabel)
    assert rdflib.Literal("trou", lang="fr") in set(labels)
    assert house.get(f"/en/concepts.{end}").data == reply.data
    assert house.get("/en/concepts.exe").status_code == 404
