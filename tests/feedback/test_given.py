import doctest

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marshmallow import ValidationError

from kb.feedback import given as module
from kb.feedback import written
from kb.feedback.choices import DAYS, REPORTS
from kb.feedback.given import LONGEST_WORDS, figure, plain_words
from tests.conftest import often


def test_the_examples_are_right():
    for each in (module, written):
        assert doctest.testmod(each).failed == 0


def test_every_kind_of_report_has_its_clock():
    assert set(DAYS) == set(REPORTS)
    assert DAYS["danger"] < DAYS["error"]


@settings(max_examples=often(50, 500), deadline=None)
@given(st.text(max_size=300))
def test_words_keep_all_that_can_be_seen_and_stay_as_they_are(words):
    kept = plain_words(words)
    assert plain_words(kept) == kept
    assert not {"\x00", "\r", "\u202e"} & set(kept)
    kept.encode()


def test_too_many_words_are_refused():
    assert plain_words("é" * LONGEST_WORDS)
    with pytest.raises(ValidationError):
        plain_words("é" * (LONGEST_WORDS + 1))


@pytest.mark.parametrize(
    ("written_so", "value"),
    [("2,5", 2.5), ("\u0662\u066b\u0665", 2.5), ("\u22123", -3), (" 1 000 ", 1000)],
)
def test_figures_are_read_as_people_write_them(written_so, value):
    assert figure(written_so, low=-9, high=1000) == value


@pytest.mark.parametrize("odd", ["nan", "inf", "1e9", "1_0", "two", "0x1", "1,2,3"])
def test_what_is_no_figure_is_refused(odd):
    with pytest.raises(ValidationError):
        figure(odd, low=-9, high=1000)
