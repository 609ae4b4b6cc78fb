"""What a file brings: drafts by whoever may, and nothing over the work of others."""

import pytest
from sqlalchemy import select

from kb.errors import NotAllowed
from kb.record.marks import digest
from kb.translating.files import forms
from kb.translating.files.taking_in import Done
from kb.translating.files.unit import Trouble
from kb.translating.holding import hold
from kb.translating.models import Rendering, RenderingStep, Suggested
from kb.translating.suggesting import MOST_WAITING
from kb.writing.versions import newest
from tests.translating.files.bag import as_file, bring, taken_out, troubles, unit
from tests.translating.house import COMMENT, HOW, Team
from tests.translating.test_service import change, publish
from tests.writing.desk import person

FORMS = pytest.mark.parametrize("form", ["po", "xliff"])


@pytest.fixture
def team(session):
    return Team(session)


@pytest.fixture
def how(team):
    """Give what makes a unit of the field ``how`` of the team's record."""

    def one(words=COMMENT, source=HOW, field="how", **said):
        return unit(field, source, words, ref=team.record.ref, **said)

    return one


def state(team, field="how"):
    row = team.bench().rows[field]
    return str(row.state), row.words


def untouched(team):
    found = team.session.scalars(select(Rendering)).all()
    return found == [] and team.session.scalars(select(Suggested)).all() == []


@FORMS
def test_a_dry_run_says_what_the_run_does_and_does_nothing(team, how, form):
    content = as_file([how()], form)
    said = bring(team.session, content, team.translator, dry_run=True, hand_in=True)
    assert untouched(team)
    done = bring(team.session, content, team.translator, hand_in=True)
    assert (said.done, said.handed_in) == (done.done, done.handed_in)
    assert state(team) == ("in-review", COMMENT)
    steps = team.session.scalars(select(RenderingStep.what)).all()
    assert steps == ["saved", "submitted"]


def test_the_same_file_again_changes_nothing(team, how):
    content = as_file([how()])
    bring(team.session, content, team.translator)
    again = bring(team.session, content, team.translator)
    assert (again.coming, again.done[Done.SAME]) == (0, 1)


def test_words_that_are_not_done_are_not_handed_in(team, how):
    content = as_file([how(ready=False)])
    report = bring(team.session, content, team.translator, hand_in=True)
    assert (report.handed_in, state(team)) == (0, ("draft", COMMENT))


def test_who_has_no_role_suggests(team, how):
    zoe = person(team.session, "Zoe")
    report = bring(team.session, as_file([how()]), zoe, hand_in=True)
    assert (report.suggested, report.handed_in) == (1, 0)
    assert state(team)[0] == "missing"
    (one,) = team.session.scalars(select(Suggested))
    assert (one.words, one.by_id, one.source_hash) == (COMMENT, zoe.id, digest(HOW))


def test_what_more_somebody_suggests_than_may_wait_is_said(team, how):
    zoe = person(team.session, "Zoe")
    for number in range(MOST_WAITING):
        words = as_file([how(f"{COMMENT} {'x' * number}")])
        bring(team.session, words, zoe, Trouble.DOUBT)
    report = bring(team.session, as_file([how(f"{COMMENT}!")]), zoe)
    assert troubles(report) == {"how": "too-many-wait"}
    assert report.suggested == 0
    assert len(team.session.scalars(select(Suggested)).all()) == MOST_WAITING


def test_who_has_no_account_that_counts_brings_nothing(team, how):
    team.translator.confirmed = None
    with pytest.raises(NotAllowed):
        bring(team.session, as_file([how()]), team.translator)
    assert untouched(team)


WRONG = {
    "a number": (COMMENT.replace("25", "52"), "does-not-fit"),
    "another unit": (COMMENT.replace("25 cm", "25 m"), "does-not-fit"),
    "a text turned round": (f"{COMMENT}\u202e", "does-not-fit"),
    "a text within another": (f"\u2067{COMMENT}\u2069", "does-not-fit"),
    "a bell": (f"{COMMENT}\x07", "does-not-fit"),
    "a placeholder": (f"{COMMENT} %(name)s", "does-not-fit"),
    "far too much": (COMMENT + " a" * 500_000, "does-not-fit"),
    "the original": (HOW, "doubtful"),
    "a link of its own": (f"{COMMENT} https://x.example/y", "doubtful"),
}


@FORMS
@pytest.mark.parametrize("name", WRONG)
def test_what_the_workbench_would_not_take_comes_in_by_no_file(team, how, form, name):
    words, trouble = WRONG[name]
    report = bring(team.session, as_file([how(words)], form), team.translator)
    assert troubles(report) == {"how": trouble}
    assert report.done == {Done.LEFT: 1}
    assert untouched(team)


def test_what_is_doubtful_comes_in_if_that_is_said(team, how):
    doubtful = as_file([how(WRONG["a link of its own"][0])])
    report = bring(team.session, doubtful, team.translator, Trouble.DOUBT, hand_in=True)
    assert (report.coming, report.handed_in) == (1, 0)


def test_what_is_wrong_stays_out_whatever_is_said(team, how):
    wrong = as_file([how(WRONG["a number"][0])])
    assert bring(team.session, wrong, team.translator, *Trouble).coming == 0
    assert untouched(team)


def test_newer_work_stays(team, how):
    content = taken_out(team.session).decode()
    team.write(how="Un.")
    ready = content.replace(f'{HOW}"\nmsgstr ""', f'{HOW}"\nmsgstr "{COMMENT}"')
    report = bring(team.session, ready.encode(), team.reviewer, *Trouble)
    assert troubles(report) == {"how": "newer-work"}
    assert state(team) == ("draft", "Un.")


def test_where_a_tool_drops_what_stood_there_begun_work_stays(team, how):
    team.write(how="Un.")
    content = as_file([how()]).replace(b"#. humus:", b"#. ")
    report = bring(team.session, content, team.reviewer, *Trouble)
    assert troubles(report) == {"how": "newer-work"}
    assert state(team) == ("draft", "Un.")


def test_a_record_that_somebody_works_on_stays(team, how):
    hold(team.session, team.bench(), by=team.reviewer)
    report = bring(team.session, as_file([how()]), team.translator, *Trouble)
    assert troubles(report) == {"how": "in-hand"}
    assert untouched(team)
    assert bring(team.session, as_file([how()]), team.reviewer).coming == 1


def reviewed(team):
    team.hand_in(how=COMMENT)
    team.accept("how")


def test_reviewed_words_give_way_only_if_that_is_said(team, how):
    reviewed(team)
    other = as_file([how(f"{COMMENT} Bon.", shown=digest(COMMENT))])
    report = bring(team.session, other, team.translator)
    assert troubles(report) == {"how": "over-reviewed"}
    assert state(team) == ("reviewed", COMMENT)
    report = bring(team.session, other, team.translator, Trouble.REVIEWED, hand_in=True)
    assert (report.done[Done.CHANGED], report.handed_in) == (1, 0)
    assert state(team) == ("draft", f"{COMMENT} Bon.")
    assert team.bench().rows["how"].published == COMMENT


def test_words_for_an_older_original_are_asked_about_and_are_behind(team, how):
    content = as_file([how()])
    publish(team, change(team, how="Dig pits 40 cm deep. Put 2.5 t/ha of manure in."))
    report = bring(team.session, content, team.translator)
    assert troubles(report) == {"how": "older-original"}
    assert untouched(team)
    bring(team.session, content, team.translator, Trouble.OLDER)
    rendering = team.bench().rows["how"].rendering
    assert (rendering.source_hash, rendering.source_version) == (digest(HOW), 1)
    team.session.flush()
    rendering.state = "in-review"
    team.accept("how")
    assert state(team) == ("stale", COMMENT)


def test_a_suggestion_says_of_which_original_it_is(team, how):
    content = as_file([how()])
    publish(team, change(team, how="Dig pits 40 cm deep. Put 2.5 t/ha of manure in."))
    bring(team.session, content, person(team.session, "Zoe"), Trouble.OLDER)
    (one,) = team.session.scalars(select(Suggested))
    assert (one.source_hash, one.source_version) == (digest(HOW), 1)


def test_fields_of_one_old_file_are_taken_one_by_one(team, how):
    content = as_file(
        [
            how(),
            how("Creusez.", "Dig.", field="step:2"),
            how("", "Mark the line.", field="step:1"),
        ]
    )
    publish(team, change(team, how="Dig pits 40 cm deep. Put 2.5 t/ha of manure in."))
    report = bring(team.session, content, team.translator)
    assert report.done == {Done.LEFT: 1, Done.NEW: 1, Done.EMPTY: 1}
    assert state(team, "step:2") == ("draft", "Creusez.")


def test_an_original_that_was_altered_in_the_file_is_left_out(team, how):
    report = bring(team.session, as_file([how(source="Dig.")]), team.translator)
    assert troubles(report) == {"how": "original-altered"}
    swapped = as_file([how(hashed=digest("Dig."))])
    assert troubles(bring(team.session, swapped, team.translator)) == {
        "how": "original-altered"
    }
    assert untouched(team)


@pytest.mark.parametrize("field", ["nowhere", "step:9", "effect:x", "state", "marks"])
def test_a_field_that_the_record_has_not_is_left_out(team, how, field):
    report = bring(team.session, as_file([how(field=field)]), team.translator)
    assert troubles(report) == {field: "unknown-id"}
    assert untouched(team)


def test_a_record_that_there_is_not_is_left_out(team):
    report = bring(
        team.session, as_file([unit(words="Un.", ref="P-999")]), team.translator
    )
    assert troubles(report) == {"how": "unknown-id"}


def test_changed_ids_put_no_words_where_they_do_not_belong(team):
    content = taken_out(team.session).decode()
    ref = team.record.ref
    mixed = (
        content.replace(f"{ref}/title", "x")
        .replace(f"{ref}/summary", f"{ref}/title")
        .replace('"x"', f'"{ref}/summary"')
        .replace("#, fuzzy\n", "")
    )
    report = bring(team.session, mixed.encode(), team.translator, *Trouble)
    assert report.coming == 1, "the first step alone, which is where it was"
    assert troubles(report)["title"] == "original-altered"
    assert state(team, "title")[1] == "Trous"


def test_a_step_that_moved_is_found_by_what_it_says(team, how):
    moved = as_file([how("Creusez.", "Dig.", field="step:1")])
    report = bring(team.session, moved, team.translator)
    assert troubles(report) == {"step:1": "moved"}
    assert report.done == {Done.NEW: 1}
    assert state(team, "step:2") == ("draft", "Creusez.")
    assert state(team, "step:1")[1] == "Tracez la ligne."


def test_a_unit_that_stands_twice_comes_in_if_both_say_the_same(team, how):
    twice = as_file([how(), how()], "xliff")
    assert bring(team.session, twice, team.translator).done == {Done.NEW: 1}


@FORMS
def test_a_unit_that_stands_twice_with_other_words_is_left_out(team, how, form):
    twice = as_file([how()], form)
    other = as_file([how(f"{COMMENT} Bon.")], form)
    start, end = (
        (b"#. humus", None) if form == "po" else (b"<file", -len(b"</xliff>\n"))
    )
    at = other.index(start)
    whole = twice[:end] + other[at:] if form == "xliff" else twice + b"\n" + other[at:]
    report = bring(team.session, whole, team.translator, *Trouble)
    assert report.done == {Done.LEFT: 2}
    assert troubles(report) == {"how": "stands-twice"}
    assert untouched(team)


def test_words_marked_as_right_are_confirmed_if_that_is_said(team):
    ref = team.record.ref
    right = as_file([unit("title", team.bench().rows["title"].source, "Trous", ref=ref,
                          shown=digest("Trous"))])  # fmt: skip
    report = bring(team.session, right, team.translator)
    assert troubles(report) == {"title": "right-as-it-stands"}
    assert untouched(team)
    report = bring(
        team.session, right, team.translator, Trouble.UNCHANGED, hand_in=True
    )
    assert (report.done, report.handed_in) == ({Done.CONFIRMED: 1}, 1)
    assert state(team, "title") == ("in-review", "Trous")


def test_a_file_of_originals_in_another_language_is_left_out(team, how):
    report = bring(team.session, as_file([how()], spoken="pt"), team.translator)
    assert troubles(report) == {"how": "other-language"}
    into_english = as_file([how()], language="en")
    report = bring(team.session, into_english, team.translator)
    assert troubles(report) == {"how": "other-language"}


def test_a_file_makes_no_version_and_publishes_nothing(team, how):
    before = newest(team.session, team.record.id).number
    bring(team.session, as_file([how()]), team.editor, *Trouble, hand_in=True)
    assert newest(team.session, team.record.id).number == before
    assert forms.read(taken_out(team.session, state="in-review")).units[0].words == (
        COMMENT
    )
