"""Every check of the security list is answered for, and what is named exists."""

import re

from kb.settings import ROOT
from tests.security.lines import NOT_YET, PARTLY, PROVEN

PARTS = {"A": 11, "C": 8, "I": 5, "U": 7, "T": 6, "P": 7, "E": 6, "M": 7, "S": 5}
PARTS |= {"K": 4, "R": 7, "G": 4, "L": 3}
ALL = {f"{part}{n}" for part, many in PARTS.items() for n in range(1, many + 1)}
LEAST = 59
"""Checks that are proven; there are never fewer again."""


def test_each_of_the_80_checks_is_answered_for_once():
    assert len(ALL) == 80
    assert set(PROVEN) | set(NOT_YET) == ALL
    assert not set(PROVEN) & set(NOT_YET)
    assert set(PARTLY) <= set(PROVEN)
    assert all(PROVEN.values())
    assert all(NOT_YET.values())


def test_every_test_that_is_named_exists():
    named = {one for tests in PROVEN.values() for one in tests}
    texts = {}
    for file, _, test in (one.partition("::") for one in named):
        path = ROOT / "tests" / file
        text = texts.setdefault(file, path.read_text() if path.exists() else "")
        assert re.search(rf"^def {test}\(", text, re.MULTILINE), f"{file}::{test}"


def test_no_check_is_lost_again():
    assert len(PROVEN) >= LEAST
