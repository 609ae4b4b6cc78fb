"""The log of what was done with rights, for administrators."""

from flask import Response, request
from sqlalchemy import select

from kb.access import NOTHING
from kb.desk.rules import RULES
from kb.entrance.person import a_person
from kb.entrance.request import this_session
from kb.language import _
from kb.people.log import called, lines
from kb.people.models import Person
from kb.web.people_page import page, people_pages

pages = people_pages("desk_log")
ON_A_PAGE, LONGEST_NUMBER = 100, 9
WORDS = {
    "granted": _("got a role"),
    "revoked": _("lost a role"),
    "disabled": _("was shut out"),
    "enabled": _("was let in again"),
    "deleted": _("deleted the account"),
    "exported": _("took the own file"),
    "password changed": _("changed the password"),
    "recovery code used": _("used a recovery code"),
    "second factor on": _("set a second factor up"),
    "second factor off": _("took the second factor away"),
    "token made": _("made a token for programs"),
    "token revoked": _("ended a token for programs"),
    "certificate made": _("made a certificate"),
    "certificate taken back": _("took a certificate back"),
    "desk added": _("added a helpdesk"),
    "desk changed": _("changed a helpdesk"),
    "desk rule added": _("added a rule of the helpdesks"),
    "desk rule dropped": _("dropped a rule of the helpdesks"),
    "volunteers invited": _("made a link for volunteers"),
    "invitation withdrawn": _("withdrew a link for volunteers"),
    "came as a volunteer": _("followed a link for volunteers"),
    "added": _("account made by an administrator"),
    "joined": _("joined a community"),
    "left": _("left a community"),
    "removed": _("was taken out of a community"),
}
"""What the log says → in words for a reader; what is not here stands as it is."""


@pages.get("/desk/log")
def log(lang: str) -> Response:
    """Show what was done, newest first.

    :raises NotAllowed: she administers not all of it.
    """
    session, person = this_session(), a_person()
    RULES.require(person, "see the log", NOTHING)
    typed = request.args.get("before", "")
    known = typed.isdecimal() and len(typed) <= LONGEST_NUMBER
    before = int(typed) if known else None
    found = lines(session, limit=ON_A_PAGE + 1, before=before)
    shown = found[:ON_A_PAGE]
    concerned = [line.person_id for line in shown]
    people = session.scalars(select(Person).where(Person.id.in_(concerned)))
    return page(
        "desk/log.html",
        lines=shown,
        names={called(one): one.name for one in people},
        words=WORDS,
        before=shown[-1].id if len(found) > ON_A_PAGE else None,
    )
