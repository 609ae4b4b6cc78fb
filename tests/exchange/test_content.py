"""What the seeds must hold: enough, honest, and in the languages promised."""

import csv
import re
from functools import cache

import pytest

from kb.exchange.files import read_yaml
from kb.kinds import KINDS
from kb.language import INTERFACE
from kb.settings import ROOT
from kb.vocabulary.shapes import read_shape
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


@cache
def texts(folder):
    return {p.stem: read_yaml(p) for p in folder.glob("*.yaml") if p.stem != "record"}


@pytest.mark.parametrize(
    ("plural", "least"),
    [("practices", 40), ("stories", 15), ("answers", 30), ("guidelines", 5)],
)
def test_there_is_enough(plural, least):
    assert len(FOLDERS[plural]) >= least


def test_the_thesaurus_names_enough_in_every_language_of_the_interface():
    files = sorted((SEEDS / "thesaurus").glob("*.yaml"))
    concepts = [one for path in files for one in read_yaml(path)["concepts"]]
    assert len(concepts) >= 400
    for one in concepts:
        assert set(INTERFACE) <= set(one["names"]), one["code"]
    others = set(INTERFACE) - {"en"}
    told = [one for one in concepts if others <= set(one.get("definitions", ()))]
    assert len(told) >= 50
    for language in ("km", "lo", "mn", "th"):
        assert sum(language in one["names"] for one in concepts) >= 120, language


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


def test_english_is_the_source_and_the_rest_says_it_is_machine_drafted():
    for folder in ALL:
        states = {language: text["state"] for language, text in texts(folder).items()}
        assert states.pop("en") == "source", folder
        assert set(states.values()) == {"machine-drafted"}, folder


def test_interface_languages_are_complete():
    for folder in ALL:
        found = texts(folder)
        for language in COMPLETE:
            where = (name(folder), language)
            assert set(found["en"]) == set(found[language]), where
            for part in ("limits", "effects", "costs"):
                wanted = set(found["en"].get(part, {}))
                assert set(found[language].get(part, {})) == wanted, (*where, part)


@pytest.mark.parametrize("language", sorted({*INTERFACE} - {"en", *COMPLETE}))
def test_other_interface_languages_have_title_summary_and_steps(language):
    for folder in ALL:
        found = texts(folder)
        assert {"title", "summary"} <= set(found[language]), folder
        steps, wanted = (found[x].get("steps", []) for x in (language, "en"))
        assert len(steps) == len(wanted), folder


def test_every_step_has_an_icon_that_is_drawn():
    sprite = (ROOT / "kb" / "static" / "steps.svg").read_text()
    drawn = set(re.findall(r'<symbol id="(\w+)" viewBox="0 0 32 32">', sprite))
    listed = read_yaml(SEEDS / "vocabularies" / "step_icon.yaml")["concepts"]
    assert {one["code"] for one in listed} == drawn
    assert "<text" not in sprite
    used = set()
    for folder in FOLDERS["practices"]:
        steps = read_yaml(folder / "record.yaml")["steps"]
        assert all("icon" in step for step in steps), folder
        used |= {step["icon"] for step in steps}
    assert used == drawn


def test_every_drawing_shows_a_practice_and_is_told_in_the_complete_languages():
    shown = set()
    for folder in FOLDERS["practices"]:
        for code in read_yaml(folder / "record.yaml")["tags"].get("drawing", []):
            path = SEEDS / "drawings" / f"{code}.svg"
            _svg, labels = read_shape(path.read_bytes())
            for language in ("en", *COMPLETE):
                text = texts(folder)[language]
                assert text["drawings"][code], (code, language)
                assert set(text["labels"]) == {f"{code}-{one}" for one in labels}
            shown.add(code)
    listed = read_yaml(SEEDS / "vocabularies" / "drawing.yaml")["concepts"]
    assert shown == {one["code"] for one in listed}
    assert len(shown) >= 8


def test_every_practice_says_what_failed_where_not_and_who():
    needed = {"how", "where", "where_not", "failures", "who", "steps"}
    for folder in FOLDERS["practices"]:
        assert needed <= set(texts(folder)["en"]), folder


def test_figures_stand_in_every_language_alike():
    """A note of an effect carries the same figures in every language."""
    for folder in ALL:
        found = texts(folder)
        for language in COMPLETE:
            for key, note in found[language].get("effects", {}).items():
                where = (name(folder), language, key)
                assert figures(note) == figures(found["en"]["effects"][key]), where


def figures(words):
    plain = words.translate(str.maketrans("٠١٢٣٤٥٦٧٨٩٫", "0123456789."))
    plain = plain.replace("CO2", "")
    plain = re.sub(r"(?<=\d)[\s.,\u00a0\u202f](?=\d{3}\b)", "", plain)
    found = re.findall(r"\d+(?:[.,]\d+)?", plain)
    return sorted(f.replace(",", ".") for f in found)


def test_every_concept_is_named_in_every_interface_language():
    for path in (SEEDS / "vocabularies").glob("*.yaml"):
        for concept in read_yaml(path)["concepts"]:
            where = (path.stem, concept["code"])
            assert set(INTERFACE) <= set(concept["names"]), where
            assert set(INTERFACE) <= set(concept.get("plain", concept["names"])), where


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
