"""Marks go out with files of words and come in with them; older files hold."""

import pytest
from alembic import command
from sqlalchemy import create_engine, select, text

from kb.exchange.files import read_yaml
from kb.migrations.apply import alembic_config, upgrade
from kb.record.marks import Mark, after_files, digest, marks_of, source_of
from kb.record.models import Text
from kb.record.service import check, take_in
from kb.writing.versions import newest
from kb.yaml_out import write_yaml
from tests.translating.house import COMMENT, PRACTICE, Team
from tests.translating.test_service import change, publish
from tests.writing.desk import known

SOURCE = {"state": "source", "title": "Pits", "how": "Dig."}


def test_what_is_exported_comes_in_as_it_was(session, tmp_path):
    team = Team(session)
    team.hand_in(how=COMMENT)
    team.accept("how")
    publish(team, change(team, how="Dig pits 40 cm deep."))
    document = newest(session, team.record.id).document
    for language, words in document["texts"].items():
        write_yaml(tmp_path / f"{language}.yaml", words)
    read = {path.stem: read_yaml(path) for path in tmp_path.glob("*.yaml")}
    assert read == document["texts"]
    facts, words = check(PRACTICE, document["facts"], read, known(session))
    wanted = select(Text.state, Text.apart).where(Text.language == "fr")
    before = session.execute(wanted).one()
    take_in(session, PRACTICE, team.record.key, facts, words, by="a test")
    assert session.execute(wanted).one() == before
    assert before.state == "stale"


def test_files_that_leave_words_as_they_were_are_behind_in_wording():
    before = {"en": SOURCE, "fr": {"state": "reviewed", "title": "A", "how": "B"}}
    after = before | {"en": SOURCE | {"how": "Dig deep."}}
    text = after_files(after, before, 3)["fr"]
    marks = marks_of(text, source_of(after), 4)
    assert marks["how"] == Mark("reviewed", digest("Dig."), 3, "wording")
    assert marks["title"] == Mark("reviewed", digest("Pits"), 4)


@pytest.mark.parametrize(
    "changed",
    [
        {"how": "B 2"},
        {"marks": {"how": {"state": "reviewed", "source": digest("Dig deep.")}}},
    ],
)
def test_what_files_say_themselves_holds(changed):
    french = {"state": "reviewed", "title": "A", "how": "B"}
    before = {"en": SOURCE, "fr": french}
    after = {"en": SOURCE | {"how": "Dig deep."}, "fr": french | changed}
    text = after_files(after, before, 3)["fr"]
    assert marks_of(text, source_of(after), 4)["how"].behind == ""


INSERTS = (
    "INSERT INTO record (id, ref, kind, key, status, telling, source_language,"
    " licence, credit, provenance, fingerprint, version) VALUES"
    " (1, 'P-1', 'practice', 'pits', 'published', 'free', 'en', '', '', '', '', 1)",
    "INSERT INTO text (id, record_id, language, state, title, summary, slug) VALUES"
    " (1, 1, 'en', 'source', 'Pits', '', 'pits'),"
    " (2, 1, 'fr', 'reviewed', 'Trous', '', 'trous'),"
    " (3, 1, 'es', 'stale', 'Hoyos', '', 'hoyos')",
    "INSERT INTO part (text_id, name, words) VALUES (1, 'how', 'Dig.'),"
    " (2, 'how', 'Creusez.')",
)


@pytest.mark.thorough
def test_texts_that_stood_before_get_their_marks(houses, database, request):
    engine = create_engine(houses.url(database, f"marks-{id(request)}"))
    with engine.begin() as connection:
        command.upgrade(alembic_config(connection), "0020")
    for _twice in range(2):
        with engine.begin() as connection:
            for insert in INSERTS if not _twice else ():
                connection.execute(text(insert))
        upgrade(engine)
        rows = text(
            "SELECT language, field, state, behind, source_hash, words_hash"
            " FROM field_mark ORDER BY language, field"
        )
        with engine.connect() as connection:
            found = [tuple(row) for row in connection.execute(rows)]
        assert found == [
            ("es", "title", "draft", "meaning", "", digest("Hoyos")),
            ("fr", "how", "reviewed", "", digest("Dig."), digest("Creusez.")),
            ("fr", "title", "reviewed", "", digest("Pits"), digest("Trous")),
        ]
        with engine.begin() as connection:
            command.downgrade(alembic_config(connection), "0020")
    engine.dispose()
