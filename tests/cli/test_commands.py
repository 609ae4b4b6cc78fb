"""The commands, as somebody at a terminal meets them."""

import shutil
import sqlite3
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from sqlalchemy import select, update

from kb import journal
from kb.cli import doctor as doctor_module
from kb.cli.main import main
from kb.cli.office import Desk
from kb.cli.prepared import sown, tabled
from kb.cli.worker import one_night, one_pass
from kb.database import Watch
from kb.exchange.files import read_yaml
from kb.migrations.version import newest
from kb.record.models import Text
from kb.search.document import Query
from kb.search.open import open_index
from kb.settings import Settings, shipped
from kb.worker import is_due
from tests.cli import terminal
from tests.search.test_every_index import doc as document


@pytest.fixture
def prepared(demo, tmp_path):
    """A home folder in which everything has been prepared."""
    return Path(shutil.copytree(demo / "home", tmp_path / "prepared"))


@pytest.fixture
def small(made_small, tmp_path):
    """A home folder with one answer in it, quick to index."""
    return Path(shutil.copytree(made_small, tmp_path / "small"))


@pytest.fixture(scope="module")
def made_small(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")
    seeds, home = folder / "few", folder / "small"
    for name in ("vocabularies", "drawings", "sources", "answers/sand_or_clay"):
        shutil.copytree(shipped("seeds") / name, seeds / name)
    path = seeds / "answers" / "sand_or_clay" / "record.yaml"
    path.write_text(yaml.safe_dump(read_yaml(path) | {"relations": []}))
    for words in (("db", "upgrade"), ("seed", str(seeds)), ("index", "rebuild")):
        assert kb(home, *words).exit_code == 0
    return home


def kb(home, *words, **environment):
    environment = {"KB_HOME": str(home)} | environment
    return CliRunner().invoke(main, words, env=environment)


def test_everything_is_prepared_once(prepared):
    again = kb(prepared, "prepare")
    assert again.exit_code == 0
    assert "Making" not in again.stderr
    assert "Taking" not in again.stderr
    assert "Building" not in again.stderr


@pytest.mark.thorough
def test_another_database_is_prepared_even_from_a_home_that_is_new(prepared, tmp_path):
    home = tmp_path / "new" / "home"
    shutil.copytree(prepared / "regions", home / "regions")
    settings = {"KB_DATABASE": f"sqlite:///{prepared / 'kb.sqlite'}"}
    settings["KB_SEARCH"] = f"whoosh:{prepared / 'index'}"
    out = kb(home, "prepare", **settings)
    assert out.exit_code == 0, out.output
    assert (home / "seeded").exists()
    other = {"KB_DATABASE": f"sqlite:///{tmp_path / 'other.sqlite'}"}
    assert kb(home, "db", "upgrade", **other).exit_code == 0
    desk = Desk(Settings(home=str(home), database=other["KB_DATABASE"]))
    assert tabled(desk)
    assert not sown(desk)
    desk.database.engine.dispose()


@pytest.mark.thorough
def test_a_database_that_was_lost_is_filled_again(prepared):
    for path in prepared.glob("kb.sqlite*"):
        path.unlink()
    out = kb(prepared, "prepare")
    assert out.exit_code == 0, out.output
    assert "Taking in" in out.stderr
    assert "100 records indexed, 100 public" in kb(prepared, "index", "status").stdout


def test_all_that_an_instance_writes_is_in_its_home(prepared):
    written = {p.name.partition("-")[0] for p in prepared.iterdir()}
    made = {"kb.sqlite", "index", "regions", "seeded", "secret", "templates"}
    assert written - {"mail"} <= made, "a worker looks for mails there"


@pytest.mark.thorough
def test_seeding_again_changes_nothing(prepared):
    out = kb(prepared, "seed")
    assert "0 records taken in" in out.stdout


def test_status_compares_the_index_with_the_records(prepared):
    out = kb(prepared, "index", "status")
    assert out.exit_code == 0
    assert "records indexed" in out.stdout


@pytest.mark.thorough
def test_a_worker_pass_is_safe_to_repeat(prepared):
    for _ in range(2):
        out = kb(prepared, "worker", "--once")
        assert out.stdout == "0 records indexed, 0 messages sent\n"


@pytest.mark.thorough
def test_the_doctor_finds_nothing_wrong(prepared):
    out = kb(prepared, "doctor", KB_SECRET_KEY="a key for tests only")
    assert out.exit_code == 0, out.output
    assert "BAD" not in out.stdout


@pytest.mark.thorough
def test_drift_is_told_and_repaired(small):
    index = open_index(f"whoosh:{small / 'index'}")
    (record,) = index.held()
    index.remove([record])
    assert "never compared" in kb(small, "index", "status").stdout
    out = kb(small, "index", "verify")
    assert (out.exit_code, "1 missing" in out.stdout) == (1, True)
    assert "mend: kb index verify --repair" in kb(small, "doctor").stdout
    out = kb(small, "index", "verify", "--repair")
    assert (out.exit_code, "1 missing" in out.stdout) == (0, True)
    assert "repaired" in kb(small, "index", "status").stdout
    assert "mend: kb index verify" not in kb(small, "doctor").stdout
    assert "agree" in kb(small, "index", "verify").stdout


@pytest.mark.thorough
def test_what_waits_for_a_machine_taken_off_is_thrown_away(small):
    names = {"KB_MACHINES": "web1,web2", "KB_MACHINE": "web1"}
    with sqlite3.connect(small / "kb.sqlite") as database:
        database.execute(
            "INSERT INTO journal_due SELECT min(id), 'search@web3' FROM journal"
        )
    database.close()
    said = kb(small, "index", "status", **names).stdout
    assert "1 left for search@web3, which is no more: kb index forget" in said
    assert "thrown away" in kb(small, "index", "forget", **names).stdout
    assert "search@web3" not in kb(small, "index", "status", **names).stdout
    assert "no setting" not in said
    refused = kb(small, "index", "status", KB_MACHINE="web9")
    assert "KB_MACHINE must be one of KB_MACHINES" in refused.output
    assert kb(small, "worker", "--once").exit_code == 0


def test_optimizing_leaves_one_segment(small):
    index = open_index(f"whoosh:{small / 'index'}")
    index.put([document(9998, "en", "One"), document(9999, "en", "Other")])
    index.remove([9998])
    assert " in 2 segments" in kb(small, "index", "status").stdout
    out = kb(small, "index", "optimize")
    assert " in 1 segments" in out.stdout
    assert "0 texts gone" in out.stdout


def test_an_index_that_is_missing_is_said_with_the_mend(small):
    shutil.rmtree(small / "index")
    for command in ("status", "verify", "optimize"):
        out = kb(small, "index", command)
        assert out.exit_code == 1
        assert "kb index rebuild" in out.stderr


@pytest.mark.thorough
def test_what_failed_is_done_again_though_nobody_wrote_since(small):
    desk = Desk(Settings(home=str(small)))
    watch = Watch(desk.database.engine)
    (record,) = desk.index.held()
    with desk.database.writing() as session:
        journal.write(session, "changed", kind="answer", record_id=record, by="a test")
        session.commit()
    (small / "index").rename(small / "lost")
    assert not one_pass(desk, watch, again=False)
    shutil.rmtree(small / "index")
    (small / "lost").rename(small / "index")
    assert one_pass(desk, watch, again=True)
    assert not is_due(desk.database)
    watch.close()
    desk.database.engine.dispose()


def test_a_night_that_fails_is_tried_again_soon(small):
    desk = Desk(Settings(home=str(small)))
    assert one_night(desk) > datetime.now().astimezone() + timedelta(seconds=1)
    (small / "index" / "CURRENT").unlink()
    later = one_night(desk) - datetime.now().astimezone()
    assert timedelta(minutes=50) < later <= timedelta(hours=1)
    desk.database.engine.dispose()


def test_a_worker_in_a_process_of_its_own_takes_in_what_is_published(small):
    """It may not lean on what another command imported."""
    worker = terminal.kb("--home", str(small), "worker")
    desk = Desk(Settings(home=str(small)))
    with desk.database.writing() as session:
        session.execute(update(Text).values(title="Quicksand"))
        (record,) = session.scalars(select(Text.record_id).distinct())
        journal.write(session, "changed", kind="answer", record_id=record, by="a test")
        session.commit()
    desk.database.engine.dispose()
    for _ in range(600):
        if desk.index.find(Query("quicksand")).total:
            break
        time.sleep(0.05)
    worker.terminate()
    assert "stopped" in worker.communicate(timeout=20)[0]
    assert worker.returncode == 0
    assert desk.index.find(Query("quicksand")).total == 1


def test_a_lost_index_is_noticed_and_rebuilt(small):
    (small / "index" / "CURRENT").write_text("{}")
    out = kb(small, "doctor", KB_SECRET_KEY="a key for tests only")
    assert out.exit_code == 1
    assert "mend: kb index rebuild" in out.stdout
    assert kb(small, "index", "status").exit_code == 1
    assert kb(small, "worker", "--once").exit_code in {0, 1}
    assert kb(small, "index", "rebuild").exit_code == 0
    well = kb(small, "doctor", KB_SECRET_KEY="a key for tests only")
    assert "1 of 1 records indexed" in well.stdout
    assert "mend: kb index rebuild" not in well.stdout


@pytest.mark.thorough
def test_migrations_go_up_and_down(tmp_path):
    assert kb(tmp_path, "db", "upgrade").stdout == f"{newest()}\n"
    assert f"database {newest()}" in kb(tmp_path, "db", "status").stdout
    assert kb(tmp_path, "db", "downgrade", "base").stdout == "base\n"
    assert "database empty" in kb(tmp_path, "db", "status").stdout


@pytest.mark.parametrize(
    "words", [("seed",), ("index", "rebuild"), ("worker", "--once"), ("serve",)]
)
def test_an_older_database_is_refused_with_the_mend(tmp_path, words):
    out = kb(tmp_path, *words, KB_SECRET_KEY="a key for tests only")
    assert out.exit_code == 1
    assert "kb db upgrade" in out.stderr


def test_serving_without_a_secret_key_is_refused_with_the_mend(prepared):
    out = kb(prepared, "serve")
    assert out.exit_code == 1
    assert "export KB_SECRET_KEY=" in out.stderr


def test_the_doctor_says_what_is_missing(tmp_path):
    out = kb(tmp_path, "doctor")
    assert out.exit_code == 1
    assert "no secret key" in out.stdout
    assert "mend: kb db upgrade" in out.stdout


@pytest.mark.thorough
def test_the_doctor_warns_of_sqlite_with_several_processes(prepared, monkeypatch):
    monkeypatch.setattr(doctor_module, "SAFE_SQLITE", (99, 0, 0))
    out = kb(prepared, "doctor", KB_SECRET_KEY="a key for tests only", KB_PROCESSES="2")
    assert "use PostgreSQL" in out.stdout


def test_an_unknown_setting_is_refused(tmp_path):
    out = kb(tmp_path, "doctor", KB_DATABSE="x")
    assert out.exit_code == 1
    assert "did you mean KB_DATABASE?" in out.stderr


@pytest.mark.parametrize("words", [("prepare",), ("db", "upgrade"), ("doctor",)])
def test_a_home_that_cannot_be_written_is_said(tmp_path, words):
    (tmp_path / "file").write_text("in the way")
    out = kb(tmp_path / "file" / "home", *words)
    assert out.exit_code == 1
    assert "file" in out.output
    assert out.exception is None or isinstance(out.exception, SystemExit)


def test_a_read_only_database_is_read_but_not_written(prepared, tmp_path):
    url = f"sqlite:///file:{prepared / 'kb.sqlite'}?mode=ro&uri=true"
    settings = {"KB_DATABASE": url, "KB_SEARCH": f"whoosh:{prepared / 'index'}"}
    assert kb(tmp_path, "index", "status", **settings).exit_code == 0
    (tmp_path / "seeds" / "vocabularies").mkdir(parents=True)
    (tmp_path / "seeds" / "vocabularies" / "x.yaml").write_text(
        "scheme: x\nconcepts:\n  - {code: y, names: {en: z}}\n"
    )
    out = kb(tmp_path, "seed", str(tmp_path / "seeds"), **settings)
    assert out.exit_code == 1
    assert "readonly database" in out.stderr


def test_a_broken_database_file_is_said(tmp_path):
    (tmp_path / "kb.sqlite").write_bytes(b"not a database at all, " * 100)
    out = kb(tmp_path, "db", "status")
    assert out.exit_code == 1
    assert "The database cannot be used" in out.stderr or "not a database" in out.output


def test_bad_seeds_are_named_and_nothing_is_taken_in(prepared, tmp_path):
    folder = tmp_path / "practices" / "bad"
    folder.mkdir(parents=True)
    (folder / "record.yaml").write_text("ref: P-900\ntags: {labour: heavy}\n")
    (folder / "en.yaml").write_text("state: source\ntitle: Bad\n")
    out = kb(prepared, "seed", str(tmp_path))
    assert out.exit_code == 1
    assert "practices/bad/record.yaml: tags.labour" in out.stderr
    with sqlite3.connect(prepared / "kb.sqlite") as database:
        found = database.execute("SELECT count(*) FROM record WHERE key = 'bad'")
        assert found.fetchone() == (0,)
    database.close()
