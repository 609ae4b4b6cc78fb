"""Zones: which there are, which one a place lies in, what they are called."""

import pytest
from flask import Flask
from flask_babel import Babel, force_locale
from hypothesis import given

from kb.language import INTERFACE
from kb.regions.axes import AXES
from kb.regions.likeness import Facet
from kb.regions.places import Place, Provenance
from kb.regions.questions import place_from
from kb.regions.similarity import alike
from kb.regions.soil import FAMILY, GROUPS, Behaviour
from kb.regions.zones import (
    CLIMATES,
    HEAT_LIMITS,
    SOILS,
    ZONES,
    Climate,
    Heat,
    Season,
    Zone,
    classes_of,
    climate_of,
    climates_within,
    heat_band,
    on_earth,
    typical,
    zone_of,
    zones_named,
    zones_tried,
)
from kb.settings import shipped
from tests.regions.drawn import places, some


def place(**parts):
    return Place.known(Provenance.USER, **parts)


def test_there_are_180_zones_with_codes_that_can_stand_in_an_address():
    assert len(ZONES) == 5 * 4 * 9 == 180
    assert all(code.replace("_", "-").replace("-", "").isalpha() for code in ZONES)
    assert all(ZONES[code].code == code for code in ZONES)


def test_the_bands_of_heat_part_where_no_class_lies():
    ends = list(HEAT_LIMITS.values())
    assert ends == sorted(ends)
    for axes in AXES.values():
        assert all(abs(axes.heat - end) >= 0.14 for end in ends)
    found = {code: heat_band(axes.heat) for code, axes in AXES.items()}
    assert {found[c] for c in ("ET", "Dfc", "Dwd")} == {Heat.COLD}
    assert {found[c] for c in ("Dfb", "Dwa", "Cfc")} == {Heat.COOL}
    assert {found[c] for c in ("Cfb", "Csb", "BSk", "BWk")} == {Heat.MILD}
    assert {found[c] for c in ("Csa", "Cfa", "Cwb")} == {Heat.WARM}
    assert {found[c] for c in ("Af", "Aw", "BSh", "BWh", "Cwa")} == {Heat.HOT}


@pytest.mark.parametrize(
    ("frost", "months", "code"),
    [
        ("never", "arid", "hot-arid"),
        ("never", "humid", "hot-humid"),
        ("some_nights", "semi_arid", "warm-semi_arid"),
        ("long_winter", "sub_humid", "cool-sub_humid"),
        ("always_frozen", "semi_arid", "cold-semi_arid"),
    ],
)
@pytest.mark.parametrize(
    ("soil", "family"), [("peat", "peat"), ("cracking_clay", "cracking")]
)
def test_four_simple_answers_lead_to_a_zone(frost, months, code, soil, family):
    said = place_from({"frost": frost, "months": months, "soil": soil})
    assert zone_of(said).code == f"{code}-{family}"


def test_a_place_known_by_shares_lies_in_the_likeliest_zone():
    yatenga = place(climate={"BSh": 0.8, "Aw": 0.2}, soil={"LX": 0.6, "LV": 0.4})
    assert zone_of(yatenga).code == "hot-semi_arid-weathered"
    assert zone_of(place(climate={"Cfb": 1}, soil={"HS": 1})).soil == "peat"


@pytest.mark.parametrize(
    "too_little",
    [
        Place(),
        place(climate={"Aw": 1}),
        place(soil={"LX": 1}),
        place(heat=5.0, soil={"LX": 1}),
        place(climate={"EF": 1}, soil={"LX": 1}),
        place(climate={"Aw": 1}, soil={"TC": 1}),
        place(climate={"Dfc": 1}, soil={"CR": 1}),
    ],
)
def test_of_too_little_no_zone_is_said(too_little):
    assert zone_of(too_little) is None
    assert zones_tried(too_little) == frozenset()


def test_a_soil_known_by_what_it_does_is_enough():
    salty = Behaviour(0.5, 0.5, 0.9, 0.5, 0.7, 0.2, 1.0)
    assert zone_of(place(climate={"BWh": 1}, behaviour=salty)).soil == "salty"


@some
@given(places())
def test_any_place_has_a_zone_of_the_list_or_none(drawn):
    zone, climate = zone_of(drawn), climate_of(drawn)
    assert zone is None or ZONES[zone.code] == zone
    assert climate is None or climate in CLIMATES
    assert all(ZONES[z.code] == z for z in zones_tried(drawn))


def test_a_record_is_for_every_named_climate_with_every_named_soil():
    found = {zone.code for zone in zones_named(["Aw"], ["LX", "AR", "TC"])}
    assert found == {
        "hot-sub_humid-weathered",
        "hot-semi_arid-weathered",
        "hot-sub_humid-sandy",
        "hot-semi_arid-sandy",
    }
    assert zones_named(["Aw"], []) == zones_named([], ["LX"]) == frozenset()
    assert zones_named(["EF"], ["LX"]) == frozenset()


def test_a_site_stands_for_its_soil_and_not_for_all_its_record_names():
    climate = {"BSh": 1.0}
    one = zones_tried(place(climate=climate, soil={"LX": 1, "LV": 1}))
    assert {zone.soil for zone in one} == {"weathered", "ordinary"}
    every = place(climate=climate, soil=dict.fromkeys(GROUPS, 1.0))
    assert zones_tried(every) <= {Zone(Climate(Heat.HOT, Season.SEMI_ARID), "ordinary")}


def test_the_climates_on_earth_are_those_of_the_classes():
    assert len(on_earth()) == 14
    assert Climate(Heat.HOT, Season.ARID) in on_earth()
    assert Climate(Heat.COLD, Season.HUMID) not in on_earth()
    assert climates_within("EF") == ()


@pytest.mark.parametrize("soil", SOILS)
def test_a_typical_place_lies_in_its_zone(soil):
    for climate in CLIMATES:
        holds_for(Zone(climate, soil))


def holds_for(zone):
    classes, groups = classes_of(zone)
    assert {FAMILY[group] for group in groups} == {zone.soil}
    stands = typical(zone)
    assert (stands is None) == (zone.climate not in on_earth())
    if stands is not None:
        assert set(stands.climate) == set(classes)
        assert heat_band(stands.axes[0]) is zone.climate.heat
        assert zone_of(stands).soil == zone.soil


def test_a_site_in_a_zone_is_like_its_typical_place():
    zone = ZONES["hot-semi_arid-weathered"]
    site = place(climate={"BSh": 1}, soil={"LX": 1})
    assert alike(typical(zone), site).facets[Facet.CLIMATE] > 0.8


@pytest.fixture(scope="module")
def translated():
    app = Flask("names of zones")
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(shipped("translations"))
    Babel(app)
    with app.test_request_context():
        yield


def test_every_zone_has_a_name_of_its_own_in_every_language(translated):
    every = {}
    for language in INTERFACE:
        with force_locale(language):
            every[language] = {str(zone.words) for zone in ZONES.values()}
        assert len(every[language]) == 180
    assert "hot, semi-arid: sandy soils" in every["en"]
    for language in set(INTERFACE) - {"en"}:
        assert not every[language] & every["en"]
    assert all(len(SOILS) == 9 for _ in every)
