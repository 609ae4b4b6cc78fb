"""How much of the tests is tried, and when."""

import os
import subprocess
import sys

import pytest

from kb.settings import ROOT

FILE = "tests/search/test_every_index.py"


def collected(*asked, **settings):
    """Give the tests that pytest would run."""
    kept = {k: v for k, v in os.environ.items() if k[:7] not in {"HUMUS_T", "PYTEST_"}}
    said = subprocess.run(
        [sys.executable, "-m", "pytest", "-n0", "-q", "--collect-only", *asked],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=kept | settings,
        check=True,
    )
    return {line for line in said.stdout.splitlines() if "::" in line}


def statements(cases):
    return {case.partition("[")[0] for case in cases}


@pytest.mark.thorough
def test_each_statement_is_tried_once_or_in_all_its_cases():
    usual, named = collected(), collected(FILE)
    whole = collected(HUMUS_THOROUGH="1")
    assert usual | named < whole
    assert len(statements(usual)) == len(usual)
    assert not any("postgresql" in case for case in usual)
    assert named == {case for case in whole if case.startswith(FILE)}
    left = statements(whole) - statements(usual)
    assert len(left) < len(statements(whole)) / 7
