"""The desk: what waits for an editor, and the ways to the overviews."""

from flask import Response

from kb.access import NOTHING
from kb.assessing.due import count_due
from kb.desk.rules import RULES
from kb.directory.service import count_waiting
from kb.entrance.person import a_person
from kb.entrance.request import this_session
from kb.feedback.waiting import waiting
from kb.helpdesk.translating import count_to_translate
from kb.helpdesk.working import count_open
from kb.language import INTERFACE
from kb.people.models import Person
from kb.translating.rules import languages_of
from kb.web.people_page import page, people_pages
from kb.writing import lookups

pages = people_pages("desk")


@pages.get("/desk")
def desk(lang: str) -> Response:
    """Show her queues with how much waits in each, as far as she may see them.

    :raises NotAllowed: she has no role.
    """
    session, person = this_session(), a_person()
    RULES.require(person, "see the desk", NOTHING)
    to_review = None
    if lookups.reviews(person):
        to_review = lookups.count_to_review(session, person)
    return page(
        "desk/home.html",
        to_review=to_review,
        to_assess=count_due(session, person),
        said=waiting(session, person),
        to_answer=count_open(session, person),
        to_list=count_waiting(session, by=person),
        to_translate=count_to_translate(session, person),
        translates=languages_of(person, INTERFACE),
        overviews=RULES.may(person, "see the overviews", NOTHING),
        log=RULES.may(person, "see the log", NOTHING),
    )


def who_oversees() -> Person:
    """Give who asks for an overview; lead others to where they sign in.

    :raises NotAllowed: it is not for her roles.
    """
    person = a_person()
    RULES.require(person, "see the overviews", NOTHING)
    return person


def as_file(table: str, name: str) -> Response:
    """Give a table as a file in UTF-8, marked as such for spreadsheets.

    :param name: of the file, without its end.
    """
    written = table.encode("utf-8-sig")
    reply = Response(written, content_type="text/csv; charset=utf-8")
    reply.headers["Content-Disposition"] = f'attachment; filename="humus-{name}.csv"'
    return reply
