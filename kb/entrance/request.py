"""What the pages and the JSON API share: this request's session and its reader."""

from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from flask import Flask, current_app, g, request
from sqlalchemy.orm import Session

from kb.database import Database
from kb.language import FALLBACK, INTERFACE
from kb.people.passwords import Hasher
from kb.search.document import SearchIndex
from kb.settings import Settings
from kb.vocabulary.lookups import Vocabulary, read_vocabulary

FRESH_SECONDS = 60
"""How long the vocabularies once read are used before they are read again."""


@dataclass(frozen=True)
class Office:
    """What one installation opened at start-up."""

    settings: Settings
    database: Database
    index: SearchIndex
    hasher: Hasher = field(default_factory=Hasher)
    vocabularies: dict[str, tuple[float, Vocabulary]] = field(default_factory=dict)
    """Language → when it was read, and all concepts; a page needs hundreds."""
    kept: dict[str, Any] = field(default_factory=dict)
    """What other parts of the entrance read once and use for many requests."""


def office() -> Office:
    """Give what this application opened at start-up."""
    opened: Office = current_app.extensions["kb"]
    return opened


def this_session() -> Session:
    """Give the request's session; opened on first use, closed by `close_session`."""
    if "kb_session" not in g:
        g.kb_session = office().database.reading()
    session: Session = g.kb_session
    return session


def writing_session() -> Session:
    """Give the request a session that writes, in place of the one that read.

    What was read before is of the old session: who asks is looked up again.
    """
    close_session()
    g.pop("kb_sign_in", None)
    g.kb_session, g.kb_writes = office().database.writing(), True
    return this_session()


def preferred_language() -> str:
    """Give the interface language that the reader's browser asks for first.

    Swahili of Kenya is Swahili, and comes before the English named after it.
    """
    for code, weight in request.accept_languages:
        language = code.lower().split("-")[0]
        if weight and language in INTERFACE:
            return language
    return FALLBACK


def this_language() -> str:
    """Give the interface language of this request: by address, else by browser."""
    language: str | None = g.get("language")
    return language or preferred_language()


def this_vocabulary(language: str | None = None) -> Vocabulary:
    """Give all concepts in a language, as they were within `FRESH_SECONDS`."""
    language, kept = language or this_language(), office().vocabularies
    read_at, vocabulary = kept.get(language, (0.0, None))
    if vocabulary is None or monotonic() - read_at > FRESH_SECONDS:
        vocabulary = read_vocabulary(this_session(), language)
        kept[language] = monotonic(), vocabulary
    return vocabulary


def close_session(problem: BaseException | None = None) -> None:
    """Close the request's session; work not committed is undone."""
    session: Session | None = g.pop("kb_session", None)
    if session is not None:
        session.close()


def set_up(app: Flask, opened: Office) -> None:
    """Give ``app`` its office."""
    app.extensions["kb"] = opened
    app.teardown_appcontext(close_session)
