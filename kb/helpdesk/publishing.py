"""From a question and its answer to a record that all may read, if the asker agrees.

She is asked on her private page and may take it back there. Before publication that
stops the draft; after it the desk is asked to withdraw the record. The second pair of
eyes is the usual review: nobody publishes what she began herself.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.errors import Conflict, NotFound
from kb.helpdesk.kind import KIND
from kb.helpdesk.letters import PUBLISHED, write_asker
from kb.helpdesk.notices import tell_desk
from kb.helpdesk.publish_tables import Consent, Publication
from kb.helpdesk.question_tables import Question
from kb.helpdesk.questions import answered
from kb.helpdesk.rules import RULES, open_to, question_thing
from kb.language import _
from kb.people.models import Person
from kb.record.lookups import is_open
from kb.record.models import Record, Status
from kb.writing import service
from kb.writing.letters import Post
from kb.writing.lookups import with_owner
from kb.writing.models import Draft, State
from kb.writing.versions import Document

WORDING = _(
    "Others may read my question and its answer here, without my name, my address and"
    " my exact place. I can take this back at any time."
)
WITHDRAWING = _("I do not want any more that others read my question and its answer.")
OVER = frozenset({State.WITHDRAWN, State.TURNED_DOWN})
"""States of a draft that comes to nothing, so that another may be begun."""


@dataclass(frozen=True)
class Standing:
    """How far it is with letting others read a question."""

    consent: Consent | None
    """The last that she said; nothing if she never did."""
    publication: Publication | None
    draft: Draft | None
    record: Record | None
    """The public record, as long as it is public."""

    @property
    def agreed(self) -> bool:
        """Say whether she agrees now."""
        return self.consent is not None and self.consent.given

    @property
    def begun(self) -> bool:
        """Say whether there is a draft that may still be published, or was."""
        return self.draft is not None and self.draft.state not in OVER

    @property
    def asked_back(self) -> bool:
        """Say whether the record is still public though she wants it away."""
        asked = self.publication is not None and self.publication.asked_back
        return bool(asked) and self.record is not None


def standing(session: Session, question: Question) -> Standing:
    """Say how far it is with a question."""
    said = select(Consent).where(Consent.question_id == question.id)
    consent = session.scalar(said.order_by(Consent.id.desc()).limit(1))
    publication = session.get(Publication, question.id)
    draft = session.get(Draft, publication.draft_id) if publication else None
    record = session.get(Record, draft.record_id) if draft and draft.record_id else None
    public = record is not None and is_open(record)
    return Standing(consent, publication, draft, record if public else None)


def agree(session: Session, question: Question, *, language: str) -> None:
    """Write down that the asker lets others read it, in the words she read.

    :param language: that she read them in.
    :raises Conflict: there is no answer yet.
    """
    if not answered(question):
        raise Conflict(_("There is no answer yet."))
    now = standing(session, question)
    if now.agreed:
        return
    _keep(session, question, str(WORDING), language, given=True)
    if now.publication is not None:
        now.publication.asked_back = None
    session.flush()


def take_back(
    session: Session, question: Question, *, language: str, site: str
) -> None:
    """Write down that she does not want it any more, and see that it is heeded.

    A draft is stopped, and whoever wrote it is told; of what is public already, the
    desk is told. The row is written before the draft is sought, so that one begun at
    the same moment is stopped too.
    """
    if not standing(session, question).agreed:
        return
    _keep(session, question, str(WITHDRAWING), language, given=False)
    publication = session.get(Publication, question.id, populate_existing=True)
    if publication is None:
        return
    draft = with_owner(session, publication.draft_id)
    if draft.state == State.PUBLISHED:
        publication.asked_back = datetime.now(UTC)
        tell_desk(session, question, site)
    elif draft.state not in OVER:
        service.stop(session, draft, post=Post(site))
    session.flush()


def begin_answer(
    session: Session,
    question: Question,
    document: Document,
    *,
    by: Person,
    language: str,
    once: str,
) -> Draft:
    """Begin a public answer from a question; it belongs where the question does.

    So an expert of one desk may begin it, though the draft names no desk.

    :param question: held, so that no other is begun at the same time.
    :param document: as `kb.writing.filled.first_document` gives it.
    :raises NotAllowed: the question is none of hers.
    :raises Conflict: the asker does not agree, or one was begun already.
    """
    thing = question_thing(session, question)
    RULES.require(by, "answer a question", thing)
    now = standing(session, question)
    if not now.agreed:
        raise Conflict(_("The asker has not agreed that others read it."))
    if now.begun and now.draft is not None:
        if (now.draft.owner_id, now.draft.once) == (by.id, once):
            return now.draft
        raise Conflict(_("A public answer was begun from this question already."))
    draft = service.begin(
        session, KIND, document, by=by, language=language, once=once,
        there=replace(thing, kind=KIND.name),
    )  # fmt: skip
    if now.publication is None:
        session.add(Publication(question_id=question.id, draft_id=draft.id))
    else:
        now.publication.draft_id, now.publication.asked_back = draft.id, None
    session.flush()
    return draft


def is_public_now(session: Session, draft: Draft, record: Record, site: str) -> None:
    """Tell the asker, if a draft that was just published came from a question."""
    question = session.scalar(
        select(Question)
        .join(Publication, Publication.question_id == Question.id)
        .where(Publication.draft_id == draft.id)
    )
    if question is not None:
        where = f"{KIND.plural}/{record.ref}"
        write_asker(session, question, PUBLISHED, site, public=where)


def to_withdraw(session: Session, *, by: Person) -> Sequence[tuple[Question, str]]:
    """Give the questions of hers whose askers want a public answer away, with its ref.

    They stay until somebody who may withdraws the record.
    """
    rows = session.execute(
        select(Question, Record.ref)
        .join(Publication, Publication.question_id == Question.id)
        .join(Draft, Draft.id == Publication.draft_id)
        .join(Record, Record.id == Draft.record_id)
        .where(Publication.asked_back.is_not(None))
        .where(Record.status == Status.PUBLISHED, open_to(by, "see a question"))
        .order_by(Publication.asked_back)
    )
    return [(question, ref) for question, ref in rows]


def require_may_begin(session: Session, question: Question, *, by: Person) -> None:
    """Refuse the page on which a public answer is begun.

    :raises NotAllowed: the question is none of hers.
    :raises NotFound: there is nothing to begin: no consent, or it was begun.
    """
    RULES.require(by, "answer a question", question_thing(session, question))
    now = standing(session, question)
    if now.begun or not now.agreed:
        raise NotFound(_("There is nothing to publish here."))


def _keep(
    session: Session, question: Question, wording: str, language: str, *, given: bool
) -> None:
    row = Consent(
        question_id=question.id,
        at=datetime.now(UTC),
        given=given,
        wording=wording,
        language=language,
    )
    session.add(row)
    session.flush()
