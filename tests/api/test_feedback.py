"""What users said, as JSON: counts and checked trials, and nothing of a person."""

from datetime import UTC, datetime, timedelta

import pytest

from kb.feedback.models import FollowUp, Report, Result, Tried
from kb.record.models import Record
from kb.worker import ask_due
from tests.feedback.house import furnish, staff
from tests.feedback.test_follow_up import confirmed, last_link, press
from tests.people.visitor import Visitor, change, rows
from tests.web.test_feedback import DANGER, say, send
from tests.web.test_feedback_tried import TOLD, decide

NOTHING = {
    "ref": "P-1",
    "helpful": {"yes": 0, "no": 0, "reasons": {}},
    "outcomes": {},
    "tried": [],
    "after_a_season": {},
    "comments": 0,
    "warnings": [],
}


def asked(visitor, status=200):
    reply = visitor.app.test_client().get("/api/v1/records/P-1/feedback")
    assert reply.status_code == status
    return reply


@pytest.mark.thorough
def test_counts_and_what_was_checked_are_open_and_persons_are_not(either):
    furnish(either.app)
    visitor = Visitor(either.app)
    assert asked(visitor).json == NOTHING
    send(visitor, "tried", **TOLD)
    send(visitor, "report", **DANGER)
    send(visitor, "comment", words="Held", language="en", name="Awa")
    assert asked(visitor).json == NOTHING, "what is held is not out"
    say(visitor, "no")
    say(visitor, "no", "costly")
    confirmed(visitor)
    change(either.app, FollowUp, due=datetime.now(UTC) - timedelta(minutes=1))
    ask_due(either.office.database.writing, "http://localhost")
    press(visitor, "answer", last_link(visitor)[1], answer="worked")
    editor = staff(either.app, "editor")
    report = rows(either.app, Report)[0].id
    warned = {"warning": "Beware"}
    editor.post(f"/desk/reports/{report}/confirm", warned, token_from="/account")
    first = str(rows(either.app, Result)[0].id)
    decide(editor, "check", rows(either.app, Tried)[0].id, result=[first])
    reply = asked(visitor)
    said = reply.json
    assert said["helpful"] == {"yes": 0, "no": 1, "reasons": {"costly": 1}}
    assert said["outcomes"] == {"stopped": 1}
    assert said["after_a_season"] == {"worked": 1}
    assert [one["words"] for one in said["warnings"]] == ["Beware"]
    (one,) = said["tried"]
    assert one["source"].startswith("tried-")
    assert (one["country"], one["land_use"], one["season"]) == (
        "BF",
        "paddy",
        "each_year",
    )
    (result,) = one["results"]
    assert result == {
        "indicator": "crop_yield",
        "unit": "t_ha",
        "before": 0.4,
        "after": 0.7,
        "years": 2.0,
    }
    for hidden in ("Awa", "awa@", "person", "contact", "The editor"):
        assert hidden not in reply.text


def test_of_what_is_not_public_nothing_is_told(either):
    furnish(either.app)
    change(either.app, Record, status="withdrawn")
    assert asked(Visitor(either.app), 404).json["error"] == "not-found"
