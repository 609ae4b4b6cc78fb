"""Was this helpful: two buttons on the page of every record; and the page of thanks.

The page of a record is the same for all and stands in caches, so its form holds no
token. Browsers say where a form comes from; what another site sends is refused.
"""

from datetime import UTC, datetime, timedelta

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as Reply

from kb.entrance.address import LANG
from kb.entrance.form_token import keyed
from kb.entrance.origin import require_own_page
from kb.entrance.pace import keep_pace_in, who_asks
from kb.entrance.person import LONGEST_SECRET, cookie_name, set_secret
from kb.entrance.request import this_language, writing_session
from kb.feedback.choices import DAYS, NO_REASONS, YES_REASONS
from kb.feedback.follow_up import CONFIRM_WITHIN
from kb.feedback.given import HelpfulSchema
from kb.feedback.helpful import say_helpful
from kb.feedback.pace import HELPFUL_ADDRESS
from kb.feedback.tidying import VOTER_DAYS
from kb.people.given import checked
from kb.web.feedback_page import ABOUT, form_page, record_named, thanks, to_record

pages = Blueprint("feedback", __name__, url_prefix=LANG)
COOKIE = "helpful"
TWICE = timedelta(seconds=20)
"""Two clicks within this time from a browser nobody knows yet are one."""
SAID = ("helpful", "report", "comment", "tried", "later")


@pages.get(f"{ABOUT}/helpful")
def asked(lang: str, plural: str, ref: str) -> Reply:
    """Lead to the record from the address of its form."""
    return to_record(plural, ref)


@pages.post(f"{ABOUT}/helpful")
def say(lang: str, plural: str, ref: str) -> Reply:
    """Count yes or no; a reason may follow."""
    require_own_page()
    given = checked(HelpfulSchema(), request.form)
    session = writing_session()
    keep_pace_in(session, ("helpful address", who_asks(), HELPFUL_ADDRESS))
    record = record_named(plural, ref)
    voters = {keyed("helpful", f"{record.id} {one}"): one for one in _secrets()}
    kept = say_helpful(
        session, record, given, voters=list(voters), language=this_language()
    )
    session.commit()
    reply = thanks(record, "helpful", said="" if given["reason"] else given["helpful"])
    set_secret(reply, COOKIE, voters[kept], timedelta(days=VOTER_DAYS))
    return reply


@pages.get(f"{ABOUT}/thanks/<any({','.join(SAID)}):what>")
def thanks_page(lang: str, plural: str, ref: str, what: str) -> Response:
    """Say thanks, and what happens next; after yes or no, ask for a reason."""
    said = request.args.get("said", "")
    reasons = {"yes": YES_REASONS, "no": NO_REASONS}.get(said, {})
    record = record_named(plural, ref)
    reply = form_page(
        "feedback/thanks.html",
        record,
        what=what,
        said=said,
        reasons=reasons,
        days=DAYS,
        confirm_days=CONFIRM_WITHIN.days,
    )
    reply.headers["Cache-Control"] = "no-store"
    return reply


def _secrets() -> list[str]:
    """Give what this browser may be known by, the newest first.

    A browser without our cookie is known for some seconds by its address and what it
    says of itself: so the second of two clicks is, before the cookie came.
    """
    own = request.cookies.get(cookie_name(COOKIE), "")[:LONGEST_SECRET]
    if own:
        return [own]
    now = datetime.now(UTC).timestamp() // TWICE.total_seconds()
    said = f"{who_asks()} {request.user_agent.string}"
    return [keyed("voter", f"{said} {now - before:.0f}") for before in (0, 1)]
