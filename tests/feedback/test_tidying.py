"""What is kept of users, how long, and what they can take along or undo."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from kb.feedback.models import Comment, FollowUp, Helpful, Report, Tried
from kb.feedback.tidying import tidy
from tests.feedback.house import furnish, staff
from tests.feedback.test_follow_up import WANTED
from tests.people.visitor import Visitor, change, rows
from tests.web.test_feedback import DANGER, record_page, say, send
from tests.web.test_feedback_tried import TOLD, decide

COMMENT = {"words": "How deep?", "language": "en", "name": "Awa"}


@pytest.fixture
def visitor(either):
    furnish(either.app)
    return Visitor(either.app)


def everything_said(visitor, contact=""):
    say(visitor, "yes")
    send(visitor, "report", **DANGER, name="Awa", contact=contact)
    send(visitor, "comment", **COMMENT, contact=contact)
    send(visitor, "tried", **(TOLD | {"contact": contact}))


def tidied(visitor):
    with visitor.app.extensions["kb"].database.writing() as session:
        tidy(session)
        session.commit()


def test_what_is_still_of_use_stays(visitor):
    everything_said(visitor, "awa@farm.example")
    send(visitor, "follow-up", **WANTED)
    tidied(visitor)
    assert rows(visitor.app, Helpful)[0].voter
    for table in (Report, Comment, Tried):
        assert rows(visitor.app, table)[0].contact == "awa@farm.example"
    assert len(rows(visitor.app, FollowUp)) == 1


def test_addresses_and_what_was_refused_go_in_time(visitor):
    everything_said(visitor, "awa@farm.example")
    send(visitor, "follow-up", **WANTED)
    long_ago = datetime.now(UTC) - timedelta(days=181)
    change(visitor.app, Helpful, day=long_ago.date())
    for table in (Report, Comment, Tried):
        change(visitor.app, table, at=long_ago)
    change(visitor.app, Comment, state="refused", decided=long_ago)
    change(visitor.app, FollowUp, expires=long_ago)
    tidied(visitor)
    assert [row.voter for row in rows(visitor.app, Helpful)] == [None]
    assert rows(visitor.app, Comment) == rows(visitor.app, FollowUp) == []
    for table in (Report, Tried):
        (row,) = rows(visitor.app, table)
        assert (row.contact, row.words if table is Report else row.done) != ("", "")
        assert row.contact == ""


def test_my_file_holds_all_i_said_and_nothing_of_others(visitor):
    everything_said(Visitor(visitor.app, from_="192.0.2.8"), "eve@farm.example")
    visitor.at_home()
    send(visitor, "comment", words="Mine alone", language="en", name="Awa")
    other = Visitor(visitor.app, from_="192.0.2.9")
    send(other, "report", **(DANGER | {"contact": visitor.email, "words": "By mail"}))
    reply = visitor.post("/account/export", token_from="/account")
    said = json.loads(reply.data)["feedback"]
    assert [one["words"] for one in said["comments"]] == ["Mine alone"]
    assert [one["words"] for one in said["reports"]] == ["By mail"]
    assert said["tried"] == said["follow_ups"] == []
    assert "eve@" not in reply.text


@pytest.mark.thorough
def test_deleting_me_leaves_what_counts_without_my_name(visitor):
    visitor.at_home()
    everything_said(visitor, visitor.email)
    send(visitor, "follow-up", **(WANTED | {"address": visitor.email}))
    expert = staff(visitor.app, "expert")
    decide(expert, "check", rows(visitor.app, Tried)[0].id)
    assert visitor.post("/account/delete", token_from="/account").status_code == 200
    assert rows(visitor.app, Comment) == rows(visitor.app, FollowUp) == []
    for table in (Report, Tried):
        (row,) = rows(visitor.app, table)
        assert (row.person_id, row.name, row.contact) == (None, "", "")
    text = record_page(Visitor(visitor.app)).text
    assert "Termites" in text
    assert "Awa" not in text
