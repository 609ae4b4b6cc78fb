"""The README's first command, for real: a process, a port, a browser's request."""

import os
import resource
import signal
import socket
import subprocess
import sys
import time
from urllib.error import URLError
from urllib.request import urlopen


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def kb(*words, **options):
    kept = {k: v for k, v in os.environ.items() if not k.startswith("KB_")}
    return subprocess.Popen(
        [sys.executable, "-m", "kb.cli.main", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=kept,
        **options,
    )


def first_answer(address, process):
    for _ in range(600):
        try:
            with urlopen(address, timeout=5) as reply:
                return reply.read().decode()
        except URLError:
            assert process.poll() is None, process.stdout.read()
            time.sleep(0.1)
    raise AssertionError("no answer within a minute")


def test_one_command_creates_fills_indexes_and_serves(tmp_path):
    home, port = tmp_path / "home", free_port()
    words = ("demo", "--home", str(home), "--port", str(port))
    address = f"http://127.0.0.1:{port}/en/search?q=erosion"
    first = kb(*words, cwd=tmp_path)
    assert "<mark>" in first_answer(address, first)
    first.send_signal(signal.SIGTERM)
    said, _ = first.communicate(timeout=20)
    assert "Taking in practices" in said
    assert first.returncode == 0
    again = kb(*words, cwd=tmp_path)
    assert "<mark>" in first_answer(address, again)
    again.send_signal(signal.SIGINT)
    said, _ = again.communicate(timeout=20)
    assert "Taking in" not in said
    assert [p.name for p in tmp_path.iterdir()] == ["home"]
    assert (home / "secret-key").stat().st_mode & 0o077 == 0


def test_a_full_disk_is_said_and_loses_nothing(tmp_path):
    """The system refuses to let any file grow beyond 100 kB, as a full disk would."""
    limit = 100_000
    full = kb(
        "--home",
        str(tmp_path / "home"),
        "prepare",
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )
    said, _ = full.communicate(timeout=60)
    assert full.returncode == 1
    assert "Traceback" not in said
    assert "cannot be used" in said or "too large" in said
    after = kb("--home", str(tmp_path / "home"), "prepare")
    said, _ = after.communicate(timeout=120)
    assert after.returncode == 0, said


def test_a_port_in_use_is_said(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        made = kb("--home", str(tmp_path), "db", "upgrade")
        made.communicate(timeout=60)
        env_key = {"KB_SECRET_KEY": "x"}
        process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "kb.cli.main",
                "--home",
                str(tmp_path),
                "serve",
                "--port",
                str(port),
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=os.environ | env_key,
        )
        said, _ = process.communicate(timeout=60)
    assert process.returncode != 0
    assert "in use" in said
