"""Compiled templates: kept, ours alone, and never in the way."""

import pytest
from jinja2 import DictLoader, Environment

from kb.entrance.kept_templates import KeptTemplates

SOURCE = "{% for n in range(3) %}{{ n }},{% endfor %}"


def environment(folder, key="secret"):
    return Environment(
        loader=DictLoader({"page": SOURCE}),
        bytecode_cache=KeptTemplates(folder, key),
        autoescape=True,
    )


def shown(made):
    return made.get_template("page").render()


def is_kept(made, source=SOURCE):
    return made.bytecode_cache.get_bucket(made, "page", None, source).code is not None


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "home" / "templates"
    assert shown(environment(folder)) == "0,1,2,"
    return folder


def test_what_was_shown_once_is_kept(folder):
    assert len(list(folder.iterdir())) == 1
    again = environment(folder)
    assert is_kept(again)
    assert shown(again) == "0,1,2,"


def test_a_template_that_changed_is_read_anew(folder):
    assert not is_kept(environment(folder), SOURCE + "!")


def test_what_another_key_signed_is_passed_over(folder):
    assert not is_kept(environment(folder, "another"))


@pytest.mark.parametrize("cut", [0, 1, 31, 32, 60, -1])
def test_a_file_cut_short_is_passed_over_and_mended(folder, cut):
    (path,) = folder.iterdir()
    path.write_bytes(path.read_bytes()[:cut])
    assert shown(environment(folder)) == "0,1,2,"
    assert is_kept(environment(folder))


@pytest.mark.parametrize("at", [0, 31, 32, 40, -1])
def test_a_damaged_file_is_passed_over(folder, at):
    (path,) = folder.iterdir()
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)
    assert not is_kept(environment(folder))


def test_a_folder_that_cannot_be_written_is_in_nobodys_way(tmp_path):
    (tmp_path / "templates").write_text("a file")
    assert shown(environment(tmp_path / "templates")) == "0,1,2,"
