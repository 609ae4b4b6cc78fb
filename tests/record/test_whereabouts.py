"""Records as they stand to a reader's place."""

import pytest
from sqlalchemy import select

from kb.kinds import KINDS
from kb.record.models import Record, Status
from kb.record.service import relate
from kb.record.whereabouts import read_whereabouts
from kb.regions.likeness import Band
from kb.regions.places import Place, Provenance
from kb.search.document import Query
from kb.search.service import search
from kb.worker import rebuild_all
from tests.make import CODES, record, vocabularies, words

SAHEL = Place.known(
    Provenance.USER,
    climate={"BSh": 0.9, "Aw": 0.1},
    soil={"LX": 1.0},
    land_use="orchard_vine",
)
ENGLAND = Place.known(Provenance.USER, climate={"Cfb": 1.0})


class OnTheMap:
    """A map of the world with a line at 30 degrees north, another of soils."""

    def climate_at(self, point):
        return {"Cfb": 1.0} if point.latitude > 30 else {"BSh": 1.0}

    def soil_at(self, point):
        return {"VR": 1.0} if point.latitude < 0 else {}

    def figures_at(self, point):
        return {"map_mm": 900.0} if point.latitude < 0 else {}


def site(place="Yatenga", **said):
    return {"place": place, "country": "BF"} | said


@pytest.fixture
def known(session):
    return vocabularies(session)


def seen(session, place=SAHEL):
    session.flush()
    return read_whereabouts(session, OnTheMap()).seen_from(place)


def test_the_site_most_like_the_place_stands_for_a_record(session, known):
    pits = record(
        session,
        known,
        "pits",
        sites=[
            site("Hampshire", country="GB", latitude=51, longitude=-1, precision_km=9),
            site("Yatenga", climate="BSh", soil="LX", land_use="orchard_vine"),
        ],
    )
    match = seen(session).match(pits.id)
    assert (match.spot.name, match.spot.country) == ("Yatenga", "BF")
    assert match.band is Band.VERY_LIKE
    assert match.likeness.reasons
    assert [m.spot.name for m in seen(session).sites_like(pits.id)] == ["Yatenga"]
    assert seen(session, ENGLAND).match(pits.id).spot.name == "Hampshire"


def test_what_a_site_does_not_say_is_taken_from_the_map_and_the_record(session, known):
    record(
        session,
        known,
        "pits",
        tags={"soil": ["LX"], "land_use": ["paddy"]},
        sites=[site(latitude=13.6, longitude=-2.4, precision_km=9)],
    )
    (spot,) = read_whereabouts(session, OnTheMap()).spots
    assert spot.place.climate == {"BSh": 1.0}
    assert spot.place.soil == {"LX": 1.0}
    assert spot.place.land_use == "paddy"
    assert spot.place.provenance["climate"] is Provenance.MAP
    assert spot.place.provenance["soil"] is Provenance.DERIVED


def test_what_an_administrator_loaded_goes_before_what_the_record_is_for(
    session, known
):
    there = {"latitude": -10, "longitude": 30, "precision_km": 9}
    record(session, known, "pits", tags={"soil": ["LX"]}, sites=[site(**there)])
    (spot,) = read_whereabouts(session, OnTheMap()).spots
    assert spot.place.soil == {"VR": 1.0}
    assert spot.place.map_mm == 900


def test_a_record_tried_nowhere_is_held_by_the_land_it_names(session, known):
    dry = record(session, known, "dry", tags={"climate": ["BSh", "Aw"], "soil": ["LX"]})
    wet = record(session, known, "wet", tags={"soil": ["HS"]})
    near = seen(session)
    assert near.match(dry.id).spot is None
    assert near.match(dry.id).band is Band.LIKE
    assert near.score(dry.id) > 0.7 > near.score(wet.id)
    said = [str(reason.words) for reason in near.match(dry.id).likeness.reasons]
    assert said == ["named for your climate", "named for soils like yours"]
    said = [str(reason.words) for reason in near.match(wet.id).likeness.reasons]
    assert said == ["named for other soils"]


def test_a_story_is_a_place_where_the_practice_it_uses_was_tried(session, known):
    pits = record(session, known, "pits")
    told = record(session, known, "told", "story", sites=[site(climate="BSh")], **BEGAN)
    relate(session, told, [{"kind": "uses", "to": "pits"}], {"pits": pits.id})
    match = seen(session).match(pits.id)
    assert match.band is Band.LIKE
    assert (match.spot.name, match.spot.told_in) == ("Yatenga", told.ref)
    assert seen(session).match(told.id).spot.told_in == ""


def test_a_hard_limit_excludes_whatever_is_alike(session, known):
    dry = replace_place(map_mm=450)
    pits = record(
        session,
        known,
        "pits",
        sites=[site(climate="BSh", soil="LX", land_use="orchard_vine")],
        limits=[
            {
                "key": "rain",
                "limit": "rainfall",
                "at_least": 700,
                "unit": "mm_yr",
                "source": "study",
            }
        ],
        texts={"en": words("Pits", limits={"rain": "It needs rain."})},
    )
    session.flush()
    limits = KINDS["practice"].hard_limits(session)
    near = read_whereabouts(session, OnTheMap(), limits).seen_from(dry)
    assert near.score(pits.id) == 0.0
    assert near.match(pits.id).band is Band.NONE
    assert [str(b.words) for b in near.match(pits.id).broken] == [
        "too little rain here"
    ]
    wet = read_whereabouts(session, OnTheMap(), limits).seen_from(
        replace_place(map_mm=800)
    )
    assert wet.match(pits.id).band is Band.VERY_LIKE


def replace_place(**said):
    return SAHEL.but(Provenance.USER, **said)


def test_nothing_is_said_of_a_record_without_places(session, known):
    plain = record(session, known, "plain", "answer", **ANSWER)
    assert seen(session).match(plain.id) is None
    assert seen(session).score(plain.id) is None
    assert seen(session, Place()).match(plain.id) is None


BEGAN = {"began": 2001}
ANSWER = {"texts": {"en": words("Why?")}}


def test_what_is_not_public_is_not_compared(session, known):
    draft = record(session, known, "draft", sites=[site(climate="BSh")])
    draft.status = Status.DRAFT
    session.flush()
    assert read_whereabouts(session, OnTheMap()).spots == ()


@pytest.fixture
def index(empty, session, known):
    common = {"texts": {"en": words("Stone bunds")}}
    record(session, known, "a", number=1, sites=[site(climate="Aw")], **common)
    record(session, known, "b", number=2, sites=[site(climate="BSh")], **common)
    record(session, known, "c", number=3, **common)
    session.commit()
    index = empty.office.index
    rebuild_all(empty.office.database, index)
    return index


def refs(results):
    return [shown.record.ref for shown in results.shown]


@pytest.mark.parametrize("asked", ["bunds", ""])
def test_results_from_places_alike_come_first(session, index, asked):
    assert "Aw" in CODES["climate"]
    near = seen(session, Place.known(Provenance.USER, climate={"BSh": 1.0}))
    placed = search(session, index, Query(asked), near)
    assert refs(search(session, index, Query(asked))) == ["P-1", "P-2", "P-3"]
    assert refs(placed)[0] == "P-2"
    assert placed.by_place
    bands = {s.record.ref: s.match and s.match.band for s in placed.shown}
    assert bands == {"P-1": Band.LIKE, "P-2": Band.LIKE, "P-3": None}


def test_another_order_stays_as_asked(session, index):
    near = seen(session, Place.known(Provenance.USER, climate={"BSh": 1.0}))
    results = search(session, index, Query("bunds", sort="title"), near)
    assert refs(results) == ["P-1", "P-2", "P-3"]
    assert not results.by_place
    assert results.shown[1].match.band is Band.LIKE


def test_the_nearest_come_first_whatever_fits_the_words(empty, session, index, known):
    wet = {"key": "wet", "limit": "rainfall", "at_most": 500.0}
    wet |= {"unit": "mm_yr", "source": "study"}
    record(session, known, "d", number=4, sites=[site(climate="BSh")], limits=[wet])
    session.commit()
    rebuild_all(empty.office.database, index)
    here = Place.known(Provenance.USER, climate={"BSh": 1.0}, map_mm=900.0)
    near = seen_with_limits(session, here)
    results = search(session, index, Query(sort="nearest"), near)
    assert refs(results) == ["P-2", "P-1", "P-3", "P-4"]
    assert results.by_place
    second = search(session, index, Query(sort="nearest", page=2, per_page=1), near)
    assert refs(second) == ["P-1"]


def seen_with_limits(session, place):
    limits = KINDS["practice"].hard_limits(session)
    return read_whereabouts(session, OnTheMap(), limits).seen_from(place)


def test_without_a_place_the_best_come_first_and_it_is_said(session, index):
    results = search(session, index, Query("bunds", sort="nearest"))
    assert (results.unplaced, results.query.sort) == (True, "best")
    assert refs(results) == ["P-1", "P-2", "P-3"]


def test_all_scores_at_once_are_those_of_each(session, known):
    wet = {"key": "wet", "limit": "rainfall", "at_most": 500.0}
    wet |= {"unit": "mm_yr", "source": "study"}
    tags = {"land_use": ["paddy"], "climate": ["BSh"], "soil": ["LX"]}
    for number, said in enumerate(
        [
            {"sites": [site(climate="BSh"), site(climate="Aw", soil="HS")]},
            {"tags": tags},
            {"tags": tags, "sites": [site(climate="Aw")]},
            {"sites": [site(climate="BSh")], "limits": [wet]},
            {"limits": [wet]},
            {},
        ]
    ):
        record(session, known, f"r{number}", number=number + 1, **said)
    session.flush()
    for place in (SAHEL, ENGLAND, SAHEL.but(Provenance.USER, map_mm=900.0), Place()):
        near = seen_with_limits(session, place)
        scores = near.scores()
        for record_id in session.scalars(select(Record.id)):
            one = near.score(record_id)
            told = -1.0 if near.broken(record_id) else round(one or 0.0, 4)
            assert scores.get(record_id, 0.0) == told


def test_pages_by_place_hold_every_record_once(session, index):
    near = seen(session)
    pages = [search(session, index, Query(page=n, per_page=1), near) for n in (1, 2, 3)]
    assert sorted(ref for page in pages for ref in refs(page)) == ["P-1", "P-2", "P-3"]
    assert {page.total for page in pages} == {3}
