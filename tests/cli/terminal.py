"""Running `kb` in a process of its own, as at a terminal."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen


def free_port():
    """Give a port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def kb(*words, cwd=None, before=None, **settings):
    """Start `kb` with these settings and no others."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("KB_")}
    return subprocess.Popen(
        [sys.executable, "-m", "kb.cli", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=cwd,
        env=kept | settings,
        preexec_fn=before,  # noqa: PLW1509  (sets a limit, no more)
    )


PATIENCE_SECONDS = 600
"""A machine that does much else at a time may be very slow; this is no measurement."""


def first_answer(address, process):
    """Wait for the first answer at an address; give its text."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        try:
            with urlopen(address, timeout=PATIENCE_SECONDS) as reply:
                return reply.read().decode()
        except URLError:
            assert process.poll() is None, process.stdout.read()
            time.sleep(0.1)
    raise AssertionError(f"no answer within {PATIENCE_SECONDS} seconds")


def children(process):
    """Give the numbers of the processes that one has begun, the first one first."""
    begun = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text()
    return [int(number) for number in begun.split()]


def wait_until(done):
    """Wait for something to come true."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not done():
        assert time.monotonic() < deadline, f"not within {PATIENCE_SECONDS} seconds"
        time.sleep(0.05)
