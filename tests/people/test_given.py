import pytest
from hypothesis import given as given_any
from hypothesis import settings
from hypothesis import strategies as st
from marshmallow import ValidationError

from kb.errors import NotValid
from kb.people.given import (
    DetailsSchema,
    NewPersonSchema,
    checked,
    folded_email,
    plain_name,
)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Awa@Farm.Example", "awa@farm.example"),
        ("  awa+soil@farm.example ", "awa+soil@farm.example"),
        ("awa@bücher.example", "awa@xn--bcher-kva.example"),
    ],
)
def test_an_address_has_one_spelling(typed, kept):
    assert folded_email(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "awa",
        "awa@",
        "@farm.example",
        "awa@farm",
        "awa@@farm.example",
        "awa@farm..example",
        "awa@farm.example\r\nBcc: all@farm.example",
        "awa\x00@farm.example",
        "a wa@farm.example",
        "awa@farm.example, b@c.example",
        "<awa@farm.example>",
        "a" * 65 + "@farm.example",
        "a@" + "b" * 300 + ".example",
        "\u202eawa@farm.example",
        "x" * 1_000_000,
    ],
)
def test_what_is_no_address_is_refused(typed):
    with pytest.raises(ValidationError):
        folded_email(typed)


@pytest.mark.parametrize("name", ["Awa Traoré", "عائشة", "小明", "Nguyễn 3", "Awa 🐄"])
def test_a_name_may_be_of_any_script(name):
    assert plain_name(f"  {name} ") == name


@pytest.mark.parametrize(
    "name",
    ["", "   ", "🐄", "a\x00b", "nimda \u202efdp", "\u2066x", "x" * 81, "\ud800a"],
)
def test_a_name_that_misleads_is_refused(name):
    with pytest.raises(ValidationError):
        plain_name(name)


@settings(max_examples=50)
@given_any(st.text())
def test_whatever_is_kept_of_a_name_is_kept_again(text):
    try:
        name = plain_name(text)
    except ValidationError:
        return
    assert plain_name(name) == name
    assert "\n" not in name


def test_what_a_form_holds_besides_is_left_out():
    form = {"name": "Awa", "email": "a@b.example", "confirmed": "1", "id": "7"}
    assert checked(NewPersonSchema(), form) == {"name": "Awa", "email": "a@b.example"}


def test_all_that_is_wrong_is_told_at_once():
    with pytest.raises(NotValid) as refused:
        checked(NewPersonSchema(), {"name": "", "email": "x"})
    assert set(refused.value.problems) == {"name", "email"}


def test_languages_are_one_list_without_doubles():
    form = {"name": "Awa", "language": "fr", "others": "HA, sw fr", "region": ""}
    assert checked(DetailsSchema(), form)["languages"] == "fr ha sw"
    with pytest.raises(NotValid):
        checked(DetailsSchema(), form | {"others": "<b>"})
