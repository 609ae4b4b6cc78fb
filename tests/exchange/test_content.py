"""What the seeds must hold: enough, honest, and in the languages promised."""

import csv
import re

import pytest

from kb.exchange.files import read_yaml
from kb.kinds import KINDS
from kb.language import INTERFACE
from kb.settings import ROOT
from tests.conftest import missing

SEEDS = ROOT / "seeds"
EVIDENCE = ROOT.parent / "shared" / "data"
FOLDERS = {
    kind.plural: sorted(p.parent for p in (SEEDS / kind.plural).glob("*/record.yaml"))
    for kind in KINDS.values()
}
ALL = [folder for folders in FOLDERS.values() for folder in folders]
COMPLETE = ("fr", "es", "ar")


def name(folder):
    return f"{folder.parent.name}/{folder.name}"


def texts(folder):
    return {p.stem: read_yaml(p) for p in folder.glob("*.yaml") if p.stem != "record"}


@pytest.mark.parametrize(
    ("plural", "least"), [("practices", 40), ("stories", 15), ("answers", 30)]
)
def test_there_is_enough(plural, least):
    assert len(FOLDERS[plural]) >= least


def test_practices_cover_every_great_land_use():
    groups = {
        "cropland": {"rainfed_annual_smallholder", "rainfed_annual_mechanised"},
        "grassland": {"pastoral", "ranching", "sown_pasture"},
        "agroforestry": {"agroforestry", "silvopasture"},
        "forest": {"natural_forest", "planted_forest"},
        "rice and wetland": {"paddy", "wetland"},
        "urban": {"urban"},
        "restoration": {"restoration"},
    }
    used = [
        set(read_yaml(f / "record.yaml")["tags"].get("land_use", []))
        for f in FOLDERS["practices"]
    ]
    for group, codes in groups.items():
        assert sum(bool(codes & u) for u in used) >= 2, group


@pytest.mark.parametrize("folder", ALL, ids=name)
def test_english_is_the_source_and_the_rest_says_it_is_machine_drafted(folder):
    states = {language: text["state"] for language, text in texts(folder).items()}
    assert states.pop("en") == "source"
    assert set(states.values()) == {"machine-drafted"}


@pytest.mark.parametrize("folder", ALL, ids=name)
def test_interface_languages_are_complete(folder):
    found = texts(folder)
    for language in COMPLETE:
        assert set(found["en"]) == set(found[language]), language
        for part in ("limits", "effects", "costs"):
            wanted = set(found["en"].get(part, {}))
            assert set(found[language].get(part, {})) == wanted, (language, part)


@pytest.mark.parametrize("folder", ALL, ids=name)
def test_portuguese_has_title_summary_and_steps(folder):
    found = texts(folder)
    assert {"title", "summary"} <= set(found["pt"])
    assert "steps" in found["pt"] or "steps" not in found["en"]


@pytest.mark.parametrize("folder", FOLDERS["practices"], ids=name)
def test_every_practice_says_what_failed_where_not_and_who(folder):
    english = texts(folder)["en"]
    assert {"how", "where", "where_not", "failures", "who", "steps"} <= set(english)


@pytest.mark.parametrize("folder", ALL, ids=name)
def test_figures_stand_in_every_language_alike(folder):
    """A note of an effect carries the same figures in every language."""
    found = texts(folder)
    for language in COMPLETE:
        for key, note in found[language].get("effects", {}).items():
            assert figures(note) == figures(found["en"]["effects"][key]), (
                language,
                key,
            )


def figures(words):
    plain = words.translate(str.maketrans("٠١٢٣٤٥٦٧٨٩٫", "0123456789."))
    plain = plain.replace("CO2", "")
    plain = re.sub(r"(?<=\d)[\s.,\u00a0\u202f](?=\d{3}\b)", "", plain)
    found = re.findall(r"\d+(?:[.,]\d+)?", plain)
    return sorted(f.replace(",", ".") for f in found)


@pytest.mark.parametrize(
    "path", sorted((SEEDS / "vocabularies").glob("*.yaml")), ids=lambda p: p.stem
)
def test_every_concept_is_named_in_every_interface_language(path):
    for concept in read_yaml(path)["concepts"]:
        assert set(INTERFACE) <= set(concept["names"]), concept["code"]
        if "plain" in concept:
            assert set(INTERFACE) <= set(concept["plain"]), concept["code"]


def confirmed():
    """Give the figures of confirmed evidence rows, by citation."""
    if not EVIDENCE.is_dir():
        missing("evidence file", "put the evidence files into ../shared/data")
    found = {}
    with (EVIDENCE / "evidence.csv").open() as rows:
        for row in csv.DictReader(rows):
            if row["verified"] == "confirmed":
                said = " ".join(
                    v for k, v in row.items() if k not in {"citation", "doi"}
                )
                found.setdefault(row["citation"], set()).update(numbers(said))
    return found


def numbers(words):
    plain = re.sub(r"(?<=\d),(?=\d{3}\b)", "", words)
    return {abs(float(n)) for n in re.findall(r"\d+(?:\.\d+)?", plain)}


def test_every_figure_of_a_study_is_in_a_confirmed_row():
    evidence = confirmed()
    key_to_citation = {
        s["key"]: s["citation"] for s in read_yaml(SEEDS / "sources" / "studies.yaml")
    }
    told = {key: fuller(c, evidence) for key, c in key_to_citation.items()}
    strange = []
    for folder in [*FOLDERS["practices"], *FOLDERS["answers"]]:
        for effect in read_yaml(folder / "record.yaml").get("effects", []):
            if effect["source"] not in told:
                continue
            known = told[effect["source"]]
            for part in ("value", "low", "high", "baseline", "after"):
                if part in effect and abs(effect[part]) not in known:
                    strange.append((name(folder), effect["key"], part, effect[part]))
    # "two years" is written out in the row on gypsum; it is the one figure in words.
    assert [s for s in strange if not s[1].startswith("gypsum")] == []


def fuller(citation, evidence):
    """Find the row of a citation; some were shortened or given a note."""
    start = citation.partition(" (")[0][:60]
    found = [figures for c, figures in evidence.items() if c.startswith(start)]
    return set().union(*found)


def test_what_is_disputed_is_shown_from_both_sides():
    for key in ("holistic_planned_grazing", "sri", "no_till", "rotational_grazing"):
        assert "disputed" in read_yaml(SEEDS / "practices" / key / "en.yaml"), key


def test_no_source_is_a_bare_name():
    for path in (SEEDS / "sources").glob("*.yaml"):
        for source in read_yaml(path):
            assert source.get("url") or source.get("doi") or source.get("read_on_copy")
