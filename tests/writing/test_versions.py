"""Every record has a version; seeds do not undo what people did."""

from datetime import UTC, datetime

import pytest
import yaml

from kb.errors import NotFound
from kb.exchange.seeds import sow
from kb.kinds import KINDS
from kb.people.models import Person
from kb.record.lookups import by_ref, read_known
from kb.record.models import Status
from kb.record.service import fingerprint
from kb.settings import shipped
from kb.writing.versions import get_version, keep_version, list_versions
from tests.make import vocabularies, words


def seeds(folder, **said):
    """Write one practice as a folder of seeds."""
    place = folder / "practices" / "pits"
    place.mkdir(parents=True, exist_ok=True)
    facts = {"ref": "P-7", "published": "2026-01-31", "tags": {"soil": "all"}}
    (place / "record.yaml").write_text(yaml.safe_dump(facts))
    (place / "en.yaml").write_text(yaml.safe_dump(words("Pits", **said)))
    return folder


@pytest.fixture
def sown(session, tmp_path):
    vocabularies(session)
    report = sow(session, seeds(tmp_path), KINDS)
    assert report.taken_in == ["P-7"]
    return tmp_path


def pits(session):
    return by_ref(session, ["P-7"], "en")["P-7"]


def test_taking_in_keeps_a_version_with_lists_written_out(session, sown):
    (version,) = list_versions(session, pits(session))
    kept = get_version(session, pits(session), 1)
    assert (version.number, version.came_by, version.by) == (1, "kb seed", None)
    assert kept.document["facts"]["tags"] == {"soil": ["LX", "HS"]}
    assert kept.document["texts"]["en"]["title"] == "Pits"
    with pytest.raises(NotFound):
        get_version(session, pits(session), 2)


def test_taking_the_same_in_again_adds_none_and_a_change_adds_one(session, sown):
    assert sow(session, seeds(sown), KINDS).unchanged == 1
    assert len(list_versions(session, pits(session))) == 1
    sow(session, seeds(sown, how="Dig."), KINDS)
    assert [v.number for v in list_versions(session, pits(session))] == [2, 1]


def test_what_an_older_program_took_in_gets_its_first_version(session, sown):
    record = pits(session)
    session.delete(get_version(session, record, 1))
    session.flush()
    assert sow(session, sown, KINDS).unchanged == 1
    assert len(list_versions(session, record)) == 1


def test_seeds_leave_alone_what_people_changed(session, sown):
    record, known = pits(session), read_known(session)
    someone = Person(name="Awa", languages="en", created=datetime.now(UTC))
    session.add(someone)
    session.flush()
    document = {"facts": {"tags": {}}, "texts": {"en": words("Mended")}}
    record.fingerprint = fingerprint(document["facts"], document["texts"])
    keep_version(session, record, document, known, by_id=someone.id)
    report = sow(session, seeds(sown, how="Newer."), KINDS)
    assert (report.taken_in, report.left) == ([], ["pits"])
    assert len(list_versions(session, record)) == 2


def test_seeds_do_not_bring_back_what_was_withdrawn(session, sown):
    record = pits(session)
    record.status = Status.WITHDRAWN
    session.flush()
    assert sow(session, seeds(sown, how="Newer."), KINDS).left == ["pits"]
    assert record.status == Status.WITHDRAWN


def test_every_shipped_record_has_its_version(seeded):
    folders = list(shipped("seeds").glob("*/*/record.yaml"))
    with seeded.office.database.reading() as session:
        refs = [yaml.safe_load(path.read_text())["ref"] for path in folders[:5]]
        for record in by_ref(session, refs, "en").values():
            assert [v.number for v in list_versions(session, record)] == [1]
