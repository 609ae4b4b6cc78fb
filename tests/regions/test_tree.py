"""The regions that come with the program, and the nearest that has something."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from kb.errors import NotFound
from kb.language import INTERFACE
from kb.regions.models import Region, RegionKind, RegionName
from kb.regions.tree import (
    ancestors,
    countries,
    get_region,
    name_of,
    parts_of,
    regions_of_country,
)

UNITED_NATIONS = """
AD AE AF AG AL AM AO AR AT AU AZ BA BB BD BE BF BG BH BI BJ BN BO BR BS BT BW BY
BZ CA CD CF CG CH CI CL CM CN CO CR CU CV CY CZ DE DJ DK DM DO DZ EC EE EG ER ES
ET FI FJ FM FR GA GB GD GE GH GM GN GQ GR GT GW GY HN HR HT HU ID IE IL IN IQ IR
IS IT JM JO JP KE KG KH KI KM KN KP KR KW KZ LA LB LC LI LK LR LS LT LU LV LY MA
MC MD ME MG MH MK ML MM MN MR MT MU MV MW MX MY MZ NA NE NG NI NL NO NP NR NZ OM
PA PE PG PH PK PL PT PW PY QA RO RS RU RW SA SB SC SD SE SG SI SK SL SM SN SO SR
SS ST SV SY SZ TD TG TH TJ TL TM TN TO TR TT TV TZ UA UG US UY UZ VC VE VN VU WS
YE ZA ZM ZW
"""
DISPUTED = {"AQ", "EH", "FK", "GI", "GS", "IO", "PS", "TW", "XK", "YT"}


@pytest.fixture
def session(seeded):
    with seeded.office.database.reading() as session:
        yield session


def codes(regions):
    return [region.code for region in regions]


def test_every_member_of_the_united_nations_is_in_the_world(session):
    states = UNITED_NATIONS.split()
    assert len(set(states)) == 193
    parents = dict(session.execute(select(Region.code, Region.parent_code)).all())
    for state in states:
        path = [state]
        while parents[path[-1]]:
            path.append(parents[path[-1]])
        assert len(path) == 4, path
        assert path[-1] == "001"


def test_every_region_leads_to_the_world(session):
    parents = dict(session.execute(select(Region.code, Region.parent_code)).all())
    assert [code for code, parent in parents.items() if parent is None] == ["001"]
    assert set(parents.values()) - {None} <= set(parents)
    assert len(parents) > 5000


def test_every_region_has_a_name_in_every_interface_language(session):
    assert all(name.strip() for name in session.scalars(select(Region.name)))
    others = select(Region).where(Region.kind != RegionKind.DISTRICT)
    for region in session.scalars(others.options(selectinload(Region.names))):
        for language in INTERFACE:
            assert name_of(region, language) not in {"", region.code}, region.code
        arabic = [
            sign for sign in name_of(region, "ar") if "\u0600" <= sign <= "\u06ff"
        ]
        assert arabic, region.code


@pytest.mark.parametrize(
    ("code", "language", "name"),
    [
        ("BF", "ar", "بوركينا فاسو"),
        ("011", "fr", "Afrique occidentale"),
        ("002", "sw", "Afrika"),
        ("sahel", "es", "Sahel"),
        ("sahel", "pt", "Sahel"),
        ("andes", "ar", "جبال الأنديز"),
        ("419", "pt-BR", "América Latina"),
        ("BF-10", "ar", "Nord"),
        ("FR-BRE", "fr", "Bretagne"),
        ("FR-BRE", "en", "Brittany"),
        ("CI", "qqq", "Côte d’Ivoire"),
    ],
)
def test_a_region_is_named_in_the_readers_language(session, code, language, name):
    assert name_of(get_region(session, code), language) == name


def test_a_region_that_is_not_there_is_said(session):
    with pytest.raises(NotFound):
        get_region(session, "XX")


def test_ancestors_come_nearest_first_the_smaller_named_region_before_the_larger(
    session,
):
    assert codes(ancestors(session, "BF-YAT")) == [
        "BF-YAT",
        "BF-10",
        "BF",
        "011",
        "sahel",
        "fao_africa",
        "202",
        "002",
        "001",
    ]
    assert ancestors(session, "XX") == []
    assert codes(ancestors(session, "sahel")) == ["sahel", "002", "001"]


def test_a_named_region_of_districts_holds_these_and_not_their_country(session):
    assert "sahel" in codes(ancestors(session, "NG-KN"))
    assert "sahel" not in codes(ancestors(session, "NG"))
    assert "mediterranean" in codes(ancestors(session, "FR-06"))


def test_a_country_lies_in_its_regions(session):
    assert codes(regions_of_country(session, "KH")) == [
        "035",
        "mekong",
        "fao_asia_pacific",
        "142",
        "001",
    ]
    assert codes(regions_of_country(session, "AQ")) == ["001"]


def test_the_number_of_queries_does_not_grow_with_depth(session, queries):
    for code in ("001", "BF", "BF-YAT", "NG-KN"):
        before = len(queries)
        for region in ancestors(session, code):
            name_of(region, "fr")
        assert len(queries) == before + 2
        session.expunge_all()
    before = len(queries)
    parts_of(session, "BF", "fr")
    assert len(queries) == before + 2


def test_lists_to_choose_from_stand_in_the_order_of_the_names(session):
    assert [part.name for part in parts_of(session, "BF-10", "fr")] == [
        "Loroum",
        "Passoré",
        "Yatenga",
        "Zondoma",
    ]
    names = [part.name for part in countries(session, "fr")]
    assert names.index("Éthiopie") < names.index("France")
    assert len(names) == 250


def test_what_is_disputed_carries_why(session):
    wanted = select(Region.code).where(
        Region.kind == RegionKind.COUNTRY, Region.disclaimer != ""
    )
    assert set(session.scalars(wanted)) == DISPUTED


def test_what_iso_lists_as_a_country_is_no_district_too(session):
    twice = {"CN-TW", "CN-HK", "FR-974", "US-PR", "NL-AW"}
    assert not session.scalars(select(Region).where(Region.code.in_(twice))).all()


def test_english_names_of_districts_differ_from_their_own(session):
    same = select(RegionName).join(Region).where(RegionName.name == Region.name)
    same = same.where(Region.kind == RegionKind.DISTRICT)
    assert session.scalars(same).all() == []
