"""A desk that has its lists, and who writes there."""

import pytest

from tests.make import vocabularies
from tests.writing.desk import person


@pytest.fixture
def desk(session):
    """Give a session on a database that holds the lists."""
    vocabularies(session)
    return session


@pytest.fixture
def author(desk):
    """Give somebody without a role."""
    return person(desk, "Awa")
