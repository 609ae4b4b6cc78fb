"""Words that were searched for in vain are counted; who searched is kept nowhere."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from kb.search.gaps import (
    KEEP_DAYS,
    LONGEST,
    Line,
    Sought,
    Tally,
    gaps,
    line_of,
    without_persons,
    write,
)
from kb.tally import MOST_WAITING

TODAY = datetime.now(UTC).date()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Érosion des SOLS!", "erosion des sols"),
        ("  no-till   maize? ", "no-till maize"),
        ("pH 5.5, 30 cm", "ph 5.5 30 cm"),
        ("4 per 1000", "4 per 1000"),
        ("2014-2016 drought", "drought"),
        ("call me +226 70 12 34 56 erosion", "call me erosion"),
        ("(0033) 6.12.34.56.78", ""),
        ("ami.diallo@example.org compost", "compost"),
        ("see https://example.org/a?b www.x.org lime", "see lime"),
        ('"stone lines" -rice', "stone lines -rice"),
        ("تعرية التربة", "تعريه التربه"),
        ("土壤侵蚀", "土壤侵蚀"),
        ("   ", ""),
        ("?!", ""),
        ("\x00 a\nb", "a b"),
    ],
)
def test_words_are_folded_and_persons_left_out(typed, kept):
    assert without_persons(typed) == kept


def test_what_is_kept_is_short():
    assert len(without_persons("word " * 50).split()) == 8
    assert len(without_persons("x" * 500)) == LONGEST
    assert line_of("?", "en") is None


def counted(*searches):
    tally = Tally()
    for words, in_vain in searches:
        tally.searched(line_of(words, "fr", "hot-arid-sandy"), in_vain=in_vain)
    return tally


def test_counts_of_a_day_add_up(session):
    tally = counted(("zaï", True), ("Zai", False), ("compost", False))
    tally.opened(line_of("ZAÏ", "fr", "hot-arid-sandy"))
    write(session, tally.take())
    write(session, counted(("zai", True)).take())
    rows = session.scalars(select(Sought).order_by(Sought.words)).all()
    assert [(r.words, r.times, r.in_vain, r.opened) for r in rows] == [
        ("compost", 1, 0, 0),
        ("zai", 3, 2, 1),
    ]
    assert tally.take() == {}


def test_what_could_not_be_written_is_counted_again():
    tally = counted(("zai", True))
    taken = tally.take()
    tally.searched(line_of("zai", "fr", "hot-arid-sandy"), in_vain=False)
    tally.give_back(taken)
    (counts,) = tally.take().values()
    assert counts == {"times": 2, "in_vain": 1}


def test_memory_is_bounded():
    tally = Tally()
    for n in range(MOST_WAITING + 5):
        tally.opened(Line(TODAY, "en", "", f"w{n}"))
    assert len(tally.take()) == MOST_WAITING


def test_gaps_are_what_was_asked_for_often_and_in_vain_worst_first(session):
    searches = [("cassava", True)] * 3 + [("tef", True)] * 2 + [("once", True)]
    tally = counted(*searches, *[("ignored", False)] * 2, *[("good", False)] * 2)
    for _ in range(2):
        tally.opened(line_of("good", "fr", "hot-arid-sandy"))
    write(session, tally.take())
    found = gaps(session, since=TODAY)
    assert [(g.words, g.times, g.in_vain, g.unopened) for g in found] == [
        ("cassava", 3, 3, 3),
        ("tef", 2, 2, 2),
        ("ignored", 2, 0, 2),
    ]
    assert {(g.language, g.zone, g.last) for g in found} == {
        ("fr", "hot-arid-sandy", TODAY)
    }
    assert len(gaps(session, since=TODAY, at_least=1)) == 4
    assert gaps(session, since=TODAY, language="en") == []
    assert gaps(session, since=TODAY + timedelta(days=1)) == []


def test_old_counts_are_forgotten(session):
    old = Line(TODAY - timedelta(days=KEEP_DAYS + 1), "en", "", "old")
    tally = Tally()
    tally.searched(old, in_vain=True)
    write(session, tally.take())
    assert session.scalars(select(Sought.words)).all() == ["old"]
    write(session, {})
    assert session.scalars(select(Sought)).all() == []
