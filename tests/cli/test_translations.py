"""``kb translations``: texts go out, come in, and what does not fit is printed."""

from datetime import UTC, datetime

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from kb.cli.main import main
from kb.cli.office import Desk
from kb.settings import Settings
from kb.translating.models import Rendering
from tests.translating.files.bag import as_file, unit
from tests.translating.house import COMMENT, HOW, Team


@pytest.fixture
def desk(home):
    desk = Desk(Settings(home=str(home)))
    with desk.database.writing() as session:
        team = Team(session)
        team.translator.email = "ali@farm.example"
        team.translator.confirmed = datetime.now(UTC)
        session.commit()
    yield desk
    desk.database.engine.dispose()


def kb(desk, *words):
    given = ["--home", desk.settings.home, "translations", *map(str, words)]
    said = CliRunner().invoke(main, given)
    return said.exit_code, said.output


def bring(desk, file, *words):
    return kb(desk, "import", file, "--by", "ali@farm.example", *words)


def in_hand(desk):
    with desk.database.reading() as session:
        return {one.field: one.words for one in session.scalars(select(Rendering))}


@pytest.fixture
def file(desk, tmp_path):
    """Give a file with one field translated, as a tool leaves it."""
    path = tmp_path / "fr.po"
    assert kb(desk, "export", path, "--language", "fr")[0] == 0
    content = path.read_text()
    empty = f'msgid "{HOW}"\nmsgstr ""'
    assert empty in content
    path.write_text(content.replace(empty, f'msgid "{HOW}"\nmsgstr "{COMMENT}"'))
    return path


def test_a_dry_run_does_nothing_and_the_run_does_it(desk, file):
    code, said = bring(desk, file, "--dry-run")
    assert (code, in_hand(desk)) == (0, {})
    assert "1 texts would be taken in: 1 new, 0 changed" in said
    code, said = bring(desk, file, "--hand-in")
    assert (code, in_hand(desk)) == (0, {"how": COMMENT})
    assert "1 texts taken in: 1 new" in said
    assert "1 handed in" in said
    assert "3 are the same, 1 not translated, 0 left out" in said


@pytest.mark.thorough
def test_what_is_asked_about_is_named_with_what_takes_it_in(desk, file):
    file.write_text(file.read_text().replace(COMMENT, HOW))
    code, said = bring(desk, file)
    assert (code, in_hand(desk)) == (0, {})
    assert "doubtful: P-" in said
    assert "doubtful: 1, taken in with --also doubtful" in said
    assert bring(desk, file, "--also", "doubtful")[0] == 0
    assert in_hand(desk) == {"how": HOW}


@pytest.mark.thorough
@pytest.mark.parametrize("form", ["po", "xliff", "tmx", "tbx"])
def test_each_form_goes_to_the_terminal_or_a_file(desk, tmp_path, form):
    asked = "export", "--language", "fr", "--format", form
    code, said = kb(desk, *asked)
    assert code == 0
    path = tmp_path / "out"
    assert kb(desk, *asked, path)[0] == 0
    assert path.read_text() == said


@pytest.mark.thorough
def test_a_set_is_narrowed_by_record_theme_and_state(desk):
    def count(*words):
        return kb(desk, "export", "--language", "fr", *words)[1].count("msgctxt")

    ref = "P-1"
    assert count() == count("--record", ref) == 5
    assert count("--state", "missing") == 2
    assert count("--kind", "story") == 0
    code, said = kb(desk, "export", "--language", "fr", "--theme", "nothing")
    assert code == 1, said
    code, said = kb(desk, "export", "--language", "fr", "--record", "P-99")
    assert (code, "P-99" in said) == (1, True)


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"PK\x03\x04", "packed"),
        (as_file([unit(words="Un.")], language="qqx"), "There is no language qqx"),
        (as_file([unit(words="Un.")]).rstrip(b'"\n'), "has no end"),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(desk, tmp_path, content, why):
    path = tmp_path / "bad.po"
    path.write_bytes(content)
    code, said = bring(desk, path)
    assert (code, in_hand(desk)) == (1, {})
    assert why in said
    assert "Traceback" not in said


@pytest.mark.thorough
def test_nobody_brings_a_file_for_somebody_unknown(desk, file):
    code, said = kb(desk, "import", file, "--by", "no@farm.example")
    assert (code, in_hand(desk)) == (1, {})
    assert "Nobody has the address" in said
    code, said = kb(desk, "export", "--language", "qqx")
    assert code == 1
    assert "no such language" in said
