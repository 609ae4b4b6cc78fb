"""The process of its own in which pictures are made."""

import subprocess
import sys

import pytest

from kb.pictures import apart
from kb.pictures.anew import made_anew
from kb.pictures.apart import made_apart
from kb.pictures.made import Unreadable, packed, unpacked
from kb.settings import ROOT
from tests.pictures.drawn import written

PICTURE = ("JPEG", 240, 180)


def test_it_makes_what_we_would_make():
    data = written()
    assert made_apart(data, *PICTURE) == made_anew(data, *PICTURE)


@pytest.mark.parametrize("data", [b"", b"\xff\xd8\xff", written()[:-900], written()])
def test_what_it_cannot_read_it_refuses(data, caplog):
    with pytest.raises(Unreadable):
        made_apart(data, "JPEG", 240, 181)
    assert not caplog.messages


def test_it_is_not_told_our_secrets(monkeypatch, tmp_path):
    said = tmp_path / "environment"
    python = tmp_path / "python"
    python.write_text(f"#!/bin/sh\nenv > {said}\ncat > /dev/null\n")
    python.chmod(0o755)
    monkeypatch.setenv("KB_SECRET_KEY", "very-secret")
    monkeypatch.setattr(sys, "executable", str(python))
    with pytest.raises(Unreadable):
        made_apart(b"", *PICTURE)
    assert "very-secret" not in said.read_text()


@pytest.mark.parametrize(
    "ending",
    ["kill -9 $$", "exit 1", "head -c 100 /dev/zero", "echo '[[1, 1, [9, 9]]]'"],
)
def test_one_that_dies_or_talks_nonsense_refuses_the_picture(
    ending, monkeypatch, tmp_path
):
    python = tmp_path / "python"
    python.write_text(f"#!/bin/sh\ncat > /dev/null\n{ending}\n")
    python.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(python))
    with pytest.raises(Unreadable):
        made_apart(b"any", *PICTURE)


def test_one_that_takes_too_long_is_ended(monkeypatch, tmp_path, caplog):
    python = tmp_path / "python"
    python.write_text("#!/bin/sh\nexec sleep 60\n")
    python.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(python))
    monkeypatch.setattr(apart, "PATIENCE_SECONDS", 0.1)
    with pytest.raises(Unreadable):
        made_apart(b"any", *PICTURE)
    assert "took more than" in caplog.text


def test_what_is_packed_is_unpacked_and_nothing_less():
    whole = packed(made_anew(written(), *PICTURE))
    assert packed(unpacked(whole)) == whole
    for cut in (0, 1, len(whole) // 2, len(whole) - 1):
        with pytest.raises(Unreadable):
            unpacked(whole[:cut])


@pytest.mark.thorough
def test_the_process_that_answers_loads_nothing_that_unpacks_pictures():
    asked = "import sys, kb.app, kb.cli.demo; print('PIL' in sys.modules)"
    said = subprocess.run(
        [sys.executable, "-c", asked], cwd=ROOT, capture_output=True, check=True
    )
    assert said.stdout.strip() == b"False"
