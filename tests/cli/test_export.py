"""`kb export`, and `kb seed` of what it wrote."""

import pytest
from click.testing import CliRunner

from kb.app import create_app
from kb.cli.main import main
from kb.settings import Settings


def kb(home, *words):
    return CliRunner().invoke(main, ["--home", str(home), *map(str, words)])


def api(home):
    """Give every record as the API has it, without what an installation numbers."""
    settings = Settings(home=str(home), secret_key="x", search="memory:")
    client = create_app(settings).test_client()
    pages = (client.get(f"/api/v1/records?per_page=50&page={n}").json for n in (1, 2))
    refs = {record["ref"] for page in pages for record in page["records"]}
    return {ref: client.get(f"/api/v1/records/{ref}").json for ref in refs}


@pytest.mark.thorough
def test_the_whole_goes_from_one_installation_to_another(demo, tmp_path):
    wrote = kb(demo / "home", "export", tmp_path / "out")
    assert wrote.exit_code == 0, wrote.output
    assert "100 records" in wrote.output
    for words in (("db", "upgrade"), ("seed", tmp_path / "out")):
        done = kb(tmp_path / "there", *words)
        assert done.exit_code == 0, done.output
    here, there = api(demo / "home"), api(tmp_path / "there")
    assert len(here) >= 90
    assert there == here


@pytest.mark.parametrize("what", ["a file", "a folder with something in it"])
def test_nothing_is_written_over(demo, tmp_path, what):
    if what == "a file":
        place = tmp_path / "here"
        place.write_text("mine")
    else:
        place = tmp_path
        (tmp_path / "mine.txt").write_text("mine")
    refused = kb(demo / "home", "export", place)
    assert refused.exit_code == 1
    assert "is not empty" in refused.output
    kept = place if what == "a file" else tmp_path / "mine.txt"
    assert kept.read_text() == "mine"


def test_without_tables_the_mend_is_named(tmp_path):
    refused = kb(tmp_path / "home", "export", tmp_path / "out")
    assert refused.exit_code == 1
    assert "kb db upgrade" in refused.output
