"""Answers that wait for a translator: the list, and one with its question's words.

Nothing of who asked is shown: no address, no place, none of the other words.
"""

from typing import Any

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as Reply

from kb.entrance.person import a_person
from kb.entrance.request import this_session, writing_session
from kb.errors import Conflict, NotValid
from kb.feedback.given import LONGEST_WORDS
from kb.helpdesk.question_given import LEAST_ANSWER, more_words
from kb.helpdesk.translating import get_untranslated, to_translate
from kb.helpdesk.working import send_translated
from kb.web.feedback_page import known_site
from kb.web.people_page import again, page, people_pages

pages = people_pages("helpdesk_translate")
LIST, ONE = "helpdesk/to_translate.html", "helpdesk/translate.html"
ANSWER = "/desk/answers/<int(max=2147483647):number>"


@pages.get("/desk/answers")
def every(lang: str) -> Response:
    """List what waits for her languages."""
    return page(LIST, waiting=to_translate(this_session(), by=a_person()))


@pages.get(ANSWER)
def one(lang: str, number: int) -> Response:
    """Show one answer, with the question's words and a field for hers."""
    return page(ONE, **_about(number))


@pages.post(ANSWER)
def send(lang: str, number: int) -> Reply:
    """Send it in the asker's language."""
    session, person = writing_session(), a_person()
    try:
        words = more_words(request.form.get("words", ""), least=LEAST_ANSWER)
        send_translated(session, number, words, by=person, site=known_site())
    except (NotValid, Conflict) as refused:
        typed = {"words": request.form.get("words", "")[: 2 * LONGEST_WORDS]}
        return again(ONE, refused, **(_about(number) | {"given": typed}))
    session.commit()
    return redirect(url_for(".every"), code=303)


def _about(number: int) -> dict[str, Any]:
    row, question = get_untranslated(writing_session(), number, by=a_person())
    return {"row": row, "question": question, "given": {}}
