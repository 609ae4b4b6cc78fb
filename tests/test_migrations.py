import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect

from kb.migrations.apply import alembic_config, upgrade
from kb.migrations.version import newest, standing


@pytest.fixture
def engine(houses, database, request):
    engine = create_engine(
        houses.url(database, f"migrations-{request.node.name[:20]}-{id(request)}")
    )
    yield engine
    engine.dispose()


def test_migrations_give_exactly_the_tables_of_the_models(engine):
    upgrade(engine)
    with engine.begin() as connection:
        command.check(alembic_config(connection))


@pytest.mark.thorough
def test_every_migration_can_be_undone_and_done_again(engine):
    upgrade(engine)
    with engine.begin() as connection:
        command.downgrade(alembic_config(connection), "base")
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    assert standing(engine) is None
    upgrade(engine)
    assert standing(engine) == newest()


def test_the_newest_migration_is_the_one_alembic_would_go_to():
    assert newest() == ScriptDirectory.from_config(alembic_config()).get_current_head()
