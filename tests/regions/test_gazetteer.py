"""Places found by name, in the gazetteer that the first command built."""

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
from kb.regions.gazetteer_build import build_gazetteer
from kb.regions.models import Region
from kb.regions.place_list import write_places
from tests.regions.hamlets import ABOUT, hamlet, listed


@pytest.fixture(scope="module")
def gazetteer(demo):
    return Gazetteer(demo / "home" / "regions")


@pytest.fixture(scope="module")
def spellings(gazetteer):
    """Script → spellings in it, each with the point of its place."""
    wanted = (
        "SELECT coalesce(written, form), latitude, longitude"
        " FROM spelling JOIN place ON place.id = spelling.place WHERE form > 'z'"
    )
    found = {}
    for row in rows(gazetteer, wanted):
        script = unicodedata.name(row[0][0], "").partition(" ")[0]
        found.setdefault(script, []).append(row)
    return found


@pytest.fixture
def made(tmp_path):
    """Build a gazetteer of hamlets the way an installation does."""

    def make(*hamlets):
        write_places(tmp_path / "places.map", listed(*hamlets), ABOUT)
        assert build_gazetteer(tmp_path, tmp_path / "places.map") == len(hamlets)
        return Gazetteer(tmp_path)

    return make


def rows(gazetteer, wanted):
    with closing(sqlite3.connect(gazetteer.folder / FILE)) as connection:
        return connection.execute(wanted).fetchall()


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
    assert gazetteer.candidates("щщщщщ") == []
    assert gazetteer.candidates("найроб")[0].found_as == "Найроби"


def test_the_very_name_comes_first_then_beginnings_then_slips(made):
    rows = [("Maran", 9), ("Mara", 1), ("Marana", 5), ("Mala", 99), ("Mara", 3)]
    gazetteer = made(*(hamlet(*row, number) for number, row in enumerate(rows)))
    found = gazetteer.candidates("mara")
    assert [(p.name, p.population) for p in found] == [
        ("Mara", 3),
        ("Mara", 1),
        ("Maran", 9),
        ("Marana", 5),
        ("Mala", 99),
    ]
    assert names(gazetteer.candidates("mara", limit=3))[-1] == "Maran"


def test_one_slip_comes_before_two_and_two_only_for_want_of_the_name(made):
    rows = [("Ouahigouya", 1), ("Ouahigouyaxx", 5), ("Ouahigouyx", 7)]
    found = made(*(hamlet(*row) for row in rows)).candidates
    assert names(found("ouahigouyz")) == ["Ouahigouyx", "Ouahigouya"]
    assert names(found("ouahigouyaxxx")) == ["Ouahigouyaxx"]
    assert names(found("auahigouyz")) == ["Ouahigouyx", "Ouahigouya"]
    assert names(found("ouahigouyx")) == ["Ouahigouyx", "Ouahigouya"]


def test_airport_codes_and_romanisations_by_machine_find_nothing(made):
    gazetteer = made(hamlet("Maradi", names=["XYZ", "mrady"]))
    assert gazetteer.candidates("XYZ") == []
    assert gazetteer.candidates("mrady") == []


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


@pytest.mark.thorough
def test_nine_of_ten_places_are_among_the_first_five_with_a_slip(gazetteer):
    wanted = "SELECT name, latitude, longitude FROM place WHERE length(name) > 3"
    chance = random.Random(1)
    found = 0
    for name, *point in chance.sample(rows(gazetteer, wanted), 200):
        near = gazetteer.candidates(slipped(name, chance), limit=5)
        found += tuple(point) in {(p.latitude, p.longitude) for p in near}
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


@pytest.mark.thorough
@pytest.mark.parametrize("script", ["ARABIC", "DEVANAGARI", "CJK", "CYRILLIC"])
def test_names_in_other_scripts_are_found(gazetteer, spellings, script):
    found, of_script = 0, spellings[script]
    for name, *point in random.Random(2).sample(of_script, 60):
        near = gazetteer.candidates(name, limit=5)
        found += tuple(point) in {(p.latitude, p.longitude) for p in near}
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


def test_a_list_of_another_making_or_format_is_not_built(made, tmp_path):
    assert not Gazetteer(tmp_path / "empty").is_built()
    older, here = made(hamlet("Maradi")), tmp_path / "places.map"
    assert older.is_built(here)
    assert not older.is_built()
    write_places(here, listed(hamlet("Zinder")), ABOUT)
    assert not older.is_built(here)
    newer = made(hamlet("Zinder"))
    assert newer.is_built(here)
    with sqlite3.connect(tmp_path / FILE) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    assert not newer.is_built(here)


@pytest.mark.parametrize("place", [0, 30, 70, 100, 5_000, -1])
def test_a_list_with_one_wrong_byte_is_not_built(made, tmp_path, place):
    gazetteer, here = made(hamlet("Maradi")), tmp_path / "places.map"
    harmed = bytearray((tmp_path / FILE).read_bytes())
    harmed[place] ^= 1
    (tmp_path / FILE).write_bytes(harmed)
    assert not gazetteer.is_built(here)


def test_a_list_that_is_missing_or_damaged_says_how_to_mend_it(tmp_path, gazetteer):
    with pytest.raises(Unavailable, match="kb regions build"):
        Gazetteer(tmp_path).candidates("Maradi")
    with pytest.raises(Unavailable, match="kb regions build"):
        Gazetteer(tmp_path).about()
    whole = (gazetteer.folder / FILE).read_bytes()
    for harm in (b"", b"nonsense" * 999, whole[:5000], whole[:100] + whole[9000:]):
        (tmp_path / FILE).write_bytes(harm)
        with pytest.raises(Unavailable, match="kb regions build"):
            Gazetteer(tmp_path).candidates("Maradi")


def test_flipped_bits_give_places_or_a_clear_refusal_and_nothing_else(
    tmp_path, made, gazetteer
):
    some = rows(gazetteer, "SELECT name, population FROM place WHERE id % 800 = 150")
    few = made(hamlet("Nairobi"), *(hamlet(*row) for row in some))
    whole, chance = (tmp_path / FILE).read_bytes(), random.Random(3)
    for _time in range(60):
        harmed = bytearray(whole)
        for _byte in range(chance.choice((1, 50, 2000))):
            harmed[chance.randrange(100, len(harmed))] = chance.randrange(256)
        (tmp_path / FILE).write_bytes(harmed)
        with suppress(Unavailable):
            assert len(few.candidates("nairobbi, kenya")) <= 8
            few.about()


def test_a_new_list_is_read_from_the_next_look_up_on(made):
    reader = made(hamlet("Maradi"))
    assert reader.candidates("zinder") == []
    made(hamlet("Zinder"))
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
