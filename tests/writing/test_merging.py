"""What two people wrote from the same document is brought together."""

from hypothesis import given, settings
from hypothesis import strategies as st

from kb.writing.merging import merged
from tests.conftest import often

BASE = {
    "facts": {"effects": [{"key": "a", "value": 1}, {"key": "b", "value": 2}]},
    "texts": {"en": {"title": "Pits", "how": "Dig.", "steps": ["One.", "Two."]}},
}


def changed(**said):
    return BASE | {"texts": {"en": BASE["texts"]["en"] | said}}


def effects(*rows):
    return {"facts": {"effects": list(rows)}, "texts": BASE["texts"]}


def test_changes_of_different_fields_are_both_kept():
    whole, clashes = merged(BASE, changed(title="Deep pits"), changed(how="Dig deep."))
    assert clashes == []
    assert whole == changed(title="Deep pits", how="Dig deep.")


def test_the_same_field_changed_by_both_is_told_and_mine_is_kept():
    whole, (clash,) = merged(BASE, changed(how="Mine."), changed(how="Theirs."))
    assert whole == changed(how="Mine.")
    assert clash.path == ("texts", "en", "how")
    assert (clash.base, clash.theirs, clash.mine) == ("Dig.", "Theirs.", "Mine.")


def test_rows_with_keys_are_brought_together_row_by_row():
    one, two = BASE["facts"]["effects"]
    mine = effects(one | {"value": 9}, two)
    theirs = effects(one, two, {"key": "c", "value": 3})
    whole, clashes = merged(BASE, mine, theirs)
    assert clashes == []
    assert whole == effects(one | {"value": 9}, two, {"key": "c", "value": 3})


def test_a_row_that_one_took_away_and_the_other_changed_is_told():
    one, two = BASE["facts"]["effects"]
    whole, (clash,) = merged(BASE, effects(one), effects(one, two | {"value": 7}))
    assert whole == effects(one)
    assert (clash.mine, clash.theirs) == (None, {"key": "b", "value": 7})


def test_steps_count_as_one_field():
    whole, (clash,) = merged(BASE, changed(steps=["One."]), changed(steps=["Three."]))
    assert clash.path == ("texts", "en", "steps")
    assert whole == changed(steps=["One."])


VALUES = st.recursive(
    st.integers(0, 2) | st.sampled_from(["a", "b"]),
    lambda inner: st.dictionaries(st.sampled_from("xyz"), inner, max_size=3),
    max_leaves=5,
)
DOCUMENTS = st.dictionaries(st.sampled_from("pqr"), VALUES, max_size=3)


@settings(max_examples=often(40, 400), deadline=None)
@given(DOCUMENTS, DOCUMENTS)
def test_who_changes_alone_is_always_taken_whole(base, mine):
    assert merged(base, mine, base) == (mine, [])
    assert merged(base, base, mine) == (mine, [])
    assert merged(base, mine, mine) == (mine, [])
