"""How a record is used: for who had a part in it, and for its editors."""

from flask import Response
from sqlalchemy.orm import Session

from kb.credit.rules import RULES, credited
from kb.credit.use import Used, used
from kb.entrance.labels import _
from kb.entrance.person import a_person
from kb.entrance.request import office, this_session
from kb.feedback.tried import days_of
from kb.kinds import KINDS
from kb.record.models import Record
from kb.spreadsheet import table
from kb.web.desk import as_file
from kb.web.feedback_page import ABOUT, record_named
from kb.web.formats import language_name
from kb.web.people_page import page, people_pages

pages = people_pages("use")
COLUMNS = ("views", "shown", "opened", "handouts", "tried")


@pages.get(f"{ABOUT}/use")
def one(lang: str, plural: str, ref: str) -> Response:
    """Show a drawing and tables, month by month and by language."""
    session, record = this_session(), _seen(plural, ref)
    found = _used(session, record)
    spoken = sorted(found.by_language, key=language_name)
    return page(
        "credit/use.html",
        record=record,
        plural=KINDS[record.kind].plural,
        used=found,
        spoken=spoken,
        columns=_names(),
        most=max(1, *(counted["views"] for counted in found.by_month.values())),
        counting=office().settings.count_use == "yes",
    )


@pages.get(f"{ABOUT}/use.csv")
def as_table(lang: str, plural: str, ref: str) -> Response:
    """Give the months for a spreadsheet."""
    record = _seen(plural, ref)
    rows: list[list[str | int]] = [
        [record.ref, f"{month:%Y-%m}", *(counted[name] for name in COLUMNS)]
        for month, counted in _used(this_session(), record).by_month.items()
    ]
    return as_file(table(["record", "month", *COLUMNS], rows), f"use-{record.ref}")


def _seen(plural: str, ref: str) -> Record:
    """Give a record whose use the person who asks may see.

    :raises NotAllowed: she neither had a part in it nor edits or coordinates there.
    """
    person, record = a_person(), record_named(plural, ref)
    RULES.require(person, "see its use", credited(this_session(), record))
    return record


def _used(session: Session, record: Record) -> Used:
    return used(session, record.id, days_of(session, record.id))


def _names() -> dict[str, str]:
    """Name what is counted, in the order of the columns."""
    return {
        "views": _("Opened"),
        "shown": _("Shown in searches"),
        "opened": _("Opened from searches"),
        "handouts": _("By the code on paper"),
        "tried": _("Tried and checked"),
    }
