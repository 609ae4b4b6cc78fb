"""Messages to askers, each in her language and with a link of its own.

What was asked or answered does not stand in them: a mailbox may have many readers.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb import outbox
from kb.helpdesk.links import new_link
from kb.helpdesk.mail_tables import MailIn
from kb.helpdesk.pace import LETTER_TO
from kb.helpdesk.question_tables import Question
from kb.helpdesk.texts import text_asker
from kb.helpdesk.ticket import spoken
from kb.language import offered
from kb.people.pace import NO_WAIT, keep_pace
from kb.people.secrets import digest
from kb.stopping import comes_back

ASKED, ANSWERED, MAILED = "question-asked", "question-answered", "question-mailed"
PUBLISHED, PUT_OFF = "question-published", "question-put-off"
JOINED, PARTED = "question-joined", "question-parted"
ALL = (ASKED, ANSWERED, MAILED, PUBLISHED, PUT_OFF, JOINED, PARTED)
THREAD = "q"
"""Before the number of a question: the thread to which its mails belong."""


def write_asker(
    session: Session,
    question: Question,
    event: str,
    site: str,
    *,
    public: str = "",
    day: str = "",
) -> bool:
    """Write to the asker, if she left an address; say whether a message goes.

    Whoever asked from a phone gets a text there.

    :param site: where addresses of this installation begin; without it none is written.
    :param public: path of a page that all may read, after the language.
    :param day: until when she has to wait, where the message speaks of that.
    """
    if question.phone_id is not None:
        page = f"{site.rstrip('/')}/{offered(question.reader)}/{public}"
        return text_asker(session, question, event, public=page, day=day)
    if not (question.contact and site):
        return False
    if comes_back(session, question.contact):
        return False
    key = f"asker {digest(question.contact)}"
    if keep_pace(session, key, LETTER_TO) > NO_WAIT:
        return False
    language = offered(question.reader)
    secret = new_link(session, question, mailed=True)
    start = f"{site.rstrip('/')}/{language}"
    outbox.put(
        session,
        event,
        to=question.contact,
        language=language,
        thread=f"{THREAD}{question.id}",
        answers=_last_mail(session, question),
        code=spoken(question.code),
        link=f"{start}/question?token={secret}",
        public=f"{start}/{public}",
        day=day,
    )
    return True


def _last_mail(session: Session, question: Question) -> str:
    """Give the name of the last mail of hers, to which this one is an answer."""
    named = select(MailIn.name).where(
        MailIn.question_id == question.id,
        MailIn.sender == question.contact,
        MailIn.name != "",
    )
    return session.scalar(named.order_by(MailIn.id.desc()).limit(1)) or ""


def forget_letters(session: Session, address: str) -> None:
    """Forget that we wrote to an address about questions."""
    outbox.forget(session, address, purposes=ALL)
