"""Records in files again: what went out comes in, and nothing that is not public."""

import pytest
from sqlalchemy import select

from kb.database import open_database
from kb.exchange.files import read_yaml
from kb.exchange.records_out import write_records, write_sources, write_vocabularies
from kb.exchange.seeds import sow
from kb.exchange.shapes import write_shapes
from kb.kinds import KINDS
from kb.migrations.apply import upgrade
from kb.record.models import Record, Status
from tests.exchange.hand import change


def out(session, folder):
    """Write all that `sow` takes in; give the content of each file."""
    write_vocabularies(session, folder)
    write_shapes(session, folder)
    write_sources(session, folder)
    write_records(session, folder, KINDS.values())
    written = {
        str(path.relative_to(folder)): read_yaml(path)
        for path in sorted(folder.rglob("*.yaml"))
    }
    shapes = (folder / "drawings").glob("*.svg")
    return written | {path.name: path.read_text() for path in shapes}


@pytest.fixture
def other(tmp_path):
    """A session in another house, empty as well."""
    database = open_database(f"sqlite:///{tmp_path / 'other.sqlite'}")
    upgrade(database.engine)
    with database.writing() as session:
        yield session
    database.engine.dispose()


@pytest.mark.thorough
def test_what_is_written_is_taken_in_elsewhere_and_written_the_same(
    session, folder, other, tmp_path
):
    sow(session, folder, KINDS)
    first = out(session, tmp_path / "out")
    assert len(sow(other, tmp_path / "out", KINDS).taken_in) == 3
    assert out(other, tmp_path / "again") == first
    assert 'id="manure"' in first["zai_pit.svg"]
    assert first["practices/zai/en.yaml"] == read_yaml(folder / "practices/zai/en.yaml")


@pytest.mark.thorough
def test_what_is_not_public_stays_and_nothing_points_to_it(session, folder, tmp_path):
    sow(session, folder, KINDS)
    record = session.scalars(select(Record).where(Record.key == "zai")).one()
    pointed = out(session, tmp_path / "before")["practices/stone_lines/record.yaml"]
    assert "zai" in {relation["to"] for relation in pointed["relations"]}
    record.status = Status.WITHDRAWN
    session.flush()
    files = out(session, tmp_path / "after")
    assert not [name for name in files if "practices/zai" in name]
    left = files["practices/stone_lines/record.yaml"]["relations"]
    assert "zai" not in {relation["to"] for relation in left}


@pytest.mark.thorough
def test_a_record_goes_out_as_it_was_last_published(session, folder, tmp_path):
    sow(session, folder, KINDS)
    change(folder, "practices/zai/en.yaml", title="Zai holes")
    sow(session, folder, KINDS)
    files = out(session, tmp_path / "out")
    assert files["practices/zai/en.yaml"]["title"] == "Zai holes"
