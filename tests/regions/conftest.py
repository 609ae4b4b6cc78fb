"""The atlas as an installation has it, built once for all test processes."""

import pytest

from kb.regions.atlas import open_atlas
from kb.regions.build import build


@pytest.fixture(scope="session")
def built(tmp_path_factory, worker_id):
    """The folder with the map of climates."""
    own = tmp_path_factory.getbasetemp()
    folder = (own if worker_id == "master" else own.parent) / "regions"
    build(folder)
    return folder


@pytest.fixture(scope="session")
def atlas(built):
    return open_atlas(built)
