"""What goes into an index: values with what they lie in, and figures."""

from itertools import pairwise

import pytest
from sqlalchemy import event

from kb.errors import NotValid
from kb.regions.layers import Layers
from kb.regions.models import Region
from kb.search.document import Query
from kb.search.documents import public_documents
from kb.search.from_database import find_in_database
from kb.search.levels import greater, read_levels, with_greater, within
from kb.search.memory_index import MemoryIndex
from kb.search.ranges import BANDS, RANGES, Range, bands_of, read_range
from kb.vocabulary.models import Concept
from tests.make import record, vocabularies
from tests.regions.test_layers import stand

WEST = {"BF": "011", "011": "002", "002": "001"}


@pytest.fixture
def known(session):
    session.add(Region(code="001", kind="world", name="World", source="x"))
    for code, above in reversed(WEST.items()):
        kind = "country" if code == "BF" else "continent"
        row = Region(code=code, kind=kind, name=code, parent_code=above, source="x")
        session.add(row)
        session.flush()
    session.add(
        Region(code="BF-10", kind="district", parent_code="BF", name="N", source="x")
    )
    known = vocabularies(session)
    session.get(Concept, "land_use:paddy").group = "crop"
    return known


def documents(session, layers=None):
    session.flush()
    return list(public_documents(session, layers=layers))


def test_a_record_stands_under_all_that_its_values_lie_in(session, known):
    tags = {"land_use": ["paddy", "orchard_vine"], "climate": ["BSh"]}
    sites = [{"place": "Yako", "country": "BF"}, {"place": "?", "country": "KE"}]
    record(session, known, "pits", tags=tags, sites=sites)
    (pits,) = documents(session)
    assert pits.facets["land_use"] == ("crop", "orchard_vine", "paddy")
    assert pits.facets["climate"] == ("B", "BSh")
    assert pits.facets["region"] == ("001", "002", "011", "BF", "KE")
    assert pits.facets["country"] == ("BF", "KE")
    assert pits.tried == 2


def test_a_tree_that_bites_its_tail_ends():
    ring = {"a": "b", "b": "a"}
    assert set(greater("a", ring)) == {"a", "b"}
    assert with_greater(["a"], ring) == ("a", "b")
    assert within(["b"], ring) == {"a", "b"}
    assert with_greater([], ring) == ()


@pytest.mark.parametrize(
    ("said", "years"),
    [
        ({"began": 1998, "ended": 2001}, (1998, 1999, 2000, 2001)),
        ({"began": 1998}, (1998,)),
        ({"ended": 2001}, (2001,)),
        ({}, ()),
    ],
)
def test_a_story_has_its_years(session, known, said, years):
    record(session, known, "tale", "story", **said)
    (tale,) = documents(session)
    assert tale.figures.get("year", ()) == years


def cost(key, **said):
    usual = {"phase": "establish", "quantity": 3, "unit": "kg_ha", "unit_cost": 10.25}
    usual |= {"currency": "USD", "year": 2020, "source": "study", "key": key}
    return usual | said


@pytest.mark.parametrize(
    ("costs", "figures"),
    [
        ([cost("a"), cost("b", quantity=2)], (51,)),
        ([cost("a"), cost("b", phase="maintain", currency="XOF")], (31,)),
        ([cost("a"), cost("b", currency="XOF")], ()),
        ([cost("a", phase="maintain")], ()),
        ([], ()),
    ],
)
def test_a_practice_costs_what_is_paid_in_dollars_to_begin(
    session, known, costs, figures
):
    record(session, known, "pits", costs=costs)
    (pits,) = documents(session)
    assert pits.figures.get("cost_usd", ()) == figures


@pytest.mark.parametrize(
    ("work", "told"),
    [
        ([{"days": 9}, {"women_days": 0}], ("work_by_sex",)),
        ([{"men_days": 4}], ("work_by_sex",)),
        ([{"days": 9}], ()),
        ([], ()),
    ],
)
def test_a_practice_tells_whether_women_or_men_do_the_work(session, known, work, told):
    usual = {"phase": "establish", "source": "study"}
    record(session, known, "pits", work=[usual | days for days in work])
    (pits,) = documents(session)
    assert pits.values("tells") == told


@pytest.mark.parametrize("kind", ["practice", "story"])
def test_a_record_is_found_by_who_benefits(session, known, kind):
    tags = {"benefits": ["women", "downstream"]}
    record(session, known, "pits", kind, tags=tags)
    record(session, known, "silent", kind)
    pits, silent = documents(session)
    assert pits.values("benefits") == ("downstream", "women")
    assert pits.values("tells") == ("who_benefits",)
    assert silent.values("benefits") == silent.values("tells") == ()


def test_loaded_maps_tell_the_rain_at_the_sites(session, known, tmp_path):
    stand(tmp_path, "map", "620.4", west=-10, east=0, other="80")
    here = {"latitude": 13, "precision_km": 5, "country": "BF"}
    sites = [
        {"place": "Yako", "longitude": -2, **here},
        {"place": "Kaya", "longitude": -1, **here},
        {"place": "Agadez", "longitude": 8, **here},
        {"place": "Somewhere", "country": "BF"},
    ]
    record(session, known, "pits", sites=sites)
    (pits,) = documents(session, Layers(tmp_path))
    assert pits.figures == {"rainfall": (80, 620)}
    assert pits.values("rainfall") == ("..249", "500..799")
    (plain,) = documents(session)
    assert plain.figures == {}


def test_as_many_queries_for_many_records_as_for_one(session, known, empty):
    counts, seen = [], []

    def note(*said):
        seen.append(said[2])

    for number in (1, 2, 3):
        record(session, known, f"p{number}", number=number, costs=[cost("a")])
        record(session, known, f"s{number}", "story", number=number, began=1990)
        session.flush()
        session.expire_all()
        seen.clear()
        event.listen(empty.engine, "before_cursor_execute", note)
        documents(session)
        event.remove(empty.engine, "before_cursor_execute", note)
        counts.append(len(seen))
    assert counts[1] == counts[2]


def test_the_database_finds_by_what_values_lie_in(session, known):
    record(session, known, "a", tags={"land_use": ["paddy"], "climate": ["BSh"]})
    record(session, known, "b", sites=[{"place": "Yako", "country": "BF"}])
    session.flush()
    for filters, total in [
        ({"land_use": ("crop",)}, 1),
        ({"climate": ("B",)}, 1),
        ({"climate": ("A",)}, 0),
        ({"region": ("002",)}, 1),
        ({"region": ("BF",)}, 1),
        ({"region": ("019",)}, 0),
        ({"year": ("1990..",)}, 2),
    ]:
        found = find_in_database(session, Query(filters=filters))
        assert found.total == total, filters


def test_levels_are_read_from_vocabularies_and_regions(session, known):
    levels = read_levels(session)
    assert levels["region"] == WEST
    assert levels["land_use"] == {"paddy": "crop"}
    assert levels["climate"] == {"Aw": "A", "BSh": "B"}


def test_no_group_of_the_seeds_is_called_as_one_of_its_members(seeded):
    with seeded.office.database.reading() as session:
        levels = read_levels(session)
        for name in ("land_use", "climate"):
            assert set(levels[name]).isdisjoint(levels[name].values())


@pytest.mark.parametrize(
    "wrong",
    ["", "..", "400", "400-800", "a..b", "4..3", "1.5..2", "1..9999999999"],
)
def test_what_is_no_range_is_refused(wrong):
    with pytest.raises(NotValid):
        read_range(wrong)


@pytest.mark.parametrize("written", ["400..800", "..800", "-5..", "7..7"])
def test_a_range_is_written_as_it_is_read(written):
    assert str(read_range(written)) == written


def test_a_range_may_come_in_the_digits_of_the_reader():
    assert read_range("٤٠٠..٨٠٠") == Range(400, 800)


@pytest.mark.parametrize("name", RANGES)
def test_bands_leave_no_gap_and_do_not_overlap(name):
    bands = [read_range(band) for band in BANDS[name]]
    assert 4 <= len(bands) <= 6
    assert bands[0].low is None
    assert bands[-1].high is None
    for band, following in pairwise(bands):
        assert following.low == band.high + 1
    edges = [edge for b in bands for edge in (b.low, b.high) if edge is not None]
    for edge in edges:
        assert len(bands_of(name, (edge,))) == 1


def test_an_index_keeps_ranges_apart_from_facets_of_the_same_record(session, known):
    record(session, known, "tale", "story", began=1998, tags={"land_use": ["paddy"]})
    index = MemoryIndex()
    index.put(documents(session))
    assert 1998 in Range(1998, None)
    for filters, total in [
        ({"year": ("1998..1998",)}, 1),
        ({"year": ("..1997",)}, 0),
        ({"year": ("..1997", "1998..")}, 1),
        ({"year": ("1998..",), "land_use": ("crop",)}, 1),
        ({"year": ("1998..",), "land_use": ("grazing",)}, 0),
        ({"rainfall": ("1..",)}, 0),
    ]:
        assert index.find(Query(filters=filters)).total == total, filters
