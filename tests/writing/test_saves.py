"""Saves kept of a draft: enough that a form left open for hours is still known."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from kb.writing import service
from kb.writing.models import DraftSave
from tests.writing.desk import begun, put

BEGUN = datetime(2026, 11, 23, 8, tzinfo=UTC)


@pytest.fixture
def draft(desk, author):
    return begun(desk, author)


def autosaved(desk, draft, author, times, *, minutes=0.5):
    """Save again and again, as if so many minutes lay between two saves."""
    for number in range(times):
        words = put("en", how=f"Save {draft.revision}.")
        service.save(desk, draft, words, by=author, revision=draft.revision)
        newest = desk.get_one(DraftSave, (draft.id, draft.revision))
        newest.at = BEGUN + timedelta(minutes=minutes * number)


def kept(desk):
    desk.expire_all()
    return desk.scalars(select(DraftSave).order_by(DraftSave.revision)).all()


@pytest.mark.thorough
def test_half_a_day_of_saves_is_thinned_out_to_quarters_of_an_hour(desk, draft, author):
    autosaved(desk, draft, author, 120, minutes=3)
    rows = kept(desk)
    assert len(rows) <= service.SAVES_KEPT
    assert rows[0].revision == 1
    newest = range(draft.revision - service.NEWEST_KEPT + 1, draft.revision + 1)
    assert [row.revision for row in rows][-service.NEWEST_KEPT :] == list(newest)
    reach = rows[-1].at - rows[1].at
    assert reach > timedelta(hours=5), "thirty saves in a row are an hour and a half"


def test_an_old_form_does_not_clash_with_what_was_saved_elsewhere(desk, draft, author):
    autosaved(desk, draft, author, 60)
    saved = service.save(
        desk, draft, put("en", where="Dry land."), by=author, revision=5
    )
    assert saved.clashes == ()
    assert draft.document["texts"]["en"]["where"] == "Dry land."
    assert draft.document["texts"]["en"]["how"] == "Save 60."


def test_an_old_form_never_takes_back_unseen_what_was_saved_since(desk, draft, author):
    autosaved(desk, draft, author, 60)
    old = put("en", how="Save 4.")
    saved = service.save(desk, draft, old, by=author, revision=5)
    assert [clash.theirs for clash in saved.clashes] == ["Save 60."]
    assert draft.document["texts"]["en"]["how"] == "Save 60."
