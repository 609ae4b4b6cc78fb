"""The editors' desk for what users say: what is reported and by when, what is held."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as Reply

from kb.entrance.person import a_person
from kb.entrance.request import (
    this_language,
    this_session,
    this_vocabulary,
    writing_session,
)
from kb.errors import NotValid
from kb.feedback import comments, reports, tried
from kb.feedback.choices import OUTCOMES, REPORTS
from kb.feedback.given import CommentSchema, plain_note
from kb.feedback.models import Comment, Report, Said, Tried
from kb.feedback.rules import may, require_desk
from kb.people.given import checked
from kb.people.models import Person
from kb.record.lookups import by_ref
from kb.record.models import Record
from kb.web.feedback_page import known_site, spoken_languages
from kb.web.people_page import again, page, people_pages

pages = people_pages("feedback_desk")
NUMBER = "<int(max=2147483647):number>"
REPORT, COMMENT, TRIAL = (
    f"feedback/desk_{name}.html" for name in ("report", "comment", "trial")
)


@pages.get("/desk/feedback")
def desk(lang: str) -> Response:
    """Show the queues, as far as she may see them."""
    session, person = this_session(), a_person()
    require_desk(person)
    queues: dict[str, Any] = {
        "reports": reports.listed(session, by=person),
        "trials": tried.held(session, by=person),
        "comments": comments.held(session, by=person),
        "settled": reports.listed(session, by=person, settled=True)[:20],
    }
    refs = {row.record.ref for rows in queues.values() for row in rows}
    return page(
        "feedback/desk.html",
        **queues,
        titles=by_ref(session, refs, lang),
        kinds=REPORTS,
        now=datetime.now(UTC),
    )


@pages.get(f"/desk/reports/{NUMBER}")
def one_report(lang: str, number: int) -> Response:
    """Show one report."""
    person = a_person()
    row = reports.get_report(this_session(), number, by=person)
    return page(REPORT, **_of_report(row, person))


@pages.post(f"/desk/reports/{NUMBER}/<any(confirm,settle):step>")
def decide_report(lang: str, number: int, step: str) -> Reply:
    """Say that it is right, or what came of it."""
    session, person = writing_session(), a_person()
    row = reports.get_report(session, number, by=person)
    try:
        note = plain_note(request.form.get("note", ""))
        if step == "settle":
            reports.settle(session, row, by=person, note=note, site=known_site())
        else:
            warning = plain_note(request.form.get("warning", ""), field="warning")
            reports.confirm(
                session, row, by=person, note=note, warning=warning, language=lang
            )
    except NotValid as refused:
        return again(REPORT, refused, **_of_report(row, person))
    session.commit()
    return _back()


@pages.get(f"/desk/comments/{NUMBER}")
def one_comment(lang: str, number: int) -> Response:
    """Show one comment."""
    person = a_person()
    row = comments.get_comment(this_session(), number, by=person)
    return page(COMMENT, **_of_comment(row, person))


@pages.post(f"/desk/comments/{NUMBER}/<any(pass,refuse,answer):step>")
def decide_comment(lang: str, number: int, step: str) -> Reply:
    """Let it through, refuse it, or answer it."""
    session, person = writing_session(), a_person()
    row = comments.get_comment(session, number, by=person)
    try:
        _comment_steps(row, person)[step]()
    except NotValid as refused:
        return again(COMMENT, refused, **_of_comment(row, person))
    session.commit()
    return _back()


def _comment_steps(row: Comment, person: Person) -> Mapping[str, Callable[[], object]]:
    session, site = this_session(), known_site()

    def refuse() -> None:
        note = plain_note(request.form.get("note", ""))
        comments.refuse(session, row, by=person, note=note)

    def answer() -> None:
        given = checked(CommentSchema(), request.form)
        comments.answer(session, row, given, by=person, site=site)

    return {
        "pass": lambda: comments.let_through(session, row, by=person, site=site),
        "refuse": refuse,
        "answer": answer,
    }


@pages.get(f"/desk/trials/{NUMBER}")
def one_trial(lang: str, number: int) -> Response:
    """Show what somebody tried."""
    person = a_person()
    row = tried.get_tried(this_session(), number, by=person)
    return page(TRIAL, **_of_trial(row, person))


@pages.post(f"/desk/trials/{NUMBER}/<any(check,refuse):step>")
def decide_trial(lang: str, number: int, step: str) -> Reply:
    """Let it count, or not."""
    session, person = writing_session(), a_person()
    row = tried.get_tried(session, number, by=person)
    try:
        if step == "refuse":
            refusal = plain_note(request.form.get("refusal", ""))
            tried.refuse(session, row, by=person, note=refusal)
        else:
            note = plain_note(request.form.get("note", ""))
            right = {int(n) for n in request.form.getlist("result") if n.isdecimal()}
            tried.check(
                session, row, by=person, plausible=right, note=note,
                site=known_site(), pictured="pictured" in request.form,
            )  # fmt: skip
    except NotValid as refused:
        return again(TRIAL, refused, **_of_trial(row, person))
    session.commit()
    return _back()


@pages.get(f"/desk/<any(reports,comments,trials):what>/{NUMBER}/<step>")
def form_of(lang: str, what: str, number: int, step: str) -> Reply:
    """Lead to the page from the address of a form, such as after a language."""
    of = {"reports": "one_report", "comments": "one_comment", "trials": "one_trial"}
    return redirect(url_for(f".{of[what]}", number=number))


def _of_report(row: Report, person: Person) -> dict[str, Any]:
    may_settle = may(this_session(), row, "settle a report", by=person)
    shown = _titled(row, row.record)
    return shown | {"may_settle": may_settle, "kinds": REPORTS}


def _of_comment(row: Comment, person: Person) -> dict[str, Any]:
    may = {
        step: comments.may(this_session(), row, f"{step} a comment", by=person)
        for step in ("judge", "answer")
    }
    return _titled(row, row.record) | {
        "may": may,
        "spoken_languages": spoken_languages(),
    }


def _of_trial(row: Tried, person: Person) -> dict[str, Any]:
    may_check = may(this_session(), row, "check a trial", by=person)
    return _titled(row, row.record) | {
        "may_check": may_check,
        "vocabulary": this_vocabulary(),
        "outcomes": OUTCOMES,
    }


def _titled(row: Said, record: Record) -> dict[str, Any]:
    titled = by_ref(this_session(), [record.ref], this_language())
    return {
        "row": row,
        "ref": record.ref,
        "titled": titled.get(record.ref),
        "now": datetime.now(UTC),
    }


def _back() -> Reply:
    return redirect(url_for(".desk"), code=303)
