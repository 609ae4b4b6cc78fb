"""The plan that a question is about, as a desk sees it."""

from flask import Response

from kb.entrance.person import a_person
from kb.entrance.request import this_session
from kb.errors import NotFound
from kb.helpdesk import working
from kb.helpdesk.ticket import spoken
from kb.language import _
from kb.planning.service import of_question
from kb.web.people_page import page, people_pages
from kb.web.plan_shown import about_plan

pages = people_pages("helpdesk_plan")


@pages.get("/desk/questions/<int(max=2147483647):number>/plan")
def one(lang: str, number: int) -> Response:
    """Show the plan as it is now, to whoever may see the question.

    :raises NotFound: there is none, or its maker threw it away.
    """
    session = this_session()
    question = working.get_question(session, number, by=a_person())
    plan = of_question(session, question)
    if plan is None:
        raise NotFound(_("There is no plan with this question."))
    return page(
        "planning/plan.html",
        **about_plan(plan),
        question=question,
        code=spoken(question.code),
    )
