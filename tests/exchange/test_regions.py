"""Regions in files: what fits is taken in once, what does not is named."""

import json
import shutil

import pytest
import yaml
from sqlalchemy import delete, func, select, update

from kb.errors import NotValid
from kb.exchange.files import read_yaml
from kb.exchange.regions import take_in_regions
from kb.exchange.regions_out import write_regions
from kb.exchange.seeds import sow
from kb.kinds import KINDS
from kb.regions.models import Region, RegionMember, RegionName
from kb.settings import shipped

FEW = {"001", "002", "011", "142", "034", "BF", "NE", "NP"}
NAMES = {language: f"X {language}" for language in ("en", "fr", "es", "ar")}
ON_ONE = pytest.mark.parametrize("database", ["sqlite"])
"""What is refused before the database is asked is tried on one only."""


@pytest.fixture
def folder(tmp_path):
    """The regions of a few countries."""
    place = tmp_path / "regions"
    shutil.copytree(shipped("seeds") / "regions", place)
    tree = read_yaml(place / "tree.json")
    tree["tree"] = [row for row in tree["tree"] if row["code"] in FEW]
    write(tmp_path, "tree.json", tree)
    dry = {"code": "dry", "names": NAMES, "members": ["BF-10", "NE"], "source": "us"}
    write(tmp_path, "named.yaml", {"regions": [dry]})
    write(tmp_path, "notes.yaml", {"disclaimers": {"NE": "why"}})
    return tmp_path


def write(folder, name, content):
    text = json.dumps(content) if name.endswith("json") else yaml.safe_dump(content)
    (folder / "regions" / name).write_text(text)


def change(folder, name, position, **changed):
    content = read_yaml(folder / "regions" / name)
    rows = content["tree" if name == "tree.json" else "regions"]
    rows[position] |= changed
    write(folder, name, content)


def rows(session):
    tables = (Region, RegionName, RegionMember)
    return [
        set(map(tuple, session.execute(select(*model.__table__.columns))))
        for model in tables
    ]


def count(session, model):
    return session.scalar(select(func.count()).select_from(model))


def test_seeds_bring_the_regions_with_their_districts(session, folder):
    assert sow(session, folder, KINDS).regions > 0
    assert session.get(Region, "BF-YAT").parent_code == "BF-10"
    assert session.get(Region, "NE").disclaimer == "why"
    assert session.get(Region, "dry").parent_code == "011"
    assert session.get(Region, "011").west == session.get(Region, "BF").west
    assert session.get(Region, "FR") is None


def test_a_second_time_changes_nothing(session, folder):
    sow(session, folder, KINDS)
    before = rows(session)
    assert sow(session, folder, KINDS).regions == 0
    assert rows(session) == before


def test_what_changed_is_taken_in_again_and_nothing_else(session, folder):
    sow(session, folder, KINDS)
    change(folder, "named.yaml", 0, names=NAMES | {"fr": "Y"}, members=["NE"])
    session.execute(update(Region).where(Region.code == "BF").values(name="wrong"))
    assert sow(session, folder, KINDS).regions == 4
    assert session.scalars(select(RegionMember.member_code)).all() == ["NE"]
    assert session.get(RegionName, ("dry", "fr")).name == "Y"
    session.expire_all()
    assert session.get(Region, "BF").name == "Burkina Faso"


def test_a_folder_without_regions_leaves_them_alone(session, folder, tmp_path):
    sow(session, folder, KINDS)
    before = rows(session)
    (tmp_path / "other").mkdir()
    assert sow(session, tmp_path / "other", KINDS).regions == 0
    assert rows(session) == before


def test_named_regions_may_come_alone(session, folder):
    sow(session, folder, KINDS)
    for name in ("tree.json", "districts.json", "notes.yaml"):
        (folder / "regions" / name).unlink()
    wet = {"code": "wet", "names": NAMES, "members": ["NP-P1", "BF"], "source": "us"}
    write(folder, "named.yaml", {"regions": [wet]})
    assert sow(session, folder, KINDS).regions == 1 + len(NAMES) + 2
    assert session.get(Region, "wet").parent_code == "001"


@ON_ONE
@pytest.mark.parametrize(
    ("name", "changed", "where", "problem"),
    [
        ("tree.json", {"in": "XX"}, "tree.json: tree.5.in", "no region 'XX'"),
        ("tree.json", {"in": "BF"}, "tree.json: tree.5.in", "in itself"),
        ("tree.json", {"in": "bf-10!"}, "tree.json: tree.5.in", "no code"),
        ("tree.json", {"kind": "planet"}, "tree.json: tree.5.kind", "must be one of"),
        ("tree.json", {"code": "QQ"}, "tree.json: tree.5.name", "CLDR has no name"),
        ("tree.json", {"code": "NE"}, "tree.json: tree.6.code", "NE stands twice"),
        ("tree.json", {"box": [0, 9, 1, 3]}, "tree.json: tree.5.box", "above north"),
        ("tree.json", {"box": [0, 9, 1]}, "tree.json: tree.5.box", ""),
        ("tree.json", {"box": [0, 0, 999, 1]}, "tree.json: tree.5.box.2", ""),
        ("tree.json", {"king": "x"}, "tree.json: tree.5.king", "Unknown field"),
        ("named.yaml", {"members": ["NG"]}, "named.yaml: regions.0.members.0", "'NG'"),
        ("named.yaml", {"members": []}, "named.yaml: regions.0.members", ""),
        ("named.yaml", {"code": "BF"}, "named.yaml: regions.0.code", "stands twice"),
        ("named.yaml", {"code": "D R"}, "named.yaml: regions.0.code", "is no code"),
        ("named.yaml", {"source": ""}, "named.yaml: regions.0.source", ""),
        (
            "named.yaml",
            {"names": {"fr": "X", "es": "X"}},
            "named.yaml: regions.0.names",
            "a name in 'en' is missing",
        ),
    ],
)
def test_a_bad_row_is_refused_naming_file_row_and_field(
    session, folder, name, changed, where, problem
):
    change(folder, name, 5 if name == "tree.json" else 0, **changed)
    with pytest.raises(NotValid) as refused:
        sow(session, folder, KINDS)
    assert f"regions/{where}" in refused.value.problems, refused.value.problems
    assert problem in refused.value.problems[f"regions/{where}"][0]
    assert count(session, Region) == 0


@ON_ONE
def test_notes_on_regions_that_are_not_there_are_refused(session, folder):
    notes = {"disclaimers": {"AA": "why"}, "elsewhere": {"BF-10": "BB"}}
    write(folder, "notes.yaml", notes)
    problems = {}
    assert take_in_regions(session, folder, problems) == 0
    assert {
        "regions/notes.yaml: disclaimers.AA",
        "regions/notes.yaml: elsewhere.BF-10",
    } <= set(problems)


@ON_ONE
@pytest.mark.parametrize("text", ["{", '{"tree": 1}', "[]", "null", "\x00"])
def test_a_file_that_is_no_tree_is_named(session, folder, text):
    (folder / "regions" / "tree.json").write_text(text)
    problems = {}
    take_in_regions(session, folder, problems)
    assert any(where.startswith("regions/tree.json") for where in problems)


def test_what_is_written_out_comes_in_the_same(session, folder, tmp_path):
    sow(session, folder, KINDS)
    wanted = rows(session)
    assert write_regions(session, tmp_path / "out") == len(wanted[0])
    for model in (RegionMember, RegionName, Region):
        session.execute(delete(model))
    session.expire_all()
    problems = {}
    take_in_regions(session, tmp_path / "out", problems)
    assert problems == {}
    assert rows(session) == wanted
