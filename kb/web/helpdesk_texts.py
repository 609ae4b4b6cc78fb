"""Trying texts from the desk: as the phone, as the desk and as the gateway.

Each time all is played again and undone: nothing is kept, and nothing can be sent.
"""

import json
import re
import secrets

from flask import Response, request

from kb.entrance.desks import fresh_desks
from kb.entrance.person import a_person
from kb.entrance.request import this_language, this_session, writing_session
from kb.feedback.given import LONGEST_WORDS
from kb.helpdesk.rules import require_helpdesk
from kb.inbox.rehearsal import MOST_ACTS, REPORTS, Act, Play, Stage, Who, rehearse
from kb.language import INTERFACE
from kb.record.schemas import COUNTRIES
from kb.web.people_page import page, people_pages

pages = people_pages("helpdesk_texts")
TRY = "helpdesk/texts.html"
USUAL = "BF"
_NAME = re.compile(r"[0-9a-f]{16}")
LONGEST = 40_000


@pages.get("/desk/texts")
def begin(lang: str) -> Response:
    """Show the phone before anything was said."""
    require_helpdesk(a_person())
    return _page([], _stage(), Play([], 0))


@pages.post("/desk/texts")
def go_on(lang: str) -> Response:
    """Play what was said so far and what was said now, and undo it."""
    require_helpdesk(a_person())
    acts, stage = [*_before(), *_now()][:MOST_ACTS], _stage()
    session = writing_session()
    try:
        seen = rehearse(session, acts, stage, fresh_desks())
    finally:
        session.rollback()
    require_helpdesk(a_person())
    return _page(acts, stage, seen)


def _page(acts: list[Act], stage: Stage, seen: Play) -> Response:
    this_session()
    return page(
        TRY,
        acts=json.dumps([[act.who, act.words] for act in acts]),
        full=len(acts) >= MOST_ACTS,
        stage=stage,
        seen=seen,
        countries=COUNTRIES,
        reports=[report.value for report in REPORTS],
    )


def _stage() -> Stage:
    form = request.form
    country, language = form.get("country", USUAL), form.get("spoken", "")
    name = form.get("stage", "")
    return Stage(
        country if country in COUNTRIES else USUAL,
        language if language in INTERFACE else this_language(),
        name if _NAME.fullmatch(name) else secrets.token_hex(8),
    )


def _before() -> list[Act]:
    """Give what was said before, as the page holds it; what is none is left out."""
    try:
        said = json.loads(request.form.get("acts", "")[:LONGEST])
        return [Act(Who(who), str(words)[:LONGEST_WORDS]) for who, words in said]
    except (ValueError, TypeError, RecursionError):
        return []


def _now() -> list[Act]:
    form = request.form
    who = form.get("who", "")
    words = form.get(f"words_{who}", "")[:LONGEST_WORDS].strip()
    if who == Who.GATEWAY:
        words = f"{form.get('report', '')} {form.get('part', '')}"[:60]
    return [Act(Who(who), words)] if who in set(Who) and words else []
