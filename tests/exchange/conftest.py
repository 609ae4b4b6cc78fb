"""A few records of the real seeds, for tests that change them."""

import shutil

import pytest

from kb.exchange.files import read_yaml
from kb.settings import shipped
from tests.exchange.hand import change, write

FEW = ("practices/zai", "practices/stone_lines", "answers/sand_or_clay")


@pytest.fixture(scope="session")
def few(tmp_path_factory):
    """A small copy of the seeds, cut to what a few records need."""
    folder = tmp_path_factory.mktemp("few")
    for name in ("vocabularies", "drawings", "sources", *FEW):
        shutil.copytree(shipped("seeds") / name, folder / name)
    kept, records = {name.rpartition("/")[2] for name in FEW}, ""
    for name in FEW:
        path = folder / name / "record.yaml"
        relations = [r for r in read_yaml(path).get("relations", []) if r["to"] in kept]
        change(folder, path, relations=relations)
        records += path.read_text()
    for path in (folder / "sources").glob("*.yaml"):
        write(path, [s for s in read_yaml(path) if s["key"] in records])
    for path in (folder / "drawings").glob("*.svg"):
        if path.stem not in records:
            path.unlink()
    for path in (folder / "vocabularies").glob("*.yaml"):
        concepts = [
            concept | {"names": {"en": concept["names"]["en"]}}
            for concept in read_yaml(path)["concepts"]
            if concept["code"] in records or path.stem == "land_use"
        ]
        change(folder, path, concepts=concepts)
    return folder


@pytest.fixture
def folder(few, tmp_path):
    """A copy of those few, to be changed."""
    return shutil.copytree(few, tmp_path / "seeds")
