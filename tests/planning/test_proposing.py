"""What is proposed serves a goal on such land, and breaks no limit of the place."""

from dataclasses import replace

import pytest
from sqlalchemy import event

from kb.kinds import KINDS
from kb.planning.chosen import between, read_practices
from kb.planning.proposing import MOST_PROPOSED, Aim, propose
from kb.record.filed import read_filed
from kb.record.models import Relation
from kb.record.whereabouts import read_whereabouts
from kb.regions.places import Place
from kb.vocabulary.models import Concept
from tests import make

GOAL = {"purpose": ["hold_water"]}


class NoMaps:
    """A world of which nothing is known."""

    def climate_at(self, point):
        return {}

    def climate_within(self, point, reach, country):
        return {}

    soil_at = figures_at = climate_at


@pytest.fixture
def known(session):
    return make.vocabularies(session)


def practice(session, known, number, *, tags=GOAL, **more):
    return make.record(session, known, f"p{number}", number=number, tags=tags, **more)


def found(session, aim, place=None):
    near = None
    if place is not None:
        limits = KINDS["practice"].hard_limits(session)
        near = read_whereabouts(session, NoMaps(), limits).seen_from(place)
    return propose(session, read_filed(session), near, aim)


def rain(**figures):
    limit = {"key": "rain", "limit": "rainfall", "unit": "mm_yr", "source": "study"}
    return {"limits": [limit | figures]}


AIM = Aim(("hold_water",))


def test_only_what_serves_the_goal_on_such_land_and_theme_is_proposed(session, known):
    paddy = practice(session, known, 1, tags=GOAL | {"land_use": ["paddy"]})
    orchard = practice(session, known, 2, tags=GOAL | {"land_use": ["orchard_vine"]})
    any_land = practice(session, known, 3, tags=GOAL | {"theme": ["rice"]})
    practice(session, known, 4, tags={"land_use": ["paddy"]})
    make.record(session, known, "s", "story", number=1, tags=GOAL)
    all_of_them = {paddy.id, orchard.id, any_land.id}
    assert {*found(session, AIM).fitting} == all_of_them
    on_paddy = found(session, Aim(("hold_water",), land_use="paddy"))
    assert {*on_paddy.fitting} == {paddy.id, any_land.id}
    assert found(session, Aim(("hold_water",), theme="rice")).fitting == (any_land.id,)
    assert found(session, Aim(("nothing",))).fitting == ()


def test_a_broken_limit_rules_out_and_one_that_is_unknown_does_not(session, known):
    wet = practice(session, known, 1, **rain(at_least=700))
    dry = practice(session, known, 2, **rain(at_most=700))
    here = found(session, AIM, Place(map_mm=500))
    assert (here.fitting, here.ruled_out) == ((dry.id,), (wet.id,))
    unknown = found(session, AIM, Place(land_use="paddy"))
    assert ({*unknown.fitting}, unknown.ruled_out) == ({wet.id, dry.id}, ())
    limits = read_whereabouts(session, NoMaps(), KINDS["practice"].hard_limits(session))
    near = limits.seen_from(Place(map_mm=500))
    (shown,) = read_practices(session, [wet.id], "en", near)
    (broken,) = shown.verdict.broken
    assert (broken.limit.row.key, broken.here) == ("rain", 500)


def test_more_goals_then_likeness_then_evidence_decide(session, known):
    session.add(Concept(id="purpose:more", scheme="purpose", code="more", position=9))
    session.flush()
    codes = make.CODES | {"purpose": ("hold_water", "more")}
    known = replace(known, codes=codes)
    both = {"purpose": ["hold_water", "more"]}
    like = {"climate": ["BSh"]}
    proven = practice(session, known, 1, effects=[make.effect(evidence="E5")])
    plain = practice(session, known, 2)
    near = practice(session, known, 3, tags=GOAL | like)
    more = practice(session, known, 4, tags=both)
    aim = Aim(("hold_water", "more"))
    assert found(session, aim).fitting == (more.id, proven.id, plain.id, near.id)
    placed = found(session, aim, Place(climate={"BSh": 1.0}))
    assert placed.fitting == (more.id, near.id, proven.id, plain.id)


def test_what_is_not_listed_is_counted_and_queries_stay_the_same(session, known):
    asked = []
    engine = session.get_bind()

    def note(connection, cursor, statement, *rest):
        asked.append(statement)

    for number in range(1, 4):
        practice(session, known, number)
    session.flush()
    counts = []
    for many in (3, MOST_PROPOSED + 5):
        for number in range(4, many + 1):
            practice(session, known, number, effects=[make.effect()])
        session.flush()
        session.expunge_all()
        event.listen(engine, "before_cursor_execute", note)
        asked.clear()
        here = found(session, AIM)
        shown = read_practices(session, here.fitting, "en", None)
        between(session, shown)
        event.remove(engine, "before_cursor_execute", note)
        counts.append(len(asked))
        assert [one.practice.id for one in shown] == list(here.fitting)
    assert here.left_out == 5
    assert len(here.fitting) == MOST_PROPOSED
    assert counts[1] - counts[0] <= 1  # sources are looked up where there are effects


def test_practices_of_a_plan_say_how_they_stand_to_each_other(session, known):
    one, other, third = (practice(session, known, n) for n in (1, 2, 3))
    for kind, a, b in (
        ("goes_with", one, third),
        ("conflicts_with", one, other),
        ("conflicts_with", other, one),
        ("cites", one, other),
    ):
        session.add(Relation(from_id=a.id, to_id=b.id, kind=kind))
    session.flush()
    shown = read_practices(session, [other.id, one.id, third.id], "en", None)
    assert [(b.kind, b.one, b.other) for b in between(session, shown)] == [
        ("conflicts_with", "B", "A"),
        ("goes_with", "B", "C"),
    ]
    assert between(session, shown[:1]) == []
