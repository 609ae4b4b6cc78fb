"""What differs between two documents."""

from hypothesis import given, settings
from hypothesis import strategies as st

from kb.writing.difference import changes, word_changes
from tests.conftest import often


def told(before, after):
    return {
        ".".join(change.path): [(piece.how, piece.words) for piece in change.pieces]
        for change in changes(before, after)
    }


def test_the_same_documents_do_not_differ():
    document = {"facts": {"sites": [{"place": "Yako"}]}, "texts": {"en": {}}}
    assert changes(document, document) == []


def test_words_that_came_and_went_are_marked():
    old, new = {"how": "Dig small pits."}, {"how": "Dig deep pits."}
    assert told({"texts": {"en": old}}, {"texts": {"en": new}}) == {
        "texts.en.how": [
            ("same", "Dig "),
            ("removed", "small"),
            ("added", "deep"),
            ("same", " pits."),
        ]
    }


def test_words_without_spaces_are_marked_sign_by_sign():
    marked = word_changes("土壤有机碳", "土壤碳")
    assert [p.words for p in marked if p.how == "removed"] == ["有机"]


def test_rows_with_a_key_are_compared_wherever_they_stand():
    one, two = {"key": "a", "value": 1}, {"key": "b", "value": 2}
    assert told({"effects": [one, two]}, {"effects": [two, one | {"value": 3}]}) == {
        "effects.a.value": [("removed", "1"), ("added", "3")]
    }


def test_a_step_put_between_two_is_one_change():
    old, new = {"steps": ["Dig.", "Sow."]}, {"steps": ["Dig.", "Fill.", "Sow."]}
    assert told(old, new) == {"steps.2": [("added", "Fill.")]}


def test_codes_of_a_list_came_or_went():
    old, new = {"tags": {"soil": ["LX", "HS"]}}, {"tags": {"soil": ["LX", "CR"]}}
    assert told(old, new) == {"tags.soil": [("removed", "HS"), ("added", "CR")]}


def test_a_whole_row_that_went_is_told_field_by_field():
    gone = {"sites": [{"place": "Yako", "country": "BF"}]}
    assert told(gone, {"sites": []}) == {
        "sites.1.place": [("removed", "Yako")],
        "sites.1.country": [("removed", "BF")],
    }


@settings(max_examples=often(30, 300), deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_both_texts_can_be_read_from_the_pieces(before, after):
    pieces = word_changes(before, after)
    lines = {
        how: "".join(p.words for p in pieces if p.how in {"same", how})
        for how in ("removed", "added")
    }
    assert lines == {"removed": before, "added": after}
