"""Seeds that people edit by hand: what fits is taken in, what does not is named."""

import pytest
from sqlalchemy import func, select

from kb.errors import NotValid
from kb.exchange.files import read_yaml, stamp
from kb.exchange.records_out import write_sources
from kb.exchange.seeds import sow
from kb.kinds import KINDS
from kb.record.lookups import read_known
from kb.record.models import Record, Relation, Source
from kb.writing.sources import citable
from tests.exchange.hand import change


def count(session, model):
    return session.scalar(select(func.count()).select_from(model))


def test_a_folder_of_seeds_is_taken_in_once(session, folder):
    first = sow(session, folder, KINDS)
    assert sorted(first.taken_in) == ["A-5", "P-19", "P-20"] or len(first.taken_in) == 3
    assert count(session, Record) == 3
    assert count(session, Relation) >= 1
    again = sow(session, folder, KINDS)
    assert (again.taken_in, again.unchanged) == ([], 3)


def test_only_what_changed_is_taken_in_again(session, folder):
    sow(session, folder, KINDS)
    change(folder, "practices/zai/en.yaml", title="Zai holes")
    again = sow(session, folder, KINDS)
    assert (again.taken_in, again.unchanged) == (["P-20"], 2)


@pytest.mark.parametrize(
    ("file", "changed", "named"),
    [
        ("practices/zai/record.yaml", {"ref": "zai"}, "record.yaml: ref"),
        ("practices/zai/record.yaml", {"tags": {"soil": ["XX"]}}, "tags.soil.0"),
        (
            "practices/zai/record.yaml",
            {"relations": [{"kind": "uses", "to": "zia"}]},
            "relations.0.to",
        ),
        ("practices/zai/record.yaml", {"ref": "P-19"}, "ref"),
        ("practices/zai/fr.yaml", {"title": ""}, "practices/zai/fr.yaml: title"),
        (
            "practices/zai/record.yaml",
            {"steps": [{"season": "sowing", "icon": "saw"}]},
            "practices/zai/record.yaml: steps.0.icon",
        ),
        (
            "practices/zai/fr.yaml",
            {"labels": {"zai_pit-moon": "Lune"}},
            "practices/zai/fr.yaml: labels",
        ),
        (
            "practices/zai/fr.yaml",
            {"drawings": {"zai": "Un trou"}},
            "practices/zai/fr.yaml: drawings",
        ),
        ("practices/zai/fr.yaml", {"poem": "x"}, "practices/zai/fr.yaml: poem"),
        (
            "vocabularies/soil.yaml",
            {"concepts": [{"code": "x y", "names": {}}]},
            "vocabularies/soil.yaml: concepts.0.code",
        ),
    ],
)
def test_a_bad_row_is_refused_naming_file_and_field(
    session, folder, file, changed, named
):
    change(folder, file, **changed)
    with pytest.raises(NotValid) as refused:
        sow(session, folder, KINDS)
    assert any(named in name for name in refused.value.problems), refused.value.problems
    session.rollback()
    assert count(session, Record) == 0


@pytest.mark.parametrize("text", ["a: [1", "a: b: c", "\t- x"])
def test_a_file_that_is_not_yaml_is_named_with_its_line(session, folder, text):
    (folder / "practices/zai/fr.yaml").write_text(text)
    with pytest.raises(NotValid) as refused:
        sow(session, folder, KINDS)
    ((name, (said,)),) = refused.value.problems.items()
    assert name == "practices/zai/fr.yaml"
    assert "line 1" in said or "line 2" in said


def test_a_file_that_is_not_utf_8_is_named(session, folder):
    (folder / "practices/zai/fr.yaml").write_bytes(b"title: caf\xe9")
    with pytest.raises(NotValid) as refused:
        sow(session, folder, KINDS)
    assert "practices/zai/fr.yaml" in refused.value.problems


@pytest.mark.thorough
def test_a_wrong_code_says_what_was_probably_meant(session, folder):
    change(folder, "practices/zai/record.yaml", tags={"land_use": ["pady"]})
    with pytest.raises(NotValid) as refused:
        sow(session, folder, KINDS)
    said = refused.value.problems["practices/zai/record.yaml: tags.land_use.0"][0]
    assert "did you mean 'paddy'" in said


def test_norway_is_a_country_and_dates_stay_as_written(tmp_path):
    path = tmp_path / "x.yaml"
    path.write_text("country: NO\nday: 2026-11-22\nwell: true\n")
    assert read_yaml(path) == {"country": "NO", "day": "2026-11-22", "well": True}


def test_the_stamp_changes_with_any_file(tmp_path):
    (tmp_path / "a.yaml").write_text("x: 1")
    before = stamp(tmp_path)
    assert stamp(tmp_path) == before
    (tmp_path / "b.yaml").write_text("x: 1")
    assert stamp(tmp_path) != before


def test_a_source_that_a_person_brought_before_does_not_stand_twice(
    session, folder, tmp_path
):
    files = (folder / "sources").glob("*.yaml")
    brought = next(one for path in files for one in read_yaml(path) if one.get("doi"))
    hers = "added-hers-2002"
    session.add(Source(key=hers, citation="As she wrote it.", doi=brought["doi"]))
    session.flush()
    for _ in range(2):
        sow(session, folder, KINDS)
        same = select(Source).where(Source.doi == brought["doi"])
        (source,) = session.scalars(same).all()
        assert (source.key, source.also) == (brought["key"], hers)
        assert source.citation == brought["citation"]
    known = read_known(session).sources
    assert known[hers] == known[brought["key"]] == source.id
    hers_still = [one.key for one in citable(session, {"facts": {"sources": [hers]}})]
    others = [one.key for one in citable(session, {})]
    assert hers in hers_still
    assert hers not in others
    assert brought["key"] in others
    write_sources(session, tmp_path / "out")
    rows = read_yaml(tmp_path / "out" / "sources" / "sources.yaml")
    assert [one["also"] for one in rows if "also" in one] == [hers]
