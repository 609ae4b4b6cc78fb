"""``kb thesaurus``: SKOS goes out, comes in, and what does not fit is printed."""

import pytest
from click.testing import CliRunner

from kb.cli.main import main
from kb.cli.office import Desk
from kb.migrations.apply import upgrade
from kb.settings import Settings
from kb.vocabulary.sowing import store
from kb.vocabulary.thesaurus_lookups import read_concepts
from tests.naming.house import CONCEPTS

pytest.importorskip("rdflib")


@pytest.fixture
def home(tmp_path):
    home = tmp_path / "home"
    desk = Desk(Settings(home=str(home)))
    upgrade(desk.database.engine)
    with desk.database.writing() as session:
        store(session, {one.code: one for one in CONCEPTS})
        session.commit()
    desk.database.engine.dispose()
    return home


def kb(home, *words):
    said = CliRunner().invoke(
        main, ["--home", str(home), "thesaurus", *map(str, words)]
    )
    return said.exit_code, said.output


def codes(home):
    desk = Desk(Settings(home=str(home)))
    with desk.database.reading() as session:
        found = {one.code for one in read_concepts(session)}
    desk.database.engine.dispose()
    return found


@pytest.mark.parametrize("form", ["turtle", "xml"])
def test_what_goes_out_comes_in_the_same(home, tmp_path, form):
    file = tmp_path / f"out.{'ttl' if form == 'turtle' else 'rdf'}"
    assert kb(home, "export", "--format", form, file) == (0, "3 concepts\n")
    code, said = kb(home, "import", file)
    assert code == 0
    assert "0 concepts are new, 0 are changed, 3 are the same" in said
    assert kb(home, "export", "--format", form)[1].encode() == file.read_bytes()


@pytest.mark.thorough
def test_a_dry_run_does_nothing_and_the_run_does_it(home, tmp_path):
    file = tmp_path / "more.ttl"
    file.write_text(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        '<u:crust> a skos:Concept; skos:prefLabel "crust"@en, "x"@qqx .'
    )
    code, said = kb(home, "import", file, "--dry-run")
    assert code == 0
    assert "unknown-language: u:crust: 'x' (qqx)" in said
    assert "1 concepts would be new" in said
    assert "crust" not in codes(home)
    assert kb(home, "import", file)[0] == 0
    assert "crust" in codes(home)


@pytest.mark.thorough
def test_a_circle_stops_the_whole(home, tmp_path):
    file = tmp_path / "circle.ttl"
    file.write_text(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        '<u:crust> a skos:Concept; skos:prefLabel "crust"@en; skos:broader <u:crust> .'
    )
    code, said = kb(home, "import", file)
    assert code == 1
    assert "circle: crust.broader" in said
    assert "nothing was taken in" in said
    assert "crust" not in codes(home)


@pytest.mark.thorough
def test_what_is_no_file_of_rdf_is_told_in_a_sentence(home, tmp_path):
    file = tmp_path / "bad.rdf"
    file.write_text('<!DOCTYPE r [<!ENTITY a "b">]><r>&a;</r>')
    code, said = kb(home, "import", file)
    assert code == 1
    assert "document type or entities" in said
    assert "Traceback" not in said
