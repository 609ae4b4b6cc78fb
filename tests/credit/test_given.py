"""ORCID iDs and names, as people type them."""

import pytest
from hypothesis import given, strategies
from marshmallow import ValidationError

from kb.credit.given import ContributorSchema, NamingSchema, orcid_of
from kb.errors import NotValid
from kb.people.given import checked

RIGHT = "0000-0002-1825-0097"
"""The example of ORCID's own description."""


@pytest.mark.parametrize(
    "typed",
    [
        RIGHT,
        "0000000218250097",
        f"https://orcid.org/{RIGHT}",
        f" HTTP://www.orcid.org/{RIGHT}/ ",
    ],
)
def test_an_orcid_is_taken_however_it_is_typed(typed):
    assert orcid_of(typed) == RIGHT


def test_the_last_sign_may_be_an_x():
    assert orcid_of("0000-0002-9079-593x") == "0000-0002-9079-593X"


@pytest.mark.parametrize(
    "typed",
    [
        "0000-0002-1825-0098",
        "0000-0002-1825-009",
        "0000-0002-1825-00977",
        "X000-0002-1825-0097",
        "https://orcid.evil.example/0000-0002-1825-0097",
        "٠٠٠٠-0002-1825-0097",
        "0000-0002-1825-0097\x00",
        "-" * 16,
        "0" * 5000,
    ],
)
def test_what_is_no_orcid_is_refused(typed):
    with pytest.raises(ValidationError):
        orcid_of(typed)


@given(strategies.integers(0, 15), strategies.integers(0, 9))
def test_one_wrong_digit_is_always_noticed(at, digit):
    signs = RIGHT.replace("-", "")
    wrong = f"{signs[:at]}{digit}{signs[at + 1 :]}"
    if wrong == signs:
        assert orcid_of(wrong) == RIGHT
    else:
        with pytest.raises(ValidationError):
            orcid_of(wrong)


def problems(schema, **typed):
    with pytest.raises(NotValid) as refused:
        checked(schema, typed)
    return set(refused.value.problems)


def test_no_name_is_an_answer_but_an_orcid_names_somebody():
    assert checked(NamingSchema(), {"name": " "}) == {"name": "", "orcid": ""}
    assert problems(NamingSchema(), name="", orcid=RIGHT) == {"orcid"}


@pytest.mark.parametrize("name", ["x" * 81, "\u202eawA", "A\x00", "...", "A\x07B"])
def test_a_name_is_a_line_that_all_can_read(name):
    assert problems(NamingSchema(), name=name) == {"name"}


@pytest.mark.parametrize("role", ["", "owner", "author\x00", "AUTHOR"])
def test_a_share_is_one_of_five(role):
    assert problems(ContributorSchema(), role=role) == {"role"}


def test_nobody_is_named_unasked_and_a_translation_has_a_language():
    named = {"name": "Moussa"}
    assert problems(ContributorSchema(), role="land_user", **named) == {"agreed"}
    assert problems(ContributorSchema(), role="translator") == {"language"}
    wrong = {"role": "translator", "language": "fr; DROP"}
    assert problems(ContributorSchema(), **wrong) == {"language"}
    nobody = checked(ContributorSchema(), {"role": "land_user"})
    assert (nobody["name"], nobody["orcid"]) == ("", "")
