"""The JSON call on what users said of a record."""

from collections import Counter
from typing import Any

from flask_smorest import Blueprint

from kb.api.feedback_schemas import FeedbackSchema
from kb.api.schemas import RefusalSchema
from kb.entrance.request import this_session
from kb.feedback import follow_up, helpful, tried
from kb.feedback.heard import heard
from kb.record.lookups import number_of

calls = Blueprint(
    "api-feedback", __name__, url_prefix="/api/v1/records", description="Feedback"
)


@calls.route("/<string:ref>/feedback", methods=["GET"])
@calls.response(200, FeedbackSchema)
@calls.alt_response(404, schema=RefusalSchema)
def one_feedback(ref: str) -> dict[str, Any]:
    """Give counts and checked trials; no names, no addresses, nothing that is held."""
    session = this_session()
    number = number_of(session, ref)
    said = heard(session, number)
    reasons = Counter[str]()
    for (_good, why), times in helpful.counts(session, number).items():
        reasons[why] += times
    del reasons[""]
    return {
        "ref": ref,
        "helpful": {"yes": said.yes, "no": said.no, "reasons": reasons},
        "outcomes": said.outcomes,
        "tried": tried.with_results(session, said.tried),
        "after_a_season": follow_up.answers(session, number),
        "comments": len(said.comments),
        "warnings": said.warnings,
    }
