"""Counts that wait in memory are written when the process ends."""

import subprocess
import sys

import pytest

from kb.settings import ROOT

ENDS = """
import atexit, os, signal, sys
from kb.database import open_database
from kb.entrance.counting import Counting
from kb.tally import Tally

def store(session, taken):
    os.kill(os.getpid(), signal.SIGQUIT)
    print("stored", taken["a"]["read"])

signal.signal(signal.SIGQUIT, lambda *_: sys.exit(0))
counting = Counting(open_database("sqlite://"), store, Tally())
atexit.register(counting.write_last)
counting.tally.add("a", {"read": 3})
"""


@pytest.mark.thorough
def test_a_process_that_is_asked_twice_to_end_writes_what_it_counted():
    ended = subprocess.run(
        [sys.executable, "-c", ENDS],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.stdout == "stored 3\n"
    assert "Traceback" not in ended.stderr
