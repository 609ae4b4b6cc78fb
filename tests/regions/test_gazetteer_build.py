"""Building the gazetteer from the list of places."""

import os
import resource
import sqlite3
from contextlib import closing
from multiprocessing import get_context

import pytest

from kb.errors import Unavailable
from kb.regions.gazetteer import FILE, Gazetteer
from kb.regions.gazetteer_build import build_gazetteer
from kb.regions.place_list import write_places
from tests.regions.hamlets import ABOUT, hamlet, listed


@pytest.fixture
def path(tmp_path):
    """A list of two hamlets."""
    hamlets = hamlet("Maradi", 9, names=["Maraadi"]), hamlet("Maraadi", 5)
    write_places(tmp_path / "places.map", listed(*hamlets), ABOUT)
    return tmp_path / "places.map"


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "home" / "regions"


def test_the_gazetteer_holds_what_the_list_holds(path, folder):
    assert build_gazetteer(folder, path) == 2
    with closing(sqlite3.connect(folder / FILE)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("SELECT * FROM district").fetchall() == [
            (1, "Maradi Region", "NE-4"),
            (2, "Elsewhere", ""),
        ]
        assert connection.execute("SELECT * FROM place").fetchall() == [
            (1, "Maradi", "NE", 1, 1.0, 2.0, 9),
            (2, "Maraadi", "NE", 1, 1.0, 2.0, 5),
        ]
        assert connection.execute("SELECT * FROM spelling").fetchall() == [
            (1, "maraadi", None, 1, b"\2\0\0\0"),
            (2, "maradi", None, 1, None),
        ]
    assert Gazetteer(folder).about() == ABOUT


def test_building_twice_gives_the_same_file(path, folder):
    build_gazetteer(folder, path)
    first = (folder / FILE).read_bytes()
    build_gazetteer(folder, path)
    assert (folder / FILE).read_bytes() == first


def test_points_at_the_ends_of_the_earth_stay_there(path, folder):
    ends = [(90.0, 180.0), (-90.0, -180.0), (0.0, 0.0), (-17.7134, 178.065)]
    hamlets = [
        hamlet("End", 9 - n, latitude=up, longitude=across)
        for n, (up, across) in enumerate(ends)
    ]
    write_places(path, listed(*hamlets), ABOUT)
    build_gazetteer(folder, path)
    found = Gazetteer(folder).candidates("end")
    assert [(p.latitude, p.longitude) for p in found] == ends


def test_everybody_on_the_machine_may_read_it(path, folder):
    build_gazetteer(folder, path)
    assert (folder / FILE).stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("harm", [b"", b"nonsense", None])
def test_a_list_that_cannot_be_used_leaves_the_old_gazetteer(path, folder, harm):
    build_gazetteer(folder, path)
    path.write_bytes(path.read_bytes()[:-5] if harm is None else harm)
    with pytest.raises(Unavailable, match="pip install"):
        build_gazetteer(folder, path)
    assert Gazetteer(folder).candidates("maradi")[0].name == "Maradi"
    assert os.listdir(folder) == [FILE]


def test_without_a_list_nothing_is_begun(tmp_path, folder):
    with pytest.raises(Unavailable, match="not there"):
        build_gazetteer(folder, tmp_path / "none.map")
    assert not folder.parent.exists()


def build_on_a_full_disk(folder, path, said):
    """The system refuses to let any file grow beyond 8 kB, as a full disk would."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))
    try:
        build_gazetteer(folder, path)
    except Unavailable as refused:
        said.send(str(refused))


def test_a_full_disk_is_said_and_leaves_the_old_gazetteer(path, folder):
    build_gazetteer(folder, path)
    told, said = get_context("fork").Pipe(duplex=False)
    process = get_context("fork").Process(
        target=build_on_a_full_disk, args=(folder, path, said)
    )
    process.start()
    assert told.poll(20)
    assert "The list of places cannot be written" in told.recv()
    process.join()
    assert Gazetteer(folder).is_built(path)
    assert os.listdir(folder) == [FILE]
