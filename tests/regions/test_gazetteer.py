"""Places found by name, in a gazetteer made from every tenth larger town."""

import os
import random
import sqlite3
import unicodedata
from contextlib import closing, suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from kb.errors import Unavailable
from kb.regions.gazetteer import FILE, Gazetteer
from kb.regions.gazetteer_build import places_listed, write_gazetteer
from kb.regions.models import Region

NEEDED = {"Ouahigouya", "Maradi", "Cairo", "Delhi", "Beijing", "N'Djamena", "Timbuktu"}
NEEDED |= {"San Jose", "San José", "Paris", "Nairobi", "Addis Ababa", "Kano", "Zinder"}


@pytest.fixture(scope="module")
def places():
    listed = places_listed(15000)
    return [p for i, p in enumerate(listed) if i % 10 == 0 or p["name"] in NEEDED]


@pytest.fixture(scope="module")
def gazetteer(places, tmp_path_factory):
    folder = tmp_path_factory.mktemp("gazetteer")
    assert write_gazetteer(folder, places) == len(places)
    return Gazetteer(folder)


def names(found):
    return [place.name for place in found]


def test_a_place_is_shown_with_what_tells_it_from_others(gazetteer):
    (found,) = gazetteer.candidates("ouahigouya")
    assert found.name == "Ouahigouya"
    assert (found.country, found.district, found.region) == ("BF", "Nord", "BF-10")
    assert (round(found.latitude), round(found.longitude)) == (14, -2)
    assert found.population > 50_000
    assert found.found_as == ""


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("OUAHIGOUYA", "Ouahigouya"),
        ("Ouahigoya", "Ouahigouya"),
        ("Uahigouya", "Ouahigouya"),
        ("ouahi", "Ouahigouya"),
        ("Tombouctou", "Timbuktu"),
        ("Tumbuctou", "Timbuktu"),
        ("Nairobbi", "Nairobi"),
        ("Niarobi", "Nairobi"),
        ("N Djamena", "N'Djamena"),
        ("ndjaména", "N'Djamena"),
        ("Addis Abeba", "Addis Ababa"),
        ("القاهرة", "Cairo"),
        ("القاهره", "Cairo"),
        ("دلهي", "Delhi"),
        ("दिल्ली", "Delhi"),
        ("北京", "Beijing"),
        ("Найроби", "Nairobi"),
        ("найробби", "Nairobi"),
    ],
)
def test_a_place_is_found_in_any_script_and_with_slips(gazetteer, words, name):
    assert gazetteer.candidates(words)[0].name == name


def test_what_was_found_in_another_script_is_shown_in_it(gazetteer):
    assert gazetteer.candidates("القاهره")[0].found_as == "القاهرة"
    assert gazetteer.candidates("москва") == []
    assert gazetteer.candidates("найроб")[0].found_as == "Найроби"


def test_the_very_name_comes_first_then_beginnings_then_slips(tmp_path):
    rows = [("Maran", 9), ("Mara", 1), ("Marana", 5), ("Mala", 99), ("Mara", 3)]
    write_gazetteer(tmp_path, [place(n, *row) for n, row in enumerate(rows)])
    found = Gazetteer(tmp_path).candidates("mara")
    assert [(p.name, p.population) for p in found] == [
        ("Mara", 3),
        ("Mara", 1),
        ("Maran", 9),
        ("Marana", 5),
        ("Mala", 99),
    ]
    assert names(Gazetteer(tmp_path).candidates("mara", limit=3))[-1] == "Maran"


def place(number, name, population, country="NE", admin1="04"):
    return {
        "geonameid": number,
        "name": name,
        "latitude": 1.0,
        "longitude": 2.0,
        "countrycode": country,
        "population": population,
        "admin1code": admin1,
        "alternatenames": [name, "", "XYZ", "mrady"],
    }


def test_one_slip_comes_before_two_and_two_only_for_want_of_the_name(tmp_path):
    rows = [("Ouahigouya", 1), ("Ouahigouyaxx", 5), ("Ouahigouyx", 7)]
    write_gazetteer(tmp_path, [place(n, *row) for n, row in enumerate(rows)])
    found = Gazetteer(tmp_path).candidates
    assert names(found("ouahigouyz")) == ["Ouahigouyx", "Ouahigouya"]
    assert names(found("ouahigouyaxxx")) == ["Ouahigouyaxx"]
    assert names(found("auahigouyz")) == ["Ouahigouyx", "Ouahigouya"]
    assert names(found("ouahigouyx")) == ["Ouahigouyx", "Ouahigouya"]


def test_airport_codes_and_romanisations_by_machine_find_nothing(tmp_path):
    write_gazetteer(tmp_path, [place(1, "Maradi", 5)])
    assert Gazetteer(tmp_path).candidates("XYZ") == []
    assert Gazetteer(tmp_path).candidates("mrady") == []


def test_a_country_narrows_it(gazetteer):
    assert {p.country for p in gazetteer.candidates("San Jose", country="CR")} == {"CR"}
    assert gazetteer.candidates("Ouahigouya", country="NE") == []
    assert gazetteer.candidates("Ouahigouya", country="no such") == []
    assert names(gazetteer.candidates("ouah", country="BF")) == ["Ouahigouya"]


@pytest.mark.parametrize(
    ("words", "language", "country"),
    [
        ("San Jose, Costa Rica", None, "CR"),
        ("San Jose (United States)", "ar", "US"),
        ("Paris, France", "fr", "FR"),
        ("Le Caire, Égypte", "fr", "EG"),
        ("القاهرة، مصر", "ar", "EG"),
        ("Maradi; ne", "fr", "NE"),
        ("Paris, Texas", None, "US"),
        ("Paris, nowhere", None, "FR"),
        ("Maradi, Costa Rica", None, "NE"),
    ],
)
def test_a_country_or_district_may_follow_a_comma(gazetteer, words, language, country):
    assert gazetteer.candidates(words, language)[0].country == country


@pytest.mark.parametrize(
    "words",
    [
        "",
        " ",
        "\x00",
        "!!!",
        "...،؛",
        ",",
        "'; DROP TABLE place; --",
        "<script>alert(1)</script>",
        "%",
        "_",
        "Ω" * 9,
        "ᚠᚢᚦᚨᚱᚲ",
        "𓀀𓀁𓀂𓀃",
        "\ud800",
        "x" * 10_000,
        "ouahigouya " * 1_000,
        "\u0301" * 500,
        "北" * 10_000,
    ],
)
def test_what_is_no_place_finds_nothing_and_harms_nothing(gazetteer, words):
    assert gazetteer.candidates(words) == []
    assert gazetteer.candidates("Maradi")[0].name == "Maradi"


@given(st.text(max_size=40), st.sampled_from([None, "NE", ""]), st.integers(-1, 9))
def test_any_words_give_a_list_no_longer_than_wanted(gazetteer, words, country, limit):
    assert len(gazetteer.candidates(words, country=country, limit=limit)) <= max(
        0, limit
    )


def test_nine_of_ten_places_are_among_the_first_five_with_a_slip(gazetteer, places):
    chance = random.Random(1)
    long = [place for place in places if len(place["name"]) > 3]
    found = 0
    for one in chance.sample(long, 200):
        near = gazetteer.candidates(slipped(one["name"], chance), limit=5)
        found += point(one) in {(p.latitude, p.longitude) for p in near}
    assert found >= 180


def slipped(name, chance):
    at, letter = chance.randrange(len(name) - 1), chance.choice("aeiounrst")
    return chance.choice(
        (
            name[:at] + name[at + 1 :],
            name[:at] + letter + name[at:],
            name[:at] + letter + name[at + 1 :],
            name[:at] + name[at + 1] + name[at] + name[at + 2 :],
        )
    )


def point(place):
    return round(place["latitude"], 4), round(place["longitude"], 4)


@pytest.mark.parametrize("script", ["ARABIC", "DEVANAGARI", "CJK", "CYRILLIC"])
def test_names_in_other_scripts_are_found(gazetteer, places, script):
    both = [
        (name, place)
        for place in places
        for name in place["alternatenames"]
        if name and unicodedata.name(name[0], "").startswith(script)
    ]
    found = 0
    for name, one in random.Random(2).sample(both, 60):
        near = gazetteer.candidates(name, limit=5)
        found += point(one) in {(p.latitude, p.longitude) for p in near}
    assert found >= 57


@pytest.mark.parametrize("database", ["sqlite"])
def test_the_regions_of_places_are_regions_of_the_tree(seeded, gazetteer):
    with closing(sqlite3.connect(gazetteer.folder / FILE)) as connection:
        rows = connection.execute("SELECT region FROM district").fetchall()
    named = {region for (region,) in rows} - {""}
    with seeded.office.database.reading() as session:
        assert named <= set(session.scalars(select(Region.code)))


def test_the_list_names_its_source_and_licence(gazetteer):
    about = gazetteer.about()
    assert about["source"].startswith("GeoNames")
    assert about["licence"] == "CC BY 4.0"
    assert "geonames.org" in about["citation"]


def test_a_list_of_another_package_or_format_is_not_built(tmp_path):
    assert not Gazetteer(tmp_path).is_built()
    for change in ("UPDATE about SET said = 'x'", "PRAGMA user_version = 99"):
        write_gazetteer(tmp_path, [place(1, "Maradi", 5)])
        assert Gazetteer(tmp_path).is_built()
        with sqlite3.connect(tmp_path / FILE) as connection:
            connection.execute(change)
        connection.close()
        assert not Gazetteer(tmp_path).is_built()


def test_a_list_that_is_missing_or_damaged_says_how_to_mend_it(tmp_path, gazetteer):
    with pytest.raises(Unavailable, match="kb regions build"):
        Gazetteer(tmp_path).candidates("Maradi")
    whole = (gazetteer.folder / FILE).read_bytes()
    for harm in (b"", b"nonsense" * 999, whole[:5000], whole[:100] + whole[9000:]):
        (tmp_path / FILE).write_bytes(harm)
        with pytest.raises(Unavailable, match="kb regions build"):
            Gazetteer(tmp_path).candidates("Maradi")


def test_flipped_bits_give_places_or_a_clear_refusal_and_nothing_else(tmp_path, places):
    write_gazetteer(tmp_path, places[::40])
    whole, chance = (tmp_path / FILE).read_bytes(), random.Random(3)
    for _time in range(60):
        harmed = bytearray(whole)
        for _byte in range(chance.choice((1, 50, 2000))):
            harmed[chance.randrange(100, len(harmed))] = chance.randrange(256)
        (tmp_path / FILE).write_bytes(harmed)
        with suppress(Unavailable):
            assert len(Gazetteer(tmp_path).candidates("nairobbi, kenya")) <= 8


def test_a_build_that_fails_leaves_the_old_list(tmp_path):
    write_gazetteer(tmp_path, [place(1, "Maradi", 5)])
    with pytest.raises(KeyError):
        write_gazetteer(tmp_path, [{"population": 1, "geonameid": 1}])
    assert names(Gazetteer(tmp_path).candidates("maradi")) == ["Maradi"]
    assert os.listdir(tmp_path) == [FILE]


def test_a_new_list_is_read_from_the_next_look_up_on(tmp_path):
    write_gazetteer(tmp_path, [place(1, "Maradi", 5)])
    reader = Gazetteer(tmp_path)
    assert reader.candidates("zinder") == []
    write_gazetteer(tmp_path, [place(1, "Zinder", 5)])
    assert names(reader.candidates("zinder")) == ["Zinder"]


def test_the_places_of_a_part_of_the_world_come_with_the_largest_first(gazetteer):
    found = gazetteer.within(11, 16, -5, 10, 20)
    assert {"Ouahigouya", "Maradi", "Zinder"} <= set(names(found))
    assert all(11 <= p.latitude <= 16 and -5 <= p.longitude <= 10 for p in found)
    sizes = [place.population for place in found]
    assert sizes == sorted(sizes, reverse=True)
    assert len(gazetteer.within(-90, 90, -180, 180, 7)) == 7
    assert gazetteer.within(-40, -39, -100, -99, 7) == []


def test_a_part_may_go_on_across_the_line_where_the_date_changes(gazetteer):
    far_east = gazetteer.within(-90, 90, 170, 185, 99)
    assert all(p.longitude >= 170 or p.longitude <= -175 for p in far_east)
    both = gazetteer.within(-90, 90, -190, -170, 99)
    assert all(p.longitude <= -170 for p in both)


def test_a_district_has_a_box_around_its_places(gazetteer):
    west, south, east, north = gazetteer.box_of("BF-10")
    assert west - 0.1 <= -2.4 <= east + 0.1
    assert south - 0.1 <= 13.6 <= north + 0.1
    assert gazetteer.box_of("XX-1") is None
    assert gazetteer.box_of("'; --") is None
