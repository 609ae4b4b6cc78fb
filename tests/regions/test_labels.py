"""Names over a map: the largest towns first, none over another."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from kb.regions.atlas import Point
from kb.regions.gazetteer import Candidate
from kb.regions.labels import HEIGHT, LETTER, LINE, LONGEST, MOST, WIDTH, labels
from kb.regions.sheets import sheet_around

SAHEL = sheet_around(Point(13.6, -2.4), 2)


def town(name, latitude, longitude):
    return Candidate(name, "BF", "", latitude, longitude, 1, "BF")


towns = st.lists(
    st.builds(
        town,
        st.text("abcdefgh", min_size=1, max_size=30),
        st.floats(9, 16),
        st.floats(-9, 4),
    ),
    max_size=40,
)


@given(towns)
def test_no_name_covers_another_or_the_edge(given_towns):
    shown = labels(SAHEL, given_towns)
    assert len(shown) <= MOST
    for label in shown:
        half = len(label.name) * LETTER / 2
        assert half <= label.x <= WIDTH - half
        assert LINE <= label.y <= HEIGHT
        assert len(label.name) <= LONGEST
    for one, other in combinations(shown, 2):
        apart = (len(one.name) + len(other.name)) * LETTER / 2
        assert abs(one.x - other.x) > apart or abs(one.y - other.y) > LINE


def test_what_comes_first_is_shown_before_its_neighbour():
    near = [town("Ouahigouya", 13.58, -2.42), town("Somiaga", 13.56, -2.42)]
    assert [label.name for label in labels(SAHEL, near)] == ["Ouahigouya"]
    assert [label.name for label in labels(SAHEL, near[::-1])] == ["Somiaga"]


def test_a_town_stands_where_it_is():
    (label,) = labels(SAHEL, [town("X", SAHEL.north - 2.5, SAHEL.west + 5)])
    assert (label.x, label.y) == (360, 180)
