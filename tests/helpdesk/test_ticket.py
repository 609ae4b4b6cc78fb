"""The code of a question: read aloud, typed in any script, wrong ones found."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from kb.helpdesk.ticket import check_of, heard, new_code, spoken
from tests.conftest import often

CODES = st.integers(0, 10**8 - 1).map(lambda n: f"{n:08}{check_of(f'{n:08}')}")


@settings(max_examples=often(30, 300), deadline=None)
@given(CODES, st.integers(0, 8), st.integers(1, 9))
def test_a_wrong_digit_or_two_that_changed_places_are_found(code, at, off):
    assert heard(code) == code
    digit = (int(code[at]) + off) % 10
    assert heard(f"{code[:at]}{digit}{code[at + 1 :]}") == ""
    for first, (a, b) in enumerate(pairwise(code)):
        swapped = f"{code[:first]}{b}{a}{code[first + 2 :]}"
        assert (heard(swapped) == "") == (a != b)


def test_a_code_is_understood_however_it_is_written():
    code = new_code()
    assert len(code) == 9
    eastern = code.translate({48 + n: 0x660 + n for n in range(10)})
    for typed in (spoken(code), f" {code[:4]}-{code[4:]} ", eastern, f"no. {code}"):
        assert heard(typed) == code
    for wrong in ("", "\x00", code[:8], code + "1", "²" * 9, "9" * 1_000_000):
        assert heard(wrong) == ""
