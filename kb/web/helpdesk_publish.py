"""Beginning a public answer from a question: what to take out is shown and chosen."""

from typing import Any

from flask import Response, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Reply

from kb.entrance.person import a_person
from kb.entrance.place import gazetteer
from kb.entrance.request import this_language, this_session, writing_session
from kb.errors import Conflict, NotValid, Unavailable
from kb.helpdesk import publishing, working
from kb.helpdesk.kind import KIND
from kb.helpdesk.personal import Clues, Spot, found, pieces, without
from kb.helpdesk.question_tables import Question
from kb.helpdesk.ticket import spoken
from kb.language import INTERFACE, _, country_name
from kb.people.models import Person
from kb.regions.spelling import spelled
from kb.web.helpdesk_queue import QUESTION
from kb.web.people_page import again, page
from kb.web.place_page import all_countries
from kb.web.question import cited
from kb.web.write_page import once, to_draft, unanswered, writing_pages
from kb.writing.filled import first_document
from kb.writing.models import Draft
from kb.writing.versions import Document

pages = writing_pages("helpdesk_publish")
PAGE = "helpdesk/publish.html"
PARTS = ("question", "answer")
LONGEST_TITLE = 90


@pages.get(f"{QUESTION}/publish")
def ask(lang: str, number: int) -> Response:
    """Show question and answer with what may tell who she is."""
    session, person = this_session(), a_person()
    question = working.get_question(session, number, by=person)
    publishing.require_may_begin(session, question, by=person)
    return page(PAGE, **_about(question))


@pages.post(f"{QUESTION}/publish")
def begin(lang: str, number: int) -> Reply:
    """Begin a draft without what was ticked."""
    session, person = writing_session(), a_person()
    question = working.get_question(session, number, by=person, hold=True)
    try:
        _require_whole(question)
        language = language_of(question)
        document = _document(question, language, person)
        draft = publishing.begin_answer(
            session, question, document, by=person, language=language, once=once()
        )
    except (NotValid, Conflict) as refused:
        return again(PAGE, refused, **_about(question) | {"given": request.form})
    session.commit()
    return to_draft(draft)


def personal_in(draft: Draft) -> list[str]:
    """Give the words of a draft that may tell who somebody is, each once."""
    text = draft.document.get("texts", {}).get(draft.language, {})
    wide = _countries()
    spots = [
        spot
        for part in PARTS
        for spot in found(str(text.get(part, "")), Clues(wide=wide))
    ]
    return list(dict.fromkeys(spot.words for spot in spots))


def language_of(question: Question) -> str:
    """Give the language of the public answer: that of the answer, if pages have it."""
    last = [one for one in question.messages if not one.from_asker][-1].language
    return last if last in INTERFACE else this_language()


def _require_whole(question: Question) -> None:
    """Refuse a form without a title, or one that shows less than was said by now.

    :raises NotValid: the title is missing.
    :raises Conflict: there is more now.
    """
    problems = unanswered(["title"])
    if problems:
        raise NotValid(_("Please look at the marked fields."), problems)
    if request.form.get("seen") != str(len(question.messages)):
        raise Conflict(
            _("More was said meanwhile. Please look at all of it once more.")
        )


def _document(question: Question, language: str, person: Person) -> Document:
    texts, taken = _texts(question), request.form.getlist("take")
    spots = _spots(this_session(), question)
    parts = {name: [without(texts[name], spots[name], taken)] for name in PARTS}
    typed = {"title": [request.form.get("title", "")[:LONGEST_TITLE]]} | parts
    if question.country:
        name = country_name(question.country, in_language=language)
        typed |= {"place": [name], "country": [question.country]}
    refs = [record.ref for record in cited(question.messages).values()]
    return first_document(KIND, typed, language, credit=person.name, cited=refs)


def _texts(question: Question) -> dict[str, str]:
    """Give all she said, and all that was answered."""
    hers = [question.words, *(m.words for m in question.messages if m.from_asker)]
    ours = [m.words for m in question.messages if not m.from_asker]
    return {"question": "\n\n".join(hers), "answer": "\n\n".join(ours)}


def _spots(session: Session, question: Question) -> dict[str, list[Spot]]:
    clues = _clues(session, question)
    return {part: found(text, clues) for part, text in _texts(question).items()}


def _clues(session: Session, question: Question) -> Clues:
    """Give what is known of the people concerned, and of the place."""
    numbers = {question.person_id, *(m.by_id for m in question.messages)} - {None}
    names = session.scalars(select(Person.name).where(Person.id.in_(numbers))).all()
    return Clues(
        names=[name for name in names if name],
        places=[question.place],
        is_place=lambda name: _is_place(name, question.country),
        wide=_countries(),
    )


def _is_place(name: str, country: str) -> bool:
    """Say whether the list of places holds this very name, in her country if known."""
    try:
        towns = gazetteer().candidates(name, this_language(), country or None, limit=1)
    except Unavailable:
        return False
    return any(spelled(name) in {spelled(t.name), spelled(t.found_as)} for t in towns)


def _countries() -> frozenset[str]:
    return frozenset(country.name.casefold() for country in all_countries())


def _about(question: Question) -> dict[str, Any]:
    texts, spots = _texts(question), _spots(this_session(), question)
    every = [spot for part in PARTS for spot in spots[part]]
    language = language_of(question)
    return {
        "question": question,
        "code": spoken(question.code),
        "marked": {part: pieces(texts[part], spots[part]) for part in PARTS},
        "spots": {spot.words: spot.sort for spot in every},
        "seen": len(question.messages),
        "other_language": question.language != language,
        "written_in": language,
        "once": once(),
        "back": url_for("helpdesk_queue.one", number=question.id),
    }
