"""A home with tables and nothing in them."""

import pytest

from kb.database import open_database
from kb.migrations.apply import upgrade


@pytest.fixture(scope="module")
def empty_home(tmp_path_factory):
    home = tmp_path_factory.mktemp("people")
    database = open_database(f"sqlite:///{home / 'kb.sqlite'}")
    upgrade(database.engine)
    database.engine.dispose()
    return home


@pytest.fixture
def home(empty_home, tmp_path):
    (tmp_path / "kb.sqlite").write_bytes((empty_home / "kb.sqlite").read_bytes())
    return tmp_path
