"""Reporting an error or a danger, and commenting: forms that need no account."""

from flask import Response, request
from werkzeug.wrappers import Response as Reply

from kb.entrance.request import this_session
from kb.errors import NotValid
from kb.feedback import comments, reports
from kb.feedback.choices import DAYS, REPORTS
from kb.feedback.given import CommentSchema, ReportSchema
from kb.people.given import checked
from kb.web.feedback_page import (
    ABOUT,
    form_again,
    form_page,
    known_site,
    record_named,
    thanks,
    writing,
)
from kb.web.people_page import people_pages

pages = people_pages("feedback_write")
REPORT, COMMENT = "feedback/report.html", "feedback/comment.html"


@pages.get(f"{ABOUT}/report")
def report_form(lang: str, plural: str, ref: str) -> Response:
    """Ask what is wrong."""
    return form_page(REPORT, record_named(plural, ref), kinds=REPORTS, days=DAYS)


@pages.post(f"{ABOUT}/report")
def report(lang: str, plural: str, ref: str) -> Reply:
    """Take the report in."""
    record, person = writing(plural, ref)
    try:
        given = checked(ReportSchema(), request.form)
    except NotValid as refused:
        return form_again(REPORT, record, refused, kinds=REPORTS, days=DAYS)
    reports.report(this_session(), record, given, by=person, site=known_site())
    this_session().commit()
    return thanks(record, "report")


@pages.get(f"{ABOUT}/comment")
def comment_form(lang: str, plural: str, ref: str) -> Response:
    """Ask for the comment."""
    return form_page(COMMENT, record_named(plural, ref))


@pages.post(f"{ABOUT}/comment")
def comment(lang: str, plural: str, ref: str) -> Reply:
    """Take the comment in; it is held."""
    record, person = writing(plural, ref)
    try:
        given = checked(CommentSchema(), request.form)
    except NotValid as refused:
        return form_again(COMMENT, record, refused)
    comments.comment(this_session(), record, given, by=person, site=known_site())
    this_session().commit()
    return thanks(record, "comment")
