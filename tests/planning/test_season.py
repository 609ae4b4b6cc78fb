"""The steps of several practices stand in one course, relative to the rains."""

from kb.planning.chosen import Chosen, letter_of
from kb.planning.season import season
from kb.practices.models import Practice, Step
from kb.regions.limits import Verdict


def chosen(*practices):
    """Give practices, each the seasons of its steps, some with weeks."""
    found = []
    for position, steps in enumerate(practices):
        rows = [
            Step(number=n, season_id=f"season:{code}", weeks=weeks)
            for n, (code, weeks) in enumerate(steps, start=1)
        ]
        one = Practice(steps=rows)
        found.append(Chosen(letter_of(position), one, None, Verdict((), (), ()), None))
    return found


def lines(drawn):
    return [
        (
            line.at.season_id.partition(":")[2],
            line.at.weeks,
            [[step.number for step in steps] for steps in line.steps],
        )
        for line in drawn
    ]


def test_all_practices_share_one_course_from_the_first_step_to_the_last():
    first = [("dry_season", None), ("sowing", None)]
    other = [("dry_season", None), ("sowing", 2), ("each_year", None)]
    drawn = season(chosen(first, other))
    assert lines(drawn.course) == [
        ("dry_season", 0, [[1], [1]]),
        ("before_rains", 0, [[], []]),
        ("first_rains", 0, [[], []]),
        ("before_sowing", 0, [[], []]),
        ("sowing", 0, [[2], []]),
        ("sowing", 2, [[], [2]]),
    ]
    assert lines(drawn.apart) == [("each_year", 0, [[], [3]])]
    assert [line.at.rains for line in drawn.course] == [False] * 2 + [True] * 4
    assert len(drawn.used) == 4


def test_one_step_is_a_course_too_and_none_is_none():
    assert [x[0] for x in lines(season(chosen([("first_rains", None)])).course)] == [
        "first_rains"
    ]
    empty = season(chosen([], []))
    assert (empty.course, empty.apart, empty.used) == ((), (), [])


def test_what_has_no_place_in_the_course_stands_apart_alone():
    drawn = season(chosen([("spring", None)]))
    assert lines(drawn.course) == []
    assert lines(drawn.apart) == [("spring", 0, [[1]])]
