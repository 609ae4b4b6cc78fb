"""SKOS: written so that rdflib reads it, read back without loss, bad files told why."""

import subprocess
import sys
import time

import pytest
from sqlalchemy import delete, func, select

from kb.errors import NotValid
from kb.vocabulary.models import Concept
from kb.vocabulary.sowing import store
from kb.vocabulary.thesaurus import Label, Link, ThesaurusConcept
from kb.vocabulary.thesaurus_lookups import (
    Definition,
    Mark,
    NamedConcept,
    read_concepts,
)

rdflib = pytest.importorskip("rdflib")
from rdflib.namespace import RDF, SKOS  # noqa: E402

from kb.exchange.skos import FORMS, write_skos  # noqa: E402
from kb.exchange.skos_in import BLOCKING, take_in_skos  # noqa: E402
from kb.exchange.skos_read import MOST_CONCEPTS, form_of, read_graph  # noqa: E402
from kb.naming.storing import versions_of  # noqa: E402

CONCEPTS = [
    NamedConcept(
        "care", {"en": ("soil care",)}, meaning='Looking after "soil" <&> all.'
    ),
    NamedConcept(
        "pit",
        {
            "en": ("planting pit", "zai", "a hole"),
            "fr": ("trou", "tassa", "fosse"),
            "ar": ("حفرة",),
            "km": ("រណ្តៅ",),
            "pt-BR": ("cova",),
        },
        broader=("water", "care"),
        related=("water", "care"),
        same_as="theme:rice",
        meaning="A small hole.",
        definitions={
            "fr": Definition("Un trou.", "reviewed"),
            "hi": Definition("छोटा गड्ढा।"),
        },
        exact_match="https://thesaurus.example/c_7",
        marks={
            ("fr", "tassa"): Mark("reviewed", "NE", keep=True),
            ("fr", "fosse"): Mark(place="BF-10", forbidden=True),
            ("en", "planting pit"): Mark("reviewed"),
        },
    ),
    NamedConcept("water", {"en": ("water harvest", "Zai")}, meaning="Catching rain."),
]
PREFIXES = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix : <https://other.example/> .
"""
XML = """<?xml version="1.0"?>{dtd}
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
  xmlns:skos="http://www.w3.org/2004/02/skos/core#">
<skos:Concept rdf:about="https://other.example/crust">
<skos:prefLabel xml:lang="en">{label}</skos:prefLabel>
<skos:definition xml:lang="en">Hard skin.</skos:definition></skos:Concept></rdf:RDF>"""
CRUST = 'skos:prefLabel "crust"@en; skos:definition "Hard skin."@en'


@pytest.fixture
def sown(session):
    session.add(Concept(id="theme:rice", scheme="theme", code="rice", position=0))
    session.flush()
    store(session, {one.code: one for one in CONCEPTS})
    return session


def emptied(session):
    for table in (Link, Label, ThesaurusConcept):
        session.execute(delete(table))
    session.expire_all()


def take_in(session, content, form="turtle", *, dry_run=False):
    data = content.encode() if isinstance(content, str) else content
    graph = read_graph(data, form)
    return take_in_skos(session, graph, note="a test", dry_run=dry_run)


def turtle(session, said, **more):
    return take_in(session, PREFIXES + said, **more)


def troubles(report):
    return {one.trouble.value for one in report.warnings}


@pytest.mark.parametrize("form", FORMS)
def test_what_is_written_comes_back_without_loss(sown, form):
    written = write_skos(read_concepts(sown), form)
    emptied(sown)
    report = take_in(sown, written, form)
    assert (len(report.new), report.changed, report.same) == (3, [], 0)
    assert troubles(report) == {"ambiguous"}
    again = read_concepts(sown)
    assert write_skos(again, form) == written
    assert [(c.names, c.marks, c.definitions) for c in again] == [
        (c.names, c.marks, c.definitions) for c in CONCEPTS
    ]
    assert [(c.broader, c.related, c.same_as, c.meaning) for c in again] == [
        (c.broader, c.related, c.same_as, c.meaning) for c in CONCEPTS
    ]
    shared = {label for c in again for label in c.shared}
    assert shared == {("en", "zai"), ("en", "Zai")}


@pytest.mark.parametrize("form", FORMS)
def test_the_same_again_changes_nothing(sown, form):
    written = write_skos(read_concepts(sown), form, "https://humus.example/")
    report = take_in(sown, written, form)
    assert (report.new, report.changed, report.same) == ([], [], 3)
    assert {one.version for one in read_concepts(sown)} == {0}


@pytest.mark.parametrize("form", FORMS)
def test_another_reader_finds_plain_skos(sown, form):
    graph = rdflib.Graph().parse(data=write_skos(CONCEPTS, form), format=form)
    pit = rdflib.URIRef("urn:humus:concept:pit")
    assert (pit, RDF.type, SKOS.Concept) in graph
    assert set(graph.objects(pit, SKOS.prefLabel)) >= {
        rdflib.Literal("trou", lang="fr"),
        rdflib.Literal("حفرة", lang="ar"),
    }
    assert graph.value(pit, SKOS.hiddenLabel) == rdflib.Literal("fosse", lang="fr")
    assert {str(x)[-4:] for x in graph.objects(pit, SKOS.broader)} == {"care", "ater"}
    match = rdflib.URIRef("https://thesaurus.example/c_7")
    assert list(graph.objects(pit, SKOS.exactMatch)) == [match]


@pytest.mark.thorough
def test_seeds_go_out_and_come_back_the_same(seeded, empty):
    with seeded.office.database.reading() as session:
        concepts = read_concepts(session)
    assert len(concepts) >= 400
    with empty.office.database.writing() as session:
        for one in concepts:
            if one.same_as:
                scheme, _, code = one.same_as.partition(":")
                session.add(
                    Concept(id=one.same_as, scheme=scheme, code=code, position=0)
                )
        session.flush()
        for form in FORMS:
            written = write_skos(concepts, form)
            emptied(session)
            assert len(take_in(session, written, form).new) == len(concepts)
            assert write_skos(read_concepts(session), form) == written


def test_a_dry_run_says_it_all_and_does_nothing(sown):
    said = f":crust a skos:Concept; {CRUST}; skos:broader :nowhere ."
    report = turtle(sown, said, dry_run=True)
    assert report.new == ["crust"]
    assert troubles(report) == {"no-such-concept"}
    assert len(read_concepts(sown)) == 3


def test_a_file_from_elsewhere_changes_what_it_tells_of_and_leaves_the_rest(sown):
    """Codes are read from the notation, the address or the name; versions tell."""
    report = turtle(
        sown,
        f""":12 a skos:Concept; skos:notation "care";
          skos:prefLabel "care of soils"@en; skos:definition "Care."@en;
          skos:narrower :crust .
        :crust a skos:Concept; {CRUST} .
        <urn:x#-> a skos:Concept; skos:prefLabel "Loamy Sand"@en .""",
    )
    assert (sorted(report.new), report.changed) == (["crust", "loamy_sand"], ["care"])
    known = {one.code: one for one in read_concepts(sown)}
    assert known["care"].names == {"en": ("care of soils",)}
    assert known["crust"].broader == ("care",)
    assert known["loamy_sand"].meaning == "Loamy Sand"
    assert troubles(report) == {"no-meaning"}
    one, zero = versions_of(sown, "care")
    assert zero.content["names"]["en"][0]["text"] == "soil care"
    assert one.note == "a test"
    assert known["pit"].names["fr"] == ("trou", "tassa", "fosse")


@pytest.mark.parametrize(
    ("said", "trouble"),
    [
        (f"{CRUST}; skos:prefLabel 'x'@qqx", "unknown-language"),
        (f"{CRUST}; skos:altLabel 'none'", "unknown-language"),
        (f"{CRUST}; skos:altLabel 'a\\u202Eb'@en", "hidden-sign"),
        (f"{CRUST}; skos:definition 'a\\u2066b'@fr", "hidden-sign"),
        (f"{CRUST}; skos:altLabel '-crust'@en", "sign-not-allowed"),
        (f"{CRUST}; skos:altLabel 'crust @BF'@en", "sign-not-allowed"),
        (f"{CRUST}; skos:altLabel '{'x' * 81}'@en", "too-long"),
        (f"{CRUST}; skos:altLabel ' '@fr", "too-long"),
        (f"{CRUST}; skos:altLabel 'CRUST'@en", "stands-twice"),
        (f"{CRUST}; skos:definition 'Other.'@en", "stands-twice"),
        (f"{CRUST}; skos:altLabel 'trou'@fr", "ambiguous"),
        (f"{CRUST}; skos:closeMatch :x", "not-understood"),
        (f"{CRUST}; skos:related :nowhere", "no-such-concept"),
        (f"{CRUST}; skos:exactMatch :x, :y", "too-many"),
        (f"{CRUST}; skos:broader :care, :pit, :water", "too-many"),
        (f"{CRUST}; <urn:humus:terms:sameEntry> 'theme:none'", "unknown-entry"),
        ("skos:prefLabel 'croûte'@fr", "no-english-name"),
        ("skos:prefLabel 'crust'@en", "no-meaning"),
    ],
)
def test_what_does_not_fit_is_left_out_and_named(sown, said, trouble):
    care = ":loam a skos:Concept; skos:prefLabel 'loam'@en; skos:definition 'L.'@en ."
    report = turtle(sown, f":crust a skos:Concept; {said} . {care}")
    assert trouble in troubles(report)
    assert not report.blocked
    assert "loam" in {one.code for one in read_concepts(sown)}


@pytest.mark.parametrize(
    ("said", "trouble"),
    [
        (f":crust a skos:Concept; {CRUST}; skos:broader :crust .", "circle"),
        (
            f":crust a skos:Concept; {CRUST}; skos:broader :skin ."
            ":skin a skos:Concept; skos:prefLabel 'skin'@en; skos:broader :crust .",
            "circle",
        ),
        (
            f":crust a skos:Concept; {CRUST}; skos:broader :pit ."
            ":care a skos:Concept; skos:prefLabel 'care'@en; skos:broader :crust .",
            "circle",
        ),
        (f":crust a skos:Concept; {CRUST}; skos:related :crust .", "does-not-fit"),
        (
            f":crust a skos:Concept; {CRUST}; skos:exactMatch <javascript:x> .",
            "does-not-fit",
        ),
        (":crust a skos:Concept; skos:prefLabel 'c'@en; skos:hiddenLabel 'd'@fr .",
         "does-not-fit"),
    ],
)  # fmt: skip
def test_what_would_break_concepts_stops_the_whole(sown, said, trouble):
    report = turtle(sown, said)
    assert trouble in troubles(report) & BLOCKING
    assert report.blocked
    assert len(read_concepts(sown)) == 3


ENTITIES = '<!DOCTYPE r [<!ENTITY a "soil soil"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
ELSEWHERE = '<!DOCTYPE r SYSTEM "http://evil.example/x.dtd">'


@pytest.mark.parametrize(
    ("content", "form", "said"),
    [
        (XML.format(dtd=ENTITIES, label="&b;"), "xml", "document type or entities"),
        (XML.format(dtd=OUTSIDE, label="&a;"), "xml", "document type or entities"),
        (XML.format(dtd=ELSEWHERE, label="x"), "xml", "document type or entities"),
        (XML.format(dtd="", label="&b;"), "xml", "no such file"),
        ("<html>", "xml", "no such file"),
        ("", "xml", "no such file"),
        ("", "turtle", "no concept"),
        ("\x00\x01", "turtle", "no such file"),
        ("<a> <b>", "turtle", "no such file"),
        (b"\xff\xfe\x00", "turtle", "UTF-8"),
        ("[" * 100_000, "turtle", ""),
        ("<a> <b> " + "(" * 100_000, "turtle", ""),
        ("@prefix x: <file:///etc/passwd> . x:a x:b x:c .", "turtle", "no concept"),
        (b" " * 50_000_001, "turtle", "larger than 50 MB"),
    ],
)
def test_a_file_that_will_not_do_is_refused_with_a_reason(session, content, form, said):
    with pytest.raises(NotValid) as refused:
        take_in(session, content, form)
    assert said in str(refused.value)
    assert session.scalar(select(func.count()).select_from(Label)) == 0


@pytest.mark.thorough
@pytest.mark.parametrize("form", FORMS)
def test_a_hundred_thousand_concepts_are_refused_in_time(form):
    if form == "turtle":
        rows = (
            f':c{n} a skos:Concept; skos:prefLabel "c {n}"@en .' for n in range(100_000)
        )
        content = PREFIXES + "\n".join(rows)
    else:
        row = (
            '<skos:Concept rdf:about="u:{n}"><skos:prefLabel xml:lang="en">c'
            "</skos:prefLabel></skos:Concept>"
        )
        whole = XML.format(dtd="", label="x")
        head, _, tail = whole.partition("<skos:Concept")
        content = head + "".join(row.format(n=n) for n in range(100_000))
        content += "<skos:Concept" + tail
    began = time.perf_counter()
    with pytest.raises(NotValid) as refused:
        read_graph(content.encode(), form)
    assert f"{MOST_CONCEPTS}" in str(refused.value)
    assert time.perf_counter() - began < 30


@pytest.mark.parametrize(
    ("name", "content", "form"),
    [
        ("a.ttl", b"", "turtle"),
        ("a.RDF", b"", "xml"),
        ("a", b"\xef\xbb\xbf<?xml", "xml"),
        ("a", b"@prefix", "turtle"),
    ],
)
def test_how_a_file_is_written_is_told_by_its_name_or_beginning(name, content, form):
    assert form_of(name, content) == form


@pytest.mark.thorough
def test_neither_web_nor_command_loads_rdflib_before_it_is_asked_for():
    asked = "import sys, kb.app, kb.cli.thesaurus; print('rdflib' in sys.modules)"
    said = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == "False"
