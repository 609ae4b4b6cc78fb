"""The README's first command, for real: a process, a port, a browser's request."""

import os
import resource
import shutil
import signal
import socket

import pytest
from click.testing import CliRunner

from kb.cli.demo import messages_go
from kb.cli.main import main
from tests.cli.terminal import (
    PATIENCE_SECONDS,
    children,
    first_answer,
    free_port,
    kb,
    wait_until,
)


def test_one_command_creates_fills_indexes_and_serves(demo):
    assert "<mark>" in (demo / "answer.html").read_text()
    assert "Taking in practices" in (demo / "said.txt").read_text()
    assert "Messages are put into" in (demo / "said.txt").read_text()
    assert (demo / "home" / "secret-key").stat().st_mode & 0o077 == 0


def test_the_password_of_a_mail_server_is_not_shown():
    assert messages_go("smtp://me:hidden@mail.example") == "Mail: smtp"
    assert messages_go("folder:kb-home/mail") == "Messages are put into kb-home/mail"


def test_a_second_start_finds_nothing_left_to_do(demo, tmp_path):
    home, port = shutil.copytree(demo / "home", tmp_path / "home"), free_port()
    again = kb("demo", "--home", str(home), "--port", str(port), cwd=tmp_path)
    address = f"http://127.0.0.1:{port}/en/search?q=erosion"
    assert "<mark>" in first_answer(address, again)
    worker, web = children(again)
    os.kill(web, signal.SIGTERM)  # as when it is replaced by a new one
    wait_until(lambda: web not in children(again))
    assert "<mark>" in first_answer(address, again)
    assert worker in children(again)
    again.send_signal(signal.SIGINT)
    said, _ = again.communicate(timeout=PATIENCE_SECONDS)
    assert again.returncode == 0
    assert "Taking in" not in said
    assert "Traceback" not in said
    assert [p.name for p in tmp_path.iterdir()] == ["home"]


@pytest.mark.thorough
def test_a_full_disk_is_said_and_loses_nothing(tmp_path):
    """The system refuses to let any file grow beyond 100 kB, as a full disk would."""
    home, limit = str(tmp_path / "home"), 100_000
    full = kb(
        "--home",
        home,
        "db",
        "upgrade",
        before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )
    said, _ = full.communicate(timeout=PATIENCE_SECONDS)
    assert full.returncode == 1
    assert "Traceback" not in said
    assert "cannot be used" in said or "too large" in said
    after = CliRunner().invoke(main, ["--home", home, "db", "upgrade"])
    assert after.exit_code == 0, after.output


@pytest.mark.thorough
def test_a_port_in_use_is_said(demo, tmp_path):
    home = shutil.copytree(demo / "home", tmp_path / "home")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        process = kb(
            "--home",
            str(home),
            "serve",
            "--port",
            port,
            KB_SECRET_KEY="16 different signs",
        )
        said, _ = process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode != 0
    assert "in use" in said
