"""What is written out is of one moment, however long it takes and whoever publishes."""

import pytest
from sqlalchemy import event, select, update

from kb.cli.export import writers
from kb.cli.office import Desk
from kb.record.models import Record, Source
from kb.vocabulary.models import ConceptName
from tests.make import record, vocabularies


@pytest.fixture
def house(empty, session):
    """A house whose sources and lists say the same word."""
    record(session, vocabularies(session), "before", number=1)
    session.execute(update(ConceptName).values(name="Before"))
    session.execute(update(Source).values(citation="Before"))
    session.commit()
    return empty


class Meanwhile:
    """Somebody who renames everything as soon as sources are begun to be read."""

    def __init__(self, house):
        self.house, self.done = house, False
        event.listen(house.engine, "before_cursor_execute", self)

    def __call__(self, connection, cursor, statement, *rest):
        if self.done or "FROM source" not in statement:
            return
        self.done = True
        with self.house.office.database.writing() as session:
            session.execute(update(ConceptName).values(name="After"))
            session.execute(update(Source).values(citation="After"))
            session.commit()

    def close(self):
        event.remove(self.house.engine, "before_cursor_execute", self)


def test_an_export_holds_nothing_that_came_while_it_was_written(house, tmp_path):
    desk = Desk(house.settings)
    meanwhile = Meanwhile(house)
    try:
        with house.office.database.of_one_moment() as reading:
            for write in writers(desk).values():
                write(reading, tmp_path)
    finally:
        meanwhile.close()
    assert meanwhile.done
    written = "".join(one.read_text() for one in tmp_path.rglob("*.yaml"))
    assert "Before" in written
    assert "After" not in written
    with house.office.database.reading() as later:
        assert set(later.scalars(select(Source.citation))) == {"After"}


def test_what_was_left_open_does_not_hold_the_next_reader_back(house):
    database = house.office.database
    with database.of_one_moment() as one:
        assert one.scalar(select(Record.ref)) == "P-1"
    with database.reading() as other:
        assert other.scalar(select(Record.ref)) == "P-1"
        other.rollback()
        with database.writing() as session:
            session.execute(update(Record).values(ref="P-2"))
            session.commit()
        assert other.scalar(select(Record.ref)) == "P-2"
