"""What is known of each zone, from records with sites and with named land."""

import pytest

from kb.record.filed import read_filed
from kb.record.models import Status
from kb.record.whereabouts import read_whereabouts
from kb.record.zoning import Zoned, outcomes
from kb.regions.zones import ZONES
from tests.make import effect, record, vocabularies

SAVANNA = ZONES["hot-sub_humid-weathered"]
STEPPE = ZONES["hot-semi_arid-weathered"]
PEAT = ZONES["hot-sub_humid-peat"]


def site(**said):
    return {"place": "Kaya", "country": "BF"} | said


@pytest.fixture
def known(session):
    return vocabularies(session)


@pytest.fixture
def zoned(session):
    def read():
        session.flush()
        return Zoned(read_filed(session), read_whereabouts(session, lambda *_: {}))

    return read


def test_a_record_with_a_site_was_tried_in_its_zone(session, known, zoned):
    pits = record(session, known, "pits", sites=[site(climate="Aw", soil="LX")])
    within = zoned().within(SAVANNA)
    assert [spot.name for spot in within.tried[pits.id]] == ["Kaya"]
    assert within.all == (pits.id,)
    assert len(zoned().within(STEPPE)) == 0


def test_a_record_is_for_the_land_it_names_and_counted_once(session, known, zoned):
    tags = {"climate": ["Aw", "BSh"], "soil": ["LX"]}
    pits = record(
        session, known, "pits", tags=tags, sites=[site(climate="Aw", soil="LX")]
    )
    savanna, steppe = (zoned().within(zone) for zone in (SAVANNA, STEPPE))
    assert (set(savanna.tried), savanna.named) == ({pits.id}, ())
    assert (set(steppe.tried), steppe.named) == (set(), (pits.id,))


def test_a_site_of_unknown_soil_counts_for_its_climate_alone(session, known, zoned):
    story = record(session, known, "story", "story", sites=[site(climate="Aw")])
    assert len(zoned().within(SAVANNA)) == 0
    assert set(zoned().in_climate(SAVANNA.climate)) == {story.id}
    assert SAVANNA.climate in zoned().climates()


def test_what_is_not_public_or_names_half_is_in_no_zone(session, known, zoned):
    draft = record(session, known, "draft", tags={"climate": ["Aw"], "soil": ["LX"]})
    draft.status = Status.DRAFT
    record(session, known, "half", tags={"climate": ["Aw"]})
    assert len(zoned().within(SAVANNA)) == 0


def test_a_use_of_the_land_narrows_a_zone(session, known, zoned):
    land = {"climate": ["Aw"], "soil": ["LX"]}
    rice = record(session, known, "rice", tags=land | {"land_use": ["paddy"]})
    olives = record(
        session,
        known,
        "olives",
        sites=[site(climate="Aw", soil="LX", land_use="orchard_vine")],
    )
    every = zoned()
    assert set(every.within(SAVANNA).all) == {rice.id, olives.id}
    assert every.within(SAVANNA, "paddy").all == (rice.id,)
    assert every.within(SAVANNA, "orchard_vine").all == (olives.id,)
    assert every.uses(olives.id) == {"orchard_vine"}
    assert set(every.in_climate(SAVANNA.climate, "paddy")) == set()


def pooled(session, zoned, zone=SAVANNA):
    every = zoned()
    return outcomes(session, every, zone, every.within(zone).all)


def measured(*effects):
    return {
        "sites": [site(climate="Aw", soil="LX")],
        "effects": [effect(comparator="before") | one for one in effects],
    }


def test_results_of_a_practice_tried_there_are_pooled(session, known, zoned):
    results = measured({"key": "a", "value": 2}, {"key": "b", "value": 4})
    pits = record(session, known, "pits", **results)
    (one,) = pooled(session, zoned)
    assert one.record_id == pits.id
    assert (one.pooled.n, one.pooled.lowest, one.pooled.highest) == (2, 2, 4)
    assert one.pooled.effect == pytest.approx(3)


@pytest.mark.parametrize(
    "results",
    [
        measured({"value": 2}),
        measured({"key": "a", "value": 2}, {"key": "b", "unit": "percent"}),
        measured({"key": "a"}, {"key": "b", "comparator": "none"}),
        measured({"key": "a"}, {"key": "b", "wider": True}),
        measured({"key": "a"}, {"key": "b", "bound": "at_most"}),
        measured({"key": "a"}, {"key": "b"}) | {"sites": []},
        measured({"key": "a"}, {"key": "b"})
        | {"sites": [{"place": "x", "climate": "Aw", "soil": "HS"}]},
    ],
)
def test_what_cannot_be_pooled_is_not(session, known, zoned, results):
    record(session, known, "pits", **results)
    assert pooled(session, zoned) == []


def test_a_story_is_no_practice_and_is_not_pooled(session, known, zoned):
    results = measured({"key": "a", "value": 2}, {"key": "b", "value": 4})
    record(session, known, "story", "story", **results)
    assert pooled(session, zoned) == []
    assert pooled(session, zoned, PEAT) == []
