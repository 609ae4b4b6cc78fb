"""What the helpdesk keeps of people: their questions, and what they did at a desk."""

from typing import Any

from sqlalchemy import ColumnElement, Select, delete, or_, select, update
from sqlalchemy.orm import Session

from kb import outbox
from kb.helpdesk.desk_tables import DeskDuty
from kb.helpdesk.letters import forget_letters
from kb.helpdesk.look_tables import Look
from kb.helpdesk.mail_tables import MailIn, QuestionPicture
from kb.helpdesk.pass_tables import Pass
from kb.helpdesk.publish_tables import Consent, Publication
from kb.helpdesk.question_tables import (
    Cite,
    Message,
    Note,
    PrivateLink,
    Question,
    Shown,
)
from kb.helpdesk.text_tables import Talk, TextIn
from kb.helpdesk.tidying import CONTACT_DAYS
from kb.helpdesk.translate_tables import Original, Untranslated
from kb.language import _
from kb.people.belongings import Belongings, Kept, Rows, rows_of
from kb.people.models import Person
from kb.pictures.service import withdraw_of
from kb.sms.receipts import KEEP
from kb.sms.tables import EarlyReceipt, Phone, SeenPost, TextPart
from kb.writing.models import Draft, State

QUESTION = (
    *("code", "at", "words", "language", "country", "place", "latitude", "longitude"),
    *("land_use_id", "theme_id", "contact", "state"),
)
SAID = ("question_id", "at", "words", "language")
MAIL = ("question_id", "at", "sender", "subject", "text", "became")
TEXT = ("question_id", "at", "text", "became")
CONSENT = ("question_id", "at", "given", "wording", "language")
PASSED = ("question_id", "at", "from_code", "to_code", "words")
DUTY = (
    *("desk_code", "away_from", "away_until", "daily_cap"),
    *("languages", "themes"),
)


def shown(session: Session, person: Person) -> dict[str, Rows]:
    """Give her questions with what was said of them, and what she did for others."""
    asked = session.scalars(select(Question).where(_asked(person))).all()
    numbers = [question.id for question in asked]

    def of(table: Any, columns: tuple[str, ...], where: Any) -> Rows:  # noqa: ANN401
        return rows_of(session.scalars(select(table).where(where)), columns)

    return {
        "questions": rows_of(asked, QUESTION),
        "said_of_them": of(Message, SAID, Message.question_id.in_(numbers)),
        "mails": of(MailIn, MAIL, _mailed(person)),
        "texts": of(TextIn, TEXT, TextIn.question_id.in_(numbers)),
        "pictures": of(
            QuestionPicture,
            ("question_id", "picture_id"),
            QuestionPicture.question_id.in_(numbers),
        ),
        "consents": of(Consent, CONSENT, Consent.question_id.in_(numbers)),
        "answers": of(Message, SAID, Message.by_id == person.id),
        "notes": of(Note, ("question_id", "at", "words"), Note.by_id == person.id),
        "looks": of(Look, ("question_id", "at", "words"), Look.by_id == person.id),
        "passed_on": of(Pass, PASSED, Pass.by_id == person.id),
        "to_translate": of(Untranslated, SAID, Untranslated.by_id == person.id),
        "translated": of(
            Original, ("message_id", "language"), Original.by_id == person.id
        ),
        "duty": of(DeskDuty, DUTY, DeskDuty.person_id == person.id),
    }


def let_go(session: Session, person: Person) -> None:
    """Throw her own questions away, and drafts of them that nobody has published.

    What she did for others stays, without her; so does what she let all read.
    """
    session.execute(delete(Draft).where(Draft.id.in_(_drafts_of(person))))
    hers = select(Question.id).where(_asked(person))
    pictured = select(QuestionPicture.picture_id)
    withdraw_of(session, pictured.where(QuestionPicture.question_id.in_(hers)))
    session.execute(delete(MailIn).where(_mailed(person)))
    for way in (Question.follows_id, Question.goes_on_id, Question.came_from_id):
        led_there = update(Question).where(way.in_(hers))
        session.execute(led_there.values({way: None}))
    session.execute(delete(Question).where(_asked(person)))
    if person.email:
        forget_letters(session, person.email)
    session.execute(delete(DeskDuty).where(DeskDuty.person_id == person.id))
    for table in (Message, Note, Look, Pass, Untranslated, Original):
        by_her = update(table).where(table.by_id == person.id)
        session.execute(by_her.values(by_id=None))
    taken = update(Question).where(Question.claimed_by == person.id)
    session.execute(taken.values(claimed_by=None, claimed_until=None))
    given = update(Question).where(Question.given_to == person.id)
    session.execute(given.values(given_to=None))


def _drafts_of(person: Person) -> Select[int]:
    """Give the drafts begun from her questions that are not public."""
    return (
        select(Publication.draft_id)
        .join(Question, Question.id == Publication.question_id)
        .join(Draft, Draft.id == Publication.draft_id)
        .where(_asked(person), Draft.state != State.PUBLISHED)
    )


def _asked(person: Person) -> ColumnElement[bool]:
    """Give "she asked it", by her account or by the address she has confirmed."""
    if not person.email:
        return Question.person_id == person.id
    return or_(Question.person_id == person.id, Question.contact == person.email)


def _mailed(person: Person) -> ColumnElement[bool]:
    """Give "it came from her, or to a question of hers"."""
    hers = select(Question.id).where(_asked(person))
    to_hers = MailIn.question_id.in_(hers)
    return or_(to_hers, MailIn.sender == person.email) if person.email else to_hers


_ASKED = ("helpdesk.questions",)
KEPT = (
    Kept(
        _("The address you gave with a question."),
        _("%(n)s days after the last that happened to the question.", n=CONTACT_DAYS),
        (Question,), _ASKED, CONTACT_DAYS,
    ),
    Kept(
        _("Questions you asked and what was said of them, with the place to about"
          " 10 km, and which records you were shown."),
        _("As long as your account; without an account for good, under no name."),
        (Question, Message, PrivateLink, Shown, Cite, QuestionPicture),
        (*_ASKED, "helpdesk.said_of_them", "helpdesk.pictures"),
    ),
    Kept(
        _("Mails you sent to the helpdesk, as they came."),
        _("%(n)s days after the last that happened to the question.", n=CONTACT_DAYS),
        (MailIn,), ("helpdesk.mails",), CONTACT_DAYS,
    ),
    Kept(
        _("The telephone number you wrote from, what you wrote from it, and what is"
          " left to be read there."),
        _("%(n)s days after the last that happened; a number that said STOP as long as"
          " it does not take that back.", n=CONTACT_DAYS),
        (Phone, TextIn, Talk), ("helpdesk.texts",), CONTACT_DAYS,
    ),
    Kept(
        _("Which parts of messages went to a telephone, and whether they arrived; never"
          " what they said."),
        _("As long as the number, at most %(n)s days.", n=outbox.KEEP.days),
        (TextPart,), (), outbox.KEEP.days,
    ),
    Kept(
        _("Which reports a telephone company sent us, without number and words."),
        _("%(n)s days.", n=KEEP.days),
        (EarlyReceipt, SeenPost), (), KEEP.days,
    ),
    Kept(
        _("Whether you agreed that an answer to your question becomes public, and in"
          " which words you were asked."),
        _("As long as the question."),
        (Consent, Publication), ("helpdesk.consents",),
    ),
    Kept(
        _("Which answers and notes you wrote or translated at a helpdesk, what you"
          " looked at again and passed on."),
        _("For good; without your name once your account is deleted."),
        (Message, Note, Look, Pass, Untranslated, Original),
        ("helpdesk.answers", "helpdesk.notes", "helpdesk.looks",
         "helpdesk.passed_on", "helpdesk.to_translate", "helpdesk.translated"),
    ),
    Kept(
        _("When you are away from a helpdesk, and how many questions a day you take."),
        _("As long as your account."),
        (DeskDuty,), ("helpdesk.duty",),
    ),
)  # fmt: skip
HELPDESK = Belongings("helpdesk", shown, let_go, KEPT)
