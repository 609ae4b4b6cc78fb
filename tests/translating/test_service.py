"""From a field that lacks to one that is published and reviewed."""

import pytest
from sqlalchemy import select

from kb.credit.contributors import of_record
from kb.errors import Conflict, NotAllowed, NotFound, NotValid
from kb.journal import JournalLine, due
from kb.record.lookups import get_record
from kb.record.marks import FieldState
from kb.record.models import FieldMark, Text
from kb.record.reading import Reading
from kb.translating.bench import known_language
from kb.translating.listing import lacking
from kb.translating.models import RenderingStep
from kb.translating.rules import languages_of
from kb.translating.service import Given, accept, save, send_back, submit
from kb.writing import publishing, service
from kb.writing.publishing import Said
from kb.writing.versions import get_version, newest
from tests.translating.house import COMMENT, PRACTICE, Team
from tests.writing.desk import POST, person, put


@pytest.fixture
def team(session):
    return Team(session)


def states(team):
    return {name: str(row.state) for name, row in team.bench().rows.items()}


def change(team, significance="meaning", **words):
    last = newest(team.session, team.record.id)
    draft = service.begin_change(
        team.session, team.record, last, last.number, by=team.author,
        once=f"{last.number}{words}",
    )  # fmt: skip
    service.save(team.session, draft, put("en", **words), by=team.author, revision=1)
    return draft


def publish(team, draft, significance="meaning"):
    service.submit(team.session, draft, by=team.author, note="", post=POST)
    publishing.publish(
        team.session, PRACTICE, draft, Said(significance), by=team.editor, post=POST
    )


def test_a_bench_shows_each_field_of_the_source_with_its_state(team):
    assert states(team) == {
        "title": "machine-drafted",
        "summary": "machine-drafted",
        "how": "missing",
        "step:1": "machine-drafted",
        "step:2": "missing",
    }


def test_accepted_words_are_published_with_who_did_it(team):
    team.hand_in(how=COMMENT, step__2="Creusez.")
    before = newest(team.session, team.record.id).number
    team.accept("how", "step:2")
    last = newest(team.session, team.record.id)
    french = last.document["texts"]["fr"]
    assert last.number == before + 1
    assert (french["how"], french["steps"][1]) == (COMMENT, "Creusez.")
    assert states(team)["how"] == "reviewed"
    assert states(team)["title"] == "machine-drafted"
    mark = team.session.get(FieldMark, (team.record.id, "fr", "how"))
    assert (mark.translator_id, mark.reviewer_id) == (
        team.translator.id, team.reviewer.id,
    )  # fmt: skip
    lines = team.session.scalars(select(JournalLine.what)).all()
    assert lines[-1] == "translated"
    assert due(team.session, "search", limit=100)[-1].what == "translated"
    shares = {(row.role, row.language) for row in of_record(team.session, team.record)}
    assert ("translator", "fr") in shares


def test_who_translated_stays_while_the_words_do(team):
    team.hand_in(how=COMMENT)
    team.accept("how")
    publish(team, change(team, title="Deep pits"))
    mark = team.session.get(FieldMark, (team.record.id, "fr", "how"))
    assert mark.translator_id == team.translator.id


def test_a_change_of_meaning_makes_only_its_fields_stale(team):
    team.hand_in(how=COMMENT)
    team.accept("how")
    publish(team, change(team, how="Dig pits 40 cm deep."))
    assert states(team)["how"] == "stale"
    assert states(team)["title"] == "machine-drafted"
    pieces = team.bench().rows["how"].changed
    assert ("added", "40") in {(one.how, one.words) for one in pieces}
    text = team.session.scalars(select(Text).where(Text.language == "fr")).one()
    assert (text.state, text.apart["title"]) == ("stale", "machine-drafted")


def test_readers_are_told_at_the_field(team, session):

    team.hand_in(how=COMMENT)
    team.accept("how")
    publish(team, change(team, how="Dig pits 40 cm deep."))
    session.flush()
    session.expire_all()
    reading = Reading(get_record(session, PRACTICE, team.record.ref, "fr"), "fr")
    assert reading.doubts == ["stale", "machine-drafted"]
    assert (reading.part("how").stale, reading.summary.stale) == (True, False)


@pytest.mark.parametrize("significance", ["wording", "typing"])
def test_other_changes_make_nothing_stale(team, significance):
    team.hand_in(how=COMMENT)
    team.accept("how")
    publish(team, change(team, how="Dig pits."), significance)
    row = team.bench().rows["how"]
    assert row.state == FieldState.REVIEWED
    assert row.behind == {"wording": "wording", "typing": ""}[significance]


def test_a_small_fix_leaves_a_field_as_far_behind(team):
    team.hand_in(how=COMMENT)
    team.accept("how")
    publish(team, change(team, how="Dig pits 40 cm deep."))
    bench = team.bench()
    fixed = Given(f"{COMMENT}!", bench.rows["how"].shown, small=True)
    save(team.session, bench, {"how": fixed}, by=team.translator)
    submit(team.session, team.bench(), ["how"], by=team.translator)
    team.accept("how")
    row = team.bench().rows["how"]
    assert (row.published, row.state) == (f"{COMMENT}!", FieldState.STALE)


def test_words_that_are_right_are_handed_in_without_a_change(team):
    bench = team.bench()
    right = Given("Trous", bench.rows["title"].shown, confirmed=True)
    save(team.session, bench, {"title": right}, by=team.translator)
    assert states(team)["title"] == "draft"
    submit(team.session, team.bench(), ["title"], by=team.translator)
    team.accept("title")
    assert states(team)["title"] == "reviewed"


def test_words_handed_in_before_the_source_changed_are_behind_when_accepted(team):
    team.hand_in(how=COMMENT)
    publish(team, change(team, how="Dig pits 40 cm deep."))
    team.accept("how")
    assert states(team)["how"] == "stale"


def test_two_who_write_at_once_lose_nothing(team):
    seen = team.bench().rows["how"].shown
    team.write(how="Un")
    bench = team.bench()
    mine = {"how": Given("Deux", seen), "step:2": Given("Creusez.", "")}
    (clash,) = save(team.session, bench, mine, by=team.reviewer)
    assert (clash.field, clash.theirs, clash.mine) == ("how", "Un", "Deux")
    assert team.bench().rows["how"].words == "Un"
    assert team.bench().rows["step:2"].words == "Creusez."
    kept = set(team.session.scalars(select(RenderingStep.words)))
    assert {"Un", "Creusez."} <= kept


def test_a_field_left_empty_stays_as_it_is(team):
    team.write(title="  ")
    assert states(team)["title"] == "machine-drafted"


def test_nobody_decides_on_her_own_words(team):
    team.write(by=team.reviewer, how=COMMENT)
    submit(team.session, team.bench(), ["how"], by=team.reviewer)
    with pytest.raises(NotAllowed):
        team.accept("how")
    assert states(team)["how"] == "in-review"


def test_a_translator_accepts_nothing(team):
    team.hand_in(how=COMMENT)
    with pytest.raises(NotAllowed):
        team.accept("how", by=person(team.session, "Zoe", "translator"))
    assert (
        newest(team.session, team.record.id).document["texts"]["fr"].get("how") is None
    )


def test_words_changed_since_the_reviewer_saw_them_are_not_accepted(team):
    team.hand_in(how=COMMENT)
    bench = team.bench()
    with pytest.raises(Conflict):
        accept(team.session, PRACTICE, bench, {"how": "0" * 16}, by=team.reviewer)
    assert states(team)["how"] == "in-review"


def test_what_is_sent_back_says_why(team):
    team.hand_in(how=COMMENT)
    with pytest.raises(NotValid):
        send_back(team.session, team.bench(), {"how": " "}, by=team.reviewer)
    send_back(team.session, team.bench(), {"how": "Ligne ?"}, by=team.reviewer)
    row = team.bench().rows["how"]
    assert (row.state, row.rendering.note) == (FieldState.DRAFT, "Ligne ?")


@pytest.mark.parametrize("code", ["FR", "1", "", "../fr", "qqx", "x" * 90])
def test_what_is_no_language_is_refused(code):
    with pytest.raises(NotFound):
        known_language(code)


def test_a_new_language_begins_with_its_title(team):
    swahili = person(team.session, "Asha", ("translator", "language", "sw"))
    other = person(team.session, "Juma", ("reviewer", "language", "sw"))
    bench = team.bench("sw")
    given = {"how": Given("Chimba 25 cm.", ""), "title": Given("Mashimo", "")}
    save(team.session, bench, given, by=swahili)

    submit(team.session, team.bench("sw"), ["how", "title"], by=swahili)
    bench = team.bench("sw")
    with pytest.raises(NotValid):
        accept(
            team.session, PRACTICE, bench, {"how": bench.rows["how"].shown}, by=other
        )
    shown = {name: bench.rows[name].shown for name in ("how", "title")}
    accept(team.session, PRACTICE, bench, shown, by=other)
    text = newest(team.session, team.record.id).document["texts"]["sw"]
    assert (text["state"], text["title"]) == ("reviewed", "Mashimo")


def test_authors_need_not_bring_translations_in_themselves(team):
    draft = change(team, how="Dig pits 40 cm deep.")
    team.hand_in(step__2="Creusez.")
    team.accept("step:2")
    publish(team, draft)
    french = newest(team.session, team.record.id).document["texts"]["fr"]
    assert french["steps"] == ["Tracez la ligne.", "Creusez."]


def test_steps_that_change_places_take_their_words_along(team):
    def turned(content):
        texts = {
            language: text | {"steps": text["steps"][::-1]}
            for language, text in content["texts"].items()
        }
        return content | {"texts": texts}

    last = newest(team.session, team.record.id)
    draft = service.begin_change(
        team.session, team.record, last, last.number, by=team.author, once="turned"
    )
    service.save(team.session, draft, turned, by=team.author, revision=1)
    team.hand_in(step__1="Tracez-la.")
    team.accept("step:1")
    publish(team, draft)
    assert newest(team.session, team.record.id).document["texts"]["fr"]["steps"] == [
        "", "Tracez-la.",
    ]  # fmt: skip
    assert states(team)["step:2"] == "reviewed"


def test_an_older_version_comes_back_with_what_was_translated_since(team):
    publish(team, change(team, title="Deep pits"))
    team.hand_in(how=COMMENT)
    team.accept("how")
    last = newest(team.session, team.record.id)
    first = get_version(team.session, team.record, 1)
    draft = service.begin_change(
        team.session, team.record, first, last.number, by=team.author, once="back"
    )
    publish(team, draft)
    row = team.bench().rows["how"]
    assert (row.published, row.state) == (COMMENT, FieldState.REVIEWED)
    assert team.bench().rows["title"].source == "Pits"


def test_the_list_says_what_lacks_and_shows_what_is_hers(team):
    (line,) = lacking(team.session, team.translator, "fr")
    assert line.states == {"machine-drafted": 3, "missing": 2}
    team.hand_in(how=COMMENT, title="Fosses")
    (line,) = lacking(team.session, team.translator, "fr")
    assert line.states == {"machine-drafted": 2, "in-review": 2, "missing": 1}
    assert lacking(team.session, team.translator, "es") == []
    assert lacking(team.session, team.author, "fr") == []


def test_whoever_translates_sees_her_languages_first(team):
    assert languages_of(team.translator, ("en", "fr")) == ["fr"]
    assert languages_of(team.editor, ("en", "fr")) == ["en", "fr"]
    assert languages_of(team.author, ("en", "fr")) == []
