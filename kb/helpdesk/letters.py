"""Messages to askers, each in her language and with a link of its own.

What was asked or answered does not stand in them: a mailbox may have many readers.
"""

from sqlalchemy.orm import Session

from kb import outbox
from kb.helpdesk.links import new_link
from kb.helpdesk.pace import LETTER_TO
from kb.helpdesk.question_tables import Question
from kb.helpdesk.ticket import spoken
from kb.language import offered
from kb.people.pace import NO_WAIT, keep_pace
from kb.people.secrets import digest

ASKED, ANSWERED = "question-asked", "question-answered"
PUBLISHED, PUT_OFF = "question-published", "question-put-off"
JOINED, PARTED = "question-joined", "question-parted"
ALL = (ASKED, ANSWERED, PUBLISHED, PUT_OFF, JOINED, PARTED)


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

    :param site: where addresses of this installation begin; without it none is written.
    :param public: path of a page that all may read, after the language.
    :param day: until when she has to wait, where the message speaks of that.
    """
    if not (question.contact and site):
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
        code=spoken(question.code),
        link=f"{start}/question?token={secret}",
        public=f"{start}/{public}",
        day=day,
    )
    return True


def forget_letters(session: Session, address: str) -> None:
    """Forget that we wrote to an address about questions."""
    outbox.forget(session, address, purposes=ALL)
