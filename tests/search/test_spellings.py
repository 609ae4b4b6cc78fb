"""Words with a slip are found among thousands, and none but those."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.regions.spelling import slips
from kb.search.spellings import (
    MOST_SLIPS,
    Spellings,
    is_likely,
    slips_for,
    spellings_of,
)

WORDS = st.text("abcdeé", min_size=1, max_size=10)


@pytest.mark.parametrize(
    ("word", "allowed"),
    [
        ("soy", 0),
        ("soil", 1),
        ("soils", 1),
        ("compost", 1),
        ("cropping", 2),
        ("почва", 1),
        ("мост", 1),
        ("تربه", 1),
        ("ماء", 0),
        ("मृदा", 1),
        ("土壤侵蚀", 0),
        ("ดินเค็มมาก", 0),
        ("12345678", 0),
        ("h2so4so4", 0),
        ("a" * 41, 0),
        ("", 0),
    ],
)
def test_how_many_slips_are_looked_for(word, allowed):
    assert slips_for(word) == allowed


@pytest.mark.parametrize(
    ("word", "other", "likely"),
    [
        ("zaai", "zai", True),
        ("ston", "stone", True),
        ("snow", "slow", False),
        ("snow", "sow", False),
        ("maiz", "maid", False),
        ("maise", "maize", True),
        ("мост", "рост", True),
    ],
)
def test_a_short_latin_word_with_another_letter_is_another_word(word, other, likely):
    assert is_likely(word, other) == likely


@given(st.lists(WORDS, unique=True), WORDS)
def test_the_same_words_as_comparing_with_each(words, asked):
    most = slips_for(asked)
    expected = {(n, slips(asked, word, 2)) for n, word in enumerate(words)}
    wanted = {(n, count) for n, count in expected if 0 < count <= most}
    found = Spellings(spellings_of(words)).near(asked, most) if most else ()
    assert set(found) == wanted


@given(st.data())
def test_slips_lead_back_to_the_word(data):
    word = data.draw(st.text(min_size=8, max_size=20))
    asked = list(word)
    for _slip in range(data.draw(st.integers(1, MOST_SLIPS))):
        place = data.draw(st.integers(0, len(asked) - 2))
        match data.draw(st.sampled_from(["lost", "added", "changed", "swapped"])):
            case "lost":
                del asked[place]
            case "added":
                asked.insert(place, "x")
            case "changed":
                asked[place] = "x"
            case _:
                asked[place : place + 2] = asked[place + 1], asked[place]
    counted = slips("".join(asked), word, MOST_SLIPS)
    if 0 < counted <= MOST_SLIPS:
        found = Spellings(spellings_of(["other", word])).near(
            "".join(asked), MOST_SLIPS
        )
        assert found == [(1, counted)]
