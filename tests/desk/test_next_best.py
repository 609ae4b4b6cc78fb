"""What is named as the next to translate, and why."""

from collections import Counter
from datetime import date

import pytest

from kb.desk.asked import Named
from kb.desk.next_best import next_best
from kb.desk.translated import Coverage
from kb.desk.wanted import Demand, Subjects, wanted
from kb.record.called import Called
from kb.record.filed import Filed
from kb.record.whereabouts import Whereabouts
from kb.record.zoning import Zoned
from kb.regions.zones import ZONES
from kb.search.gaps import Gap
from kb.search.thesaurus import Thesaurus
from kb.translating.listing import Lacking
from kb.vocabulary.thesaurus_lookups import NamedConcept


def lacking(number, **words):
    """Give a record with one field of so many words in each state."""
    counted = Counter({name.replace("_", "-"): n for name, n in words.items()})
    fields = Counter(dict.fromkeys(counted, 1))
    return Lacking(number, f"P-{number}", "practice", fields, counted)


def order(*found, **demand):
    asked = {int(name.removeprefix("of")): one for name, one in demand.items()}
    return [one.lacking.record_id for one in next_best(found, asked)]


def test_what_is_reviewed_or_waits_for_a_reviewer_is_not_named():
    done, waits = lacking(1, reviewed=90), lacking(2, in_review=90, reviewed=5)
    assert order(done, waits, lacking(3, missing=9)) == [3]


@pytest.mark.parametrize(
    "more",
    [Demand(read_by_all=5), Demand(read=1, read_by_all=1), Demand(in_vain=1)],
)
def test_of_two_as_long_the_one_that_is_wanted_comes_first(more):
    assert order(lacking(1, missing=90), lacking(2, missing=90), of2=more) == [2, 1]


def test_of_two_as_wanted_the_shorter_comes_first():
    assert order(lacking(1, missing=400), lacking(2, missing=90)) == [2, 1]


def test_what_misleads_comes_before_what_only_nobody_has_looked_at():
    drafted = lacking(1, machine_drafted=50, reviewed=50)
    stale = lacking(2, stale=50, reviewed=50)
    assert order(drafted, stale) == [2, 1]


def test_a_long_text_that_many_want_comes_before_a_short_one_that_nobody_does():
    wanted_much = Demand(read=40, read_by_all=60)
    assert order(lacking(1, missing=20), lacking(2, missing=500), of2=wanted_much) == [
        2,
        1,
    ]


def test_what_is_named_says_how_many_words_it_takes():
    (one,) = next_best([lacking(1, stale=10, missing=5, reviewed=80, in_review=3)], {})
    assert one.words == 15


PITS = NamedConcept(
    "planting_pits",
    {"en": ("planting pits",), "fr": ("trous de plantation", "zaï")},
)


def gap(words, in_vain, language="fr"):
    return Gap(words, language, "", 9, in_vain, 0, date(2026, 11, 1))


def filed(number, *themes, **more):
    return Filed("practice", {"theme": list(themes)} | more)


def test_a_search_in_vain_is_for_records_whose_title_means_it_in_any_language():
    called = {
        1: Called("P-1", "practice", "en", [("en", "Planting pits")]),
        2: Called("P-2", "practice", "en", [("en", "Terraces")]),
        3: Called("P-3", "practice", "es", [("en", "Planting pits"), ("es", "Hoyos")]),
    }
    thesaurus = Thesaurus([PITS])
    zoned = Zoned({n: filed(n) for n in called}, Whereabouts((), {}))
    about = Subjects(called, zoned, thesaurus)
    named = Named([], "fr", thesaurus)
    found = about.sought_in_vain(
        [gap("zaï", 3), gap("trous de plantation", 2), gap("zaï", 0), gap("vélo", 8)],
        named,
    )
    assert found == {1: 5}
    assert wanted({2: (1, 4)}, found) == {1: Demand(in_vain=5), 2: Demand(1, 4)}


def test_coverage_counts_each_record_once_and_puts_the_wanted_first():
    zone = ZONES["hot-sub_humid-weathered"]
    place = {"climate": ["Aw"], "soil": ["FR"]}
    zoned = Zoned(
        {1: filed(1, "water", **place), 2: filed(2, "water", "trees"), 3: filed(3)},
        Whereabouts((), {}),
    )
    found = [lacking(1, missing=9), lacking(2, reviewed=9), lacking(3, missing=9)]
    covered = Coverage(found, {2: Demand(read=2, read_by_all=2)}, zoned)
    everywhere = covered.by_theme(("", "water", "trees", "soil"), None)
    assert [(one.theme, one.records) for one in everywhere] == [
        ("", 3),
        ("water", 2),
        ("trees", 1),
    ]
    assert everywhere[1].states == {"missing": 1, "reviewed": 1}
    assert everywhere[1].share("missing") == 50
    assert everywhere[1].demand == Demand(read=2, read_by_all=2)
    assert [(x.theme, x.records) for x in covered.by_theme(("water",), zone)] == [
        ("water", 1)
    ]
    assert [one.zone for one in covered.by_zone([zone])] == [zone]
