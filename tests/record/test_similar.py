"""Records like another one: what counts, what is said of it, what is left out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.record.filed import SCHEMES, Filed, last_change, read_filed
from kb.record.models import Status
from kb.record.similar import LEAST, MOST, Aspect, Likes
from kb.record.whereabouts import Spot, Whereabouts, read_whereabouts
from kb.regions.axes import AXES
from kb.regions.land_use import LAND_USES
from kb.regions.places import Place
from kb.regions.soil import GROUPS
from tests.make import record, vocabularies
from tests.regions.drawn import some

NOWHERE = Whereabouts((), {})


def filed(**codes):
    return Filed("practice", {name: list(values) for name, values in codes.items()})


PITS = {"purpose": ["water", "harvest"], "theme": ["pits"], "land_use": ["paddy"]}
FAR = {"purpose": ["shade"], "theme": ["trees"], "land_use": ["natural_forest"]}


def likes(*records, spots=()):
    return Likes(dict(enumerate(records)), Whereabouts(tuple(spots), {}))


def ids(found):
    return [one.record_id for one in found]


def said(similar):
    return [str(reason.words) for reason in similar.reasons]


def test_the_most_alike_comes_first_and_a_record_is_not_like_itself():
    almost = PITS | {"land_use": ["irrigated_annual"]}
    found = likes(filed(**PITS), filed(**FAR), filed(**almost), filed(**PITS)).of(0)
    assert ids(found) == [3, 2]
    assert found[0].score == pytest.approx(1)


def test_what_is_shared_is_said_the_rarest_first():
    many = [filed(purpose=["water"], theme=[f"t{n}"]) for n in range(5)]
    (one,) = likes(filed(**PITS), filed(**PITS), *many).of(0)
    assert said(one) == ["same purpose", "same theme", "same land use"]
    assert one.reasons[0].shared == ("purpose:harvest", "purpose:water")


def test_what_is_rare_counts_more_than_what_is_common():
    common = [filed(purpose=["carbon"], theme=[f"t{n}"]) for n in range(20)]
    asked = filed(purpose=["carbon", "salt"], theme=["x"])
    rare, plain = filed(purpose=["salt"], theme=["x"]), filed(purpose=["carbon"])
    found = likes(asked, plain, rare, *common).of(0)
    assert ids(found)[0] == 2


def test_land_alone_makes_nothing_similar():
    same_land = {"land_use": ["paddy"], "climate": ["Aw"], "soil": ["GL"]}
    a, b = filed(purpose=["a"], **same_land), filed(purpose=["b"], **same_land)
    assert likes(a, b).of(0) == []


def test_neighbours_are_left_out():
    three = likes(*(filed(**PITS) for _ in range(4)))
    assert ids(three.of(0, without=[1, 3, 99])) == [2]


def test_at_most_five_are_given():
    assert len(likes(*(filed(**PITS) for _ in range(9))).of(0)) == MOST == 5


def test_land_uses_that_stand_near_count_for_something():
    near = PITS | {"land_use": ["rainfed_annual_mechanised"]}
    asked = PITS | {"land_use": ["irrigated_annual"]}
    found = likes(filed(**asked), filed(**FAR), filed(**near)).of(0)
    assert said(found[0])[-1] == "nearly the same land use"


def spot(record_id, **parts):
    return Spot(record_id, "there", "BF", Place(**parts))


def test_where_both_were_tried_is_said():
    spots = [spot(0, climate={"BSh": 1}), spot(1, climate={"BSh": 1})]
    two = likes(filed(**PITS), filed(**PITS), spots=spots)
    assert said(two.of(0)[0])[-1] == "tried in the same climate"
    spots[1] = spot(1, climate={"Aw": 1})
    two = likes(filed(**PITS), filed(**PITS), spots=spots)
    assert said(two.of(0)[0])[-1].startswith("tried in")
    assert two.of(0)[0].score < 1


def test_sites_in_another_climate_are_not_called_similar():
    spots = [spot(0, climate={"BSh": 1}), spot(1, climate={"Dfc": 1})]
    (one,) = likes(filed(**PITS), filed(**PITS), spots=spots).of(0)
    assert not any("climate" in words for words in said(one))


def test_climates_and_soils_that_are_only_named_are_said_so():
    named = {"climate": ["BSh", "Aw"], "soil": ["LX"]}
    (one,) = likes(filed(**PITS, **named), filed(**PITS, **named)).of(0)
    assert said(one)[-1] == "for the same climates and soils"


def test_what_only_one_of_them_tells_counts_against_them():
    placed = filed(**PITS, climate=["BSh"])
    told = likes(filed(**PITS), filed(**PITS), placed).of(0)
    assert ids(told) == [1, 2]
    assert told[0].score == pytest.approx(1)
    assert told[1].score == pytest.approx(0.8)


def test_an_unknown_record_and_no_records_at_all_are_like_nothing():
    assert likes(filed(**PITS)).of(99) == []
    assert likes(filed()).of(0) == []
    assert Likes({}, NOWHERE).of(0) == []


CODES = {
    "purpose": ["p1", "p2", "p3"],
    "theme": ["t1", "t2", "t3"],
    "slm_group": ["g1", "g2"],
    "land_use": sorted(LAND_USES),
    "climate": sorted(AXES),
    "soil": sorted(GROUPS),
}
records = st.fixed_dictionaries(
    {s: st.lists(st.sampled_from(CODES[s]), unique=True, max_size=3) for s in SCHEMES}
)


@some
@given(
    st.lists(records, min_size=2, max_size=6),
    st.lists(st.tuples(st.integers(0, 5), st.sampled_from(sorted(AXES))), max_size=5),
)
def test_likeness_is_the_same_either_way_round_and_from_0_to_1(drawn, sites):
    spots = [spot(n, climate={code: 1.0}) for n, code in sites]
    every = likes(*(filed(**codes) for codes in drawn), spots=spots)
    scores = {
        (a, similar.record_id): similar.score
        for a in range(len(drawn))
        for similar in every.of(a)
    }
    for (a, b), score in scores.items():
        assert LEAST <= score <= 1 + 1e-9
        if len(drawn) <= MOST + 1:
            assert scores[b, a] == pytest.approx(score)


@some
@given(records)
def test_a_twin_is_entirely_alike(codes):
    twins = likes(filed(**codes), filed(**codes)).of(0)
    if codes["purpose"] or codes["theme"] or codes["slm_group"]:
        assert twins[0].score == pytest.approx(1)
    else:
        assert twins == []


def test_public_records_are_read_with_their_codes_in_one_query(session):
    known = vocabularies(session)
    pits = record(session, known, "pits", tags={"purpose": ["hold_water"]})
    bare = record(session, known, "bare")
    draft = record(session, known, "draft", tags={"purpose": ["hold_water"]})
    draft.status = Status.DRAFT
    session.flush()
    found = read_filed(session)
    assert found[pits.id].under("purpose", "theme") == {"purpose:hold_water"}
    assert found[bare.id].codes == {}
    assert draft.id not in found
    where = read_whereabouts(session, lambda *_: {})
    assert Likes(found, where).of(pits.id) == []


def test_a_change_is_seen_by_the_journal(session):
    assert last_change(session) == 0
    known = vocabularies(session)
    record(session, known, "pits")
    before = last_change(session)
    record(session, known, "bunds")
    assert last_change(session) > before > 0


def test_every_aspect_has_its_weight():
    assert {*Aspect} == {Aspect(a) for a in ("purpose", "theme", "land_use", "place")}
