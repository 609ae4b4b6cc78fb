"""The life of a draft: written, handed in, sent back, published, replaced."""

import pytest
from sqlalchemy import select

from kb import access
from kb.belongings import BELONGINGS
from kb.errors import Conflict, NotAllowed, NotFound, NotValid
from kb.journal import JournalDue, JournalLine
from kb.people import accounts
from kb.record.lookups import by_ref, get_record
from kb.record.models import FieldMark, Record, Text
from kb.record.reading import Reading
from kb.writing import lookups, publishing, service
from kb.writing.models import Draft, DraftSave, State
from kb.writing.versions import get_version, list_versions, newest
from kb.writing.withdrawals import find_gone
from tests.writing.desk import (
    POST,
    PRACTICE,
    begun,
    document,
    doubtful,
    handed_in,
    known,
    letters,
    person,
    published,
    put,
)


@pytest.fixture
def editor(desk):
    return person(desk, "Eva", "editor", language="fr")


def test_a_draft_is_kept_however_incomplete_and_checked_when_handed_in(desk, author):
    draft = begun(desk, author, {"facts": {"began": "x"}, "texts": {}})
    with pytest.raises(NotValid) as refused:
        publishing.check_draft(desk, PRACTICE, draft, known(desk))
    assert {"facts.began", "text.how"} <= set(refused.value.problems)
    assert draft.state == State.DRAFT


def test_problems_are_named_like_the_fields_of_the_forms(desk, author):
    wrong = document(
        facts={
            "effects": [{"key": "a", "unit": "parsec"}],
            "steps": [{"season": "sowing"}],
            "tags": {"soil": ["??"]},
            "relations": [{"kind": "uses", "to": "nothing"}],
        },
        steps=[""],
        title="x" * 91,
    )
    draft = begun(desk, author, wrong)
    with pytest.raises(NotValid) as refused:
        publishing.check_draft(desk, PRACTICE, draft, known(desk))
    assert {"effects.0.unit", "text.title", "tags.soil", "relations.0.to"} <= set(
        refused.value.problems
    )


def test_the_same_form_begins_one_draft(desk, author):
    assert begun(desk, author) is begun(desk, author)


def test_publishing_makes_record_version_journal_and_letters(desk, author, editor):
    record = published(desk, author, editor)
    assert (record.ref, record.status, record.credit) == ("P-1", "published", "Awa")
    (version,) = list_versions(desk, record)
    assert (version.number, version.by.name) == (1, "Eva")
    line = desk.scalars(select(JournalLine)).one()
    assert (line.what, line.done_by) == ("published", f"person {editor.id}")
    assert desk.scalars(select(JournalDue)).one().line_id == line.id
    assert letters(desk) == [
        ("draft-submitted", "eva@farm.example", "fr"),
        ("draft-published", "awa@farm.example", "en"),
    ]
    stored = get_record(desk, PRACTICE, "P-1")
    assert Reading(stored, "en").part("how").words == "Dig."


def test_a_record_is_hers_who_wrote_it_until_she_leaves(desk, author, editor):
    record = published(desk, author, editor)
    assert access.thing_of(desk, record).author_id == author.id
    changed(
        desk, record, editor, person(desk, "Ida", "editor"), put("en", how="Dig two.")
    )
    assert record.author_id == author.id
    accounts.delete_me(desk, author, BELONGINGS)
    desk.refresh(record)
    assert access.thing_of(desk, record).author_id is None


def change(session, record, author, number=None):
    last = newest(session, record.id)
    version = get_version(session, record, number) if number else last
    once = f"{record.ref} {number} {last.number}"
    return service.begin_change(
        session, record, version, last.number, by=author, once=once
    )


def changed(session, record, author, editor, filled, **said):
    draft = change(session, record, author)
    service.save(session, draft, filled, by=author, revision=1)
    service.submit(session, draft, by=author, note="", post=POST)
    return published(session, author, editor, draft=draft, **said)


def both_languages():
    content = document()
    content["texts"]["fr"] = {"state": "reviewed", "title": "Trous", "summary": "Oui."}
    return content


@pytest.mark.parametrize(
    ("filled", "significance", "state"),
    [
        (put("en", summary="Dig deeper."), "meaning", "stale"),
        (put("en", summary="Dig deeper."), "wording", "reviewed"),
        (put("en", summary="Dig deeper."), "typing", "reviewed"),
        (put("en", how="Deeper: French says nothing here."), "meaning", "reviewed"),
        (put("facts", credit="Awa and Eva"), "meaning", "reviewed"),
    ],
)
def test_other_languages_fall_behind_if_what_is_meant_changed(
    desk, author, editor, filled, significance, state
):
    record = published(desk, author, editor, both_languages())
    changed(desk, record, author, editor, filled, significance=significance)
    french = select(Text.state).where(Text.language == "fr")
    assert desk.scalars(french).one() == state
    marks = desk.scalars(select(FieldMark)).all()
    behind = {mark.field for mark in marks if mark.behind == "meaning"}
    assert behind == ({"summary"} if state == "stale" else set())
    assert {mark.state for mark in marks} == {"reviewed"}


def test_a_change_without_its_significance_is_not_published(desk, author, editor):
    record = published(desk, author, editor)
    with pytest.raises(NotValid) as refused:
        changed(
            desk, record, author, editor, put("en", how="Deeper."), significance="huge"
        )
    assert "significance" in refused.value.problems
    assert len(list_versions(desk, record)) == 1


def test_an_older_version_is_restored_as_a_new_one(desk, author, editor):
    record = published(desk, author, editor)
    changed(desk, record, author, editor, put("en", how="Deeper."))
    draft = change(desk, record, author, number=1)
    assert draft.document["texts"]["en"]["how"] == "Dig."
    service.submit(desk, draft, by=author, note="", post=POST)
    published(desk, author, editor, draft=draft)
    assert [v.number for v in list_versions(desk, record)] == [3, 2, 1]
    assert newest(desk, record.id).document["texts"]["en"]["how"] == "Dig."


def test_what_was_published_meanwhile_is_not_overwritten(desk, author, editor):
    record = published(desk, author, editor)
    late = change(desk, record, author, number=1)
    service.save(desk, late, put("en", title="Deep pits"), by=author, revision=1)
    changed(desk, record, person(desk, "Ali"), editor, put("en", how="Deeper."))
    service.submit(desk, late, by=author, note="", post=POST)
    with pytest.raises(Conflict):
        published(desk, author, editor, draft=late)
    assert publishing.bring_up(desk, late, by=editor) == []
    published(desk, author, editor, draft=late)
    text = newest(desk, record.id).document["texts"]["en"]
    assert (text["title"], text["how"]) == ("Deep pits", "Deeper.")


def test_a_title_that_changed_changes_the_address(desk, author, editor):
    record = published(desk, author, editor)
    changed(desk, record, author, editor, put("en", title="Deep pits"))
    assert by_ref(desk, ["P-1"], "en")["P-1"].texts[0].slug == "deep-pits"


def test_changes_are_asked_for_field_by_field(desk, author, editor):
    draft = handed_in(desk, author)
    service.take_up(desk, draft, by=editor)
    assert (draft.state, draft.reviewer_id) == (State.IN_REVIEW, editor.id)
    said = {"text.how": "How deep?", "text.title": " ", "": "Good work."}
    service.request_changes(desk, draft, said, by=editor, post=POST)
    told = [(one.field, one.words) for one in lookups.comments_on(desk, draft)]
    assert told == [("text.how", "How deep?"), ("", "Good work.")]
    assert letters(desk)[-1] == ("draft-changes", "awa@farm.example", "en")
    service.submit(desk, draft, by=author, note="Done", post=POST)
    assert lookups.comments_on(desk, draft) == []
    assert [step.what for step in lookups.steps_of(desk, draft)] == [
        "submitted",
        "changes requested",
        "taken up",
        "submitted",
        "begun",
    ]


def test_a_refusal_without_a_reason_is_refused(desk, author, editor):
    draft = handed_in(desk, author)
    with pytest.raises(NotValid):
        service.request_changes(desk, draft, {"": "\u202e "}, by=editor, post=POST)
    with pytest.raises(NotValid):
        service.turn_down(desk, draft, by=editor, note="\x00 ", post=POST)
    record = published(desk, author, editor, draft=draft)
    with pytest.raises(NotValid):
        publishing.withdraw(desk, record, by=editor, reason=" ")


def test_nobody_publishes_her_own(desk, editor):
    draft = handed_in(desk, editor)
    with pytest.raises(NotAllowed):
        published(desk, editor, editor, draft=draft)
    assert desk.scalars(select(Record)).all() == []


def test_an_editor_of_elsewhere_publishes_no_change(desk, author, editor):
    site = {"place": "Kayes", "country": "ML"}
    record = published(desk, author, editor, document(facts={"sites": [site]}))
    local = person(desk, "Lea", ("editor", "kind", "story"))
    with pytest.raises(NotAllowed):
        changed(desk, record, author, local, put("en", how="Deeper."))
    with pytest.raises(NotAllowed):
        publishing.withdraw(desk, record, by=local, reason="No.")


def test_a_doubtful_claim_needs_a_reviewer_who_says_why(desk, author, editor):
    draft = handed_in(desk, author, document(facts={"effects": [doubtful()]}))
    assert {one.field for one in publishing.doubts_of(desk, draft)} == {
        "effects.0.value",
        "effects.0.years",
        "effects.0.depth_cm",
    }
    with pytest.raises(NotValid) as refused:
        published(desk, author, editor, draft=draft)
    assert set(refused.value.problems) == {"doubts_note"}
    record = published(desk, author, editor, draft=draft, doubts_note="Raw data seen.")
    assert newest(desk, record.id).doubts_note == "Raw data seen."
    changed(desk, record, author, editor, put("en", how="Deeper."))


def test_withdrawal_hides_the_record_and_says_why(desk, author, editor):
    record = published(desk, author, editor)
    other = published(desk, author, editor, document("Other pits"))
    with pytest.raises(NotValid):
        publishing.withdraw(desk, record, by=editor, reason="Wrong.", instead="P-99")
    publishing.withdraw(desk, record, by=editor, reason="Wrong.", instead="p-2")
    with pytest.raises(NotFound):
        get_record(desk, PRACTICE, "P-1")
    gone = find_gone(desk, "P-1", "en")
    assert (gone.withdrawal.reason, gone.instead.ref) == ("Wrong.", other.ref)
    lines = desk.scalars(select(JournalLine.what).order_by(JournalLine.id)).all()
    assert lines == ["published", "published", "withdrawn"]
    with pytest.raises(Conflict):
        publishing.withdraw(desk, record, by=editor, reason="Again.")
    published(desk, author, editor, draft=reborn(desk, record, author))
    assert find_gone(desk, "P-1", "en") is None
    assert get_record(desk, PRACTICE, "P-1")


def reborn(session, record, author):
    draft = change(session, record, author)
    service.submit(session, draft, by=author, note="", post=POST)
    return draft


def test_a_published_draft_keeps_no_saves(desk, author, editor):
    published(desk, author, editor)
    assert desk.scalars(select(DraftSave)).all() == []
    assert desk.scalars(select(Draft)).one().state == State.PUBLISHED
