import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.regions.spelling import (
    BUCKETS,
    LONGEST,
    packs_of_pieces,
    pieces,
    slips,
    slips_allowed,
    spelled,
    unhurt,
)

LETTERS = "abcdeé "
words = st.text(LETTERS, min_size=1, max_size=16).map(spelled).filter(bool)


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("N'Djaména", "ndjamena"),
        ("N\u2019Djamena", "ndjamena"),
        ("Saint-Louis", "saint louis"),
        ("  SÃO   Paulo ", "sao paulo"),
        ("القاهرة", "القاهره"),
        ("दिल्ली", "दिल्ली"),
        ("北京市", "北京市"),
        ("a\x00b", "a b"),
        ("!?-_", ""),
        ("", ""),
    ],
)
def test_names_have_one_form_to_compare(written, form):
    assert spelled(written) == form


@pytest.mark.thorough
@given(st.text(max_size=80))
def test_the_form_of_a_form_is_the_form(name):
    form = spelled(name)
    assert spelled(form) == form
    assert len(form) <= LONGEST
    assert form == form.strip()


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        ("maradi", "maradi", 0),
        ("maradi", "marradi", 1),
        ("maradi", "mradi", 1),
        ("maradi", "maredi", 1),
        ("maradi", "maardi", 1),
        ("maradi", "amaradi", 1),
        ("maradi", "mraada", 2),
        ("maradi", "kano", 3),
    ],
)
def test_slips_are_counted_up_to_one_more_than_wanted(one, other, count):
    assert slips(one, other, 2) == slips(other, one, 2) == count


@given(words, st.data())
def test_a_name_with_as_many_slips_as_it_may_hold_shares_a_piece(name, data):
    asked = name
    for _slip in range(slips_allowed(len(name))):
        asked = slipped(asked, data)
    if slips(name, asked, 2) <= slips_allowed(len(name)):
        assert name == asked or not pieces(name) or unhurt(asked) & set(pieces(name))


def slipped(word, data):
    place = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from(LETTERS))
    ways = (
        word[:place] + word[place + 1 :],
        word[:place] + letter + word[place:],
        word[:place] + letter + word[place + 1 :],
    )
    return data.draw(st.sampled_from(ways))


@given(words.filter(lambda word: len(word) > 3), st.data())
def test_neighbours_that_changed_places_leave_a_piece_to_find(name, data):
    place = data.draw(st.integers(0, len(name) - 2))
    swapped = name[:place] + name[place + 1] + name[place] + name[place + 2 :]
    assert slips(name, swapped, 1) <= 1
    assert unhurt(swapped) & set(pieces(name))


@pytest.mark.parametrize("name", ["", "ab", "abc"])
def test_short_names_allow_no_slip(name):
    assert slips_allowed(len(name)) == 0
    assert list(pieces(name)) == []


def test_packs_hold_the_names_that_have_a_piece():
    forms = [
        "mara",
        "maradi",
        "ouahigouya",
        "ouahigouyo",
        "ab",
        "北京市北京",
        "x" * LONGEST,
    ]
    packs = [b""] * BUCKETS
    for number, form in enumerate(forms, 1):
        for piece in pieces(form):
            packs[piece] += bytes([number, 0, 0, 0])
    assert packs_of_pieces(forms) == packs
