"""A mail as it came, for those who may see its question."""

from flask import Response

from kb.entrance.person import a_person
from kb.entrance.request import this_session
from kb.helpdesk import working
from kb.helpdesk.mails import whole_mail
from kb.web.helpdesk_queue import QUESTION
from kb.web.people_page import people_pages

pages = people_pages("helpdesk_mails")


@pages.get(f"{QUESTION}/mails/<int(max=2147483647):which>.txt")
def whole(lang: str, number: int, which: int) -> Response:
    """Give all its words, those quoted too; no browser takes them for a page."""
    session = this_session()
    question = working.get_question(session, number, by=a_person())
    mail = whole_mail(session, question, which)
    words = f"{mail.subject}\n\n{mail.text}\n"
    return Response(words, content_type="text/plain; charset=utf-8")
