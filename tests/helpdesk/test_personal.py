"""What may tell who somebody is: a table of cases, and that nothing else is touched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.helpdesk.personal import TAKEN_OUT, Clues, found, pieces, without

CLUES = Clues(
    names=["Awa Traoré"],
    places=["Yako"],
    is_place={"Gourcy", "Ouahigouya"}.__contains__,
    wide={"burkina faso"},
)
CASES = [
    ("The pits are dry. Write awa.t@mail.example.", [("email", "awa.t@mail.example")]),
    ("See www.face.example/awa now", [("link", "www.face.example/awa")]),
    ("I am @awafarm there", [("link", "@awafarm")]),
    ("Call +226 70 12 34 56, please", [("phone", "+226 70 12 34 56")]),
    ("Call (0226) 70-12-34-56", [("phone", "(0226) 70-12-34-56")]),
    ("اتصل ٠١٢٣٤٥٦٧٨٩", [("phone", "٠١٢٣٤٥٦٧٨٩")]),
    ("Sown 2026-07-01, cut 01/10/2026, since 2019-2023", []),
    ("It gave 2500 kg/ha and 12.5 t in 2 years", []),
    ("At 12.9561, -2.2564 it floods", [("place", "12.9561, -2.2564")]),
    ("near 12° 57' 22\" N", [("place", "12° 57' 22\" N")]),
    ("the slope behind yako is dry", [("place", "yako")]),
    ("fields near Gourcy are dry", [("place", "Gourcy")]),
    ("I am awa traoré", [("name", "awa traoré")]),
    ("Traoré told so", [("name", "Traoré")]),
    ("je m'appelle issa", [("name", "issa")]),
    ("my name is Fatou Diallo and", [("name", "Fatou Diallo")]),
    ("اسمي فاطمة", [("name", "فاطمة")]),
    ("ask Mme Ouedraogo", [("name", "Ouedraogo")]),
    ("my neighbour Moussa Kone says", [("name", "Moussa Kone")]),
    ("How far apart do pits stand in Burkina Faso?", []),
    ("Zai works. Compost too.", []),
    ("", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said"), CASES)
def test_what_is_found(text, said):
    assert [(spot.sort, spot.words) for spot in found(text, CLUES)] == said


def test_only_what_was_chosen_is_taken_out_wherever_it_stands():
    text = "Awa Traoré, 70 12 34 56, and once more: 70 12 34 56"
    spots = found(text, CLUES)
    assert without(text, spots, []) == text
    left = without(text, spots, ["70 12 34 56"])
    assert left == f"Awa Traoré, {TAKEN_OUT}, and once more: {TAKEN_OUT}"


@given(st.text(alphabet="aZ é@.+-07٣ \n'’،Mrx", max_size=200))
def test_any_text_is_cut_into_pieces_that_make_it_up_again(text):
    spots = found(text, CLUES)
    assert "".join(words for words, _found in pieces(text, spots)) == text
    assert all(text[one.start : one.end] == one.words for one in spots)


def test_a_long_text_is_read_at_once():
    for text in (
        "Aa " * 2000,
        "1 " * 3000,
        "a." * 3000,
        "M. a" * 1500,
        "x@" * 3000,
        CASES[4][0] * 9000,
    ):
        without(text, found(text, CLUES), [])
