"""The thesaurus in files: what fits is taken in once, what does not is named."""

import shutil

import pytest
import yaml
from sqlalchemy import delete, func, select

from kb import journal
from kb.errors import NotValid
from kb.exchange.files import read_yaml
from kb.exchange.seeds import sow
from kb.exchange.thesaurus_out import write_thesaurus
from kb.kinds import KINDS
from kb.settings import shipped
from kb.vocabulary.thesaurus import NAMED_IN, Label, Link, ThesaurusConcept
from kb.vocabulary.thesaurus_lookups import (
    Definition,
    read_concepts,
    thesaurus_stamp,
)
from tests.make import record, vocabularies

ON_ONE = pytest.mark.parametrize("database", ["sqlite"])
"""What is refused before the database is asked is tried on one only."""


def named(code, **said):
    names = {language: [f"{code} {language}"] for language in NAMED_IN}
    return {"code": code, "meaning": "It is.", "names": names} | said


@pytest.fixture
def folder(tmp_path):
    """Three concepts in two files, and a list of which one means an entry."""
    (tmp_path / "vocabularies").mkdir()
    shutil.copy(
        shipped("seeds") / "vocabularies" / "theme.yaml", tmp_path / "vocabularies"
    )
    crust = named("crust")
    crust["names"]["en"] = ["crust", "hard skin", "Crust skin"]
    cover = named("cover", broader=["care"], related=["crust"])
    cover["names"] |= {"en": ["cover", "crust"], "de": ["Decke"]}
    write(tmp_path, "a.yaml", concepts=[named("care", same_as="theme:rice"), crust])
    write(tmp_path, "b.yaml", concepts=[cover], ambiguous={"en": ["Crust"]})
    return tmp_path


def write(folder, name, **content):
    place = folder / "thesaurus"
    place.mkdir(exist_ok=True)
    (place / name).write_text(yaml.safe_dump(content, allow_unicode=True))


def change(folder, **changed):
    """Change the concept of ``b.yaml``."""
    content = read_yaml(folder / "thesaurus" / "b.yaml")
    (concept,) = content["concepts"]
    names = concept["names"] | changed.pop("names", {})
    kept = {k: v for k, v in (concept | changed | {"names": names}).items() if v}
    write(folder, "b.yaml", **content | {"concepts": [kept]})


def rows(session):
    columns = {
        ThesaurusConcept: ("code", "meaning", "same_as_id", "fingerprint"),
        Label: ("concept_code", "language", "rank", "text", "shared"),
        Link: ("from_code", "kind", "to_code", "rank"),
    }
    return [
        set(map(tuple, session.execute(select(*(getattr(table, x) for x in said)))))
        for table, said in columns.items()
    ]


def test_seeds_bring_the_thesaurus_with_its_links(session, folder):
    assert sow(session, folder, KINDS).thesaurus == 3
    care, cover, crust = read_concepts(session)
    assert care.same_as == "theme:rice"
    assert (cover.broader, cover.related) == (("care",), ("crust",))
    assert cover.names["en"] == ("cover", "crust")
    assert cover.names["de"] == ("Decke",)
    assert cover.shared == crust.shared == {("en", "crust")}
    assert (cover.name("en"), cover.name("xx")) == ("cover", "cover")


def test_a_second_time_changes_nothing(session, folder):
    sow(session, folder, KINDS)
    before, stamp = rows(session), thesaurus_stamp(session)
    assert sow(session, folder, KINDS).thesaurus == 0
    assert (rows(session), thesaurus_stamp(session)) == (before, stamp)


@pytest.mark.thorough
def test_only_what_changed_is_taken_in_again(session, folder):
    sow(session, folder, KINDS)
    stamp = thesaurus_stamp(session)
    change(folder, names={"en": ["cover"]}, related=[])
    write(folder, "a.yaml", concepts=read_yaml(folder / "thesaurus/a.yaml")["concepts"])
    content = read_yaml(folder / "thesaurus" / "b.yaml")
    write(folder, "b.yaml", concepts=content["concepts"])
    assert sow(session, folder, KINDS).thesaurus == 2
    _care, cover, crust = read_concepts(session)
    assert (cover.names["en"], cover.related) == (("cover",), ())
    assert crust.shared == frozenset()
    assert thesaurus_stamp(session) != stamp


def test_concepts_of_which_no_file_tells_stay(session, folder):
    sow(session, folder, KINDS)
    (folder / "thesaurus" / "b.yaml").unlink()
    write(folder, "a.yaml", concepts=[named("new", broader=["cover"])])
    assert sow(session, folder, KINDS).thesaurus == 1
    assert len(read_concepts(session)) == 4


def test_a_changed_thesaurus_makes_every_record_due_once(session, folder):
    known = vocabularies(session)
    ids = {
        record(session, known, key, number=number).id
        for number, key in enumerate(("pits", "bunds"), 1)
    }
    journal.seen(session, "search", list(journal.ids_due(session, "search")))
    shutil.rmtree(folder / "vocabularies")
    sow(session, folder, KINDS)
    assert journal.count_due(session, "search") == 2
    sow(session, folder, KINDS)
    assert journal.count_due(session, "search") == 2
    change(folder, meaning="It is more.")
    sow(session, folder, KINDS)
    due = journal.due(session, "search", limit=9)
    assert {line.record_id for line in due} == ids
    journal.seen(session, "search", [line.id for line in due])
    sow(session, folder, KINDS)
    assert journal.count_due(session, "search") == 0


@ON_ONE
@pytest.mark.parametrize(
    ("changed", "where", "problem"),
    [
        ({"code": "Cover crop"}, "concepts.0.code", "no code"),
        ({"code": "care"}, "concepts.0.code", "stands twice"),
        ({"broader": ["caer"]}, "concepts.0.broader.0", "did you mean 'care'"),
        ({"broader": ["cover"]}, "concepts.0.broader.0", "names itself"),
        ({"broader": ["care", "crust", "x"]}, "concepts.0.broader", "at most 2"),
        ({"related": ["x"]}, "concepts.0.related.0", "no concept 'x'"),
        ({"same_as": "theme:ricee"}, "concepts.0.same_as", "did you mean"),
        ({"same_as": "theme:rice"}, "concepts.0.same_as", "already care"),
        ({"meaning": ""}, "concepts.0.meaning", ""),
        ({"king": "x"}, "concepts.0.king", "Unknown field"),
        ({"names": {"sw": []}}, "concepts.0.names.sw.value", ""),
        ({"names": {"sw": [" "]}}, "concepts.0.names.sw.value.0", "empty"),
        ({"names": {"sw": ["a  b"]}}, "concepts.0.names.sw.value.0", "space"),
        ({"names": {"sw": ["a" * 81]}}, "concepts.0.names.sw.value.0", "80"),
        ({"names": {"s!": ["a"]}}, "concepts.0.names.s!.key", "BCP 47"),
        ({"names": {"sw": ["a", "A"]}}, "concepts.0.names.sw.1", "stands twice"),
        ({"names": {"fr": ["crust fr"]}}, "concepts.0.names.fr.0", "also crust"),
        ({"names": {"fr": ["Crüst FR"]}}, "concepts.0.names.fr.0", "also crust"),
        ({"names": {"en": ["cover"]}}, "ambiguous.en.0", "no label of two"),
        ({"marks": {"fr": {"x": {}}}}, "concepts.0.marks.fr.x", "no label here"),
        (
            {"marks": {"fr": {"cover fr": {"forbidden": True}}}},
            "concepts.0.marks.fr.cover fr",
            "one to write",
        ),
        (
            {"marks": {"fr": {"cover fr": {"place": "Mali"}}}},
            "concepts.0.marks.fr.value.cover fr.value.place",
            "no place",
        ),
        (
            {"marks": {"fr": {"cover fr": {"state": "sure"}}}},
            "concepts.0.marks.fr.value.cover fr.value.state",
            "",
        ),
        ({"exact_match": "agrovoc"}, "concepts.0.exact_match", "URL"),
        (
            {"definitions": {"fr": {"text": ""}}},
            "concepts.0.definitions.fr.value.text",
            "",
        ),
    ],
)
def test_a_bad_row_is_refused_naming_file_concept_and_field(
    session, folder, changed, where, problem
):
    change(folder, **changed)
    with pytest.raises(NotValid) as refused:
        sow(session, folder, KINDS)
    problems = refused.value.problems
    assert f"thesaurus/b.yaml: {where}" in problems, problems
    assert problem in problems[f"thesaurus/b.yaml: {where}"][0]
    assert session.scalar(select(func.count()).select_from(Label)) == 0


@ON_ONE
def test_a_missing_language_and_a_missing_meaning_are_refused(session, folder):
    bare = named("bare")
    del bare["names"]["en"], bare["meaning"]
    write(folder, "c.yaml", concepts=[bare])
    with pytest.raises(NotValid) as refused:
        sow(session, folder, KINDS)
    assert set(refused.value.problems) == {"thesaurus/c.yaml: concepts.0.meaning"}
    write(folder, "c.yaml", concepts=[bare | {"meaning": "Bare."}])
    with pytest.raises(NotValid) as refused:
        sow(session, folder, KINDS)
    assert refused.value.problems == {
        "thesaurus/c.yaml: concepts.0.names": ["no label in en"]
    }


@ON_ONE
def test_a_circle_is_refused_even_one_through_what_stood_there(session, folder):
    sow(session, folder, KINDS)
    write(folder, "a.yaml", concepts=[named("care", broader=["crust"])])
    write(folder, "b.yaml", concepts=[named("crust", broader=["cover"])])
    with pytest.raises(NotValid) as refused:
        sow(session, folder, KINDS)
    assert refused.value.problems == {
        "thesaurus/a.yaml: concepts.0.broader": ["care would be broader than itself"],
        "thesaurus/b.yaml: concepts.0.broader": ["crust would be broader than itself"],
    }


@ON_ONE
@pytest.mark.parametrize("text", ["{", "[]", "concepts: 1", "a: [1", "\x00", ""])
def test_a_file_that_is_no_thesaurus_is_named(session, folder, text):
    (folder / "thesaurus" / "a.yaml").write_text(text)
    with pytest.raises(NotValid) as refused:
        sow(session, folder, KINDS)
    assert all(x.startswith("thesaurus/a.yaml") for x in refused.value.problems)


def test_what_people_changed_is_left_to_them(session, folder):
    sow(session, folder, KINDS)
    crust = session.get(ThesaurusConcept, "crust")
    crust.version = 1
    cover = session.get(ThesaurusConcept, "cover")
    cover.merged_into = "care"
    session.flush()
    content = read_yaml(folder / "thesaurus" / "a.yaml")
    for concept in content["concepts"]:
        concept["meaning"] = "It is something else."
    content["concepts"][1]["broader"] = ["care"]
    content["concepts"].append(named("new", related=["cover"]))
    write(folder, "a.yaml", **content)
    change(folder, meaning="It is something else.")
    assert sow(session, folder, KINDS).thesaurus == 2
    care, crust, new = read_concepts(session)
    assert care.meaning == "It is something else."
    assert (crust.meaning, crust.broader) == ("It is.", ())
    assert new.related == ("care",)


def test_what_is_written_out_comes_in_the_same(session, folder, tmp_path):
    change(
        folder,
        exact_match="https://thesaurus.example/c_1",
        marks={
            "fr": {"cover fr": {"state": "reviewed", "place": "BF-10", "keep": True}},
            "en": {"crust": {"forbidden": True}},
        },
        definitions={"fr": {"text": "C'est cela.", "state": "reviewed"}},
    )
    sow(session, folder, KINDS)
    (cover,) = (one for one in read_concepts(session) if one.code == "cover")
    assert cover.to_write("en") == ("cover",)
    assert cover.mark("fr", "cover fr").place == "BF-10"
    assert cover.definition("fr")[1].text == "C'est cela."
    assert cover.definition("es") == ("en", Definition("It is."))
    wanted = read_concepts(session)
    assert write_thesaurus(session, tmp_path / "out") == len(wanted)
    for table in (Link, Label, ThesaurusConcept):
        session.execute(delete(table))
    session.expire_all()
    sow(session, tmp_path / "out", KINDS)
    assert read_concepts(session) == wanted
