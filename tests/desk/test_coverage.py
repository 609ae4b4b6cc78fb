"""What practices say of who does the work is counted as they say it."""

from kb.desk.coverage import Told, added, read_told
from kb.record.models import Status
from kb.search.thesaurus import Thesaurus
from tests.desk.test_asked import concept
from tests.make import record, vocabularies, words

THESAURUS = Thesaurus(
    [
        concept("women", ("women", "gender")),
        concept("widows", ("widow",), broader=("women",)),
    ]
)


def work(**days):
    return {"phase": "establish", "source": "study"} | days


def test_each_practice_counts_for_what_it_says(session):
    known = vocabularies(session)
    said = {
        "silent": ({}, {}),
        "days": ({"work": [work(days=9)]}, {"who": "A family can."}),
        "sexes": ({"work": [work(days=1), work(women_days=0)]}, {"who": "Women dig."}),
        "men": ({"work": [work(men_days=4)], "tags": {"suits": ["women"]}}, {}),
        "gain": ({"tags": {"benefits": ["women", "landless"]}}, {}),
        "below": ({"tags": {"benefits": ["downstream"]}}, {}),
        "widow": ({}, {"who": "A widow can begin."}),
        "gone": ({"work": [work(women_days=4)]}, {"who": "Women."}),
    }
    made = {
        key: record(
            session,
            known,
            key,
            number=number,
            texts={"en": words(key, **parts)},
            **facts,
        )
        for number, (key, (facts, parts)) in enumerate(said.items(), 1)
    }
    record(session, known, "tale", "story", number=1)
    made["gone"].status = Status.WITHDRAWN
    session.flush()
    told = read_told(session, THESAURUS)
    assert {key: told.get(one.id) for key, one in made.items()} == {
        "silent": Told(1),
        "days": Told(1, days=1, who=1),
        "sexes": Told(1, days=1, by_sex=1, who=1, women=1),
        "men": Told(1, days=1, by_sex=1, often_women=1),
        "gain": Told(1, benefits=1, women_gain=1),
        "below": Told(1, benefits=1),
        "widow": Told(1, who=1, women=1),
        "gone": None,
    }
    assert len(told) == len(made) - 1
    assert added(told.values()) == Told(7, 3, 2, 3, 2, 1, 2, 1)
    nobody_named = read_told(session, Thesaurus())
    assert added(nobody_named.values()) == Told(7, 3, 2, 3, 0, 1, 2, 1)


def test_of_nothing_nothing_is_said():
    assert added([]) == Told()
