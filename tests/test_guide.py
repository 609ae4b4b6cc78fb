"""The guide tells of what exists, and of nothing else."""

import re
from dataclasses import fields

import pytest

from kb.cli.main import COMMANDS, main
from kb.kinds import KINDS
from kb.settings import ROOT, Settings

README = (ROOT / "README.md").read_text("utf-8")


def test_every_setting_is_in_the_guide_and_no_other():
    named = set(re.findall(r"^\| `(KB_[A-Z_]+)`", README, flags=re.M))
    assert named == {f"KB_{field.name.upper()}" for field in fields(Settings)}


def test_every_command_is_in_the_guide_and_no_other():
    named = set(re.findall(r"^\| `kb ([a-z]+)`", README, flags=re.M))
    assert named == set(COMMANDS)


@pytest.mark.parametrize(
    "group",
    [
        "index",
        "db",
        "people",
        "regions",
        "communities",
        "mail",
        "sms",
        "thesaurus",
        "translations",
    ],
)
def test_every_subcommand_is_in_the_guide(group):
    (line,) = re.findall(rf"^\| `kb {group}`.*$", README, flags=re.M)
    subcommands = main.get_command(None, group).commands
    assert {f"`{name}`" for name in subcommands} <= set(re.findall(r"`[a-z]+`", line))


def test_the_guide_gives_the_two_commands():
    assert "pip install -e . && kb demo" in README
    assert "pip install -e '.[test]' && pytest" in README


def test_every_room_is_in_the_guide():
    for path in (ROOT / "kb").iterdir():
        if path.is_dir() and (path / "__init__.py").exists():
            told = path.name in {"migrations"} or f"kb/{path.name}/" in README
            assert told, path.name


def test_every_kind_has_its_folders():
    for kind in KINDS.values():
        assert (ROOT / "templates" / kind.plural / "one.html").exists()
        assert (ROOT / "seeds" / kind.plural).is_dir()


def test_links_in_the_guide_lead_somewhere():
    for name in ("README.md", "CONTRIBUTING.md", "seeds/README.md"):
        text = (ROOT / name).read_text("utf-8")
        for target in re.findall(r"\]\(([^)#]+)\)", text):
            if not target.startswith("http"):
                assert ((ROOT / name).parent / target).exists(), (name, target)


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_the_guide_names_no_path_of_a_machine(name):
    text = (ROOT / name).read_text("utf-8")
    assert "/work/" not in text
    assert "/root/" not in text
