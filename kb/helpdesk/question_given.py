"""What askers and experts say, checked."""

import re
from typing import Any

from marshmallow import ValidationError, validates_schema

from kb.errors import NotValid
from kb.feedback.choices import LANGUAGES
from kb.feedback.given import (
    LONGEST_PLACE,
    FormSchema,
    Typed,
    choice,
    plain_words,
    words,
)
from kb.language import _
from kb.people.given import folded_email
from kb.record.schemas import COUNTRIES
from kb.regions.land_use import LAND_USES

LEAST_QUESTION, LEAST_ANSWER = 10, 5
"""Signs."""
MOST_REFS = 12
"""Records that one question was shown, or one answer cites."""
REF = re.compile(r"[A-Z]-[0-9]{1,9}")


def one_line(given: str) -> str:
    """Give words on one line, cut where the name of a place ends at the latest."""
    return " ".join(plain_words(given).split())[:LONGEST_PLACE]


def _theme(given: str) -> str:
    if given and not re.fullmatch(r"[a-z0-9_]{1,60}", given):
        raise ValidationError(str(_("Please choose one of the list.")))
    return given


def refs(given: str) -> tuple[str, ...]:
    """Read codes of records, such as ``P-7 A-12``, each once.

    :raises ValidationError: something is none, or there are too many.
    """
    found = tuple(dict.fromkeys(given.upper().replace(",", " ").split()))
    if not all(map(REF.fullmatch, found)) or len(found) > MOST_REFS:
        said = _("Please write codes such as P-7 A-12, at most %(n)s.", n=MOST_REFS)
        raise ValidationError(str(said))
    return found


class AskSchema(FormSchema):
    """A question; only the words and their language are needed."""

    words = words(least=LEAST_QUESTION)
    country = choice(COUNTRIES, or_none=True)
    place = Typed(one_line)
    land_use = choice(LAND_USES, or_none=True)
    theme = Typed(_theme)
    language = choice(LANGUAGES)
    contact = Typed(lambda given: folded_email(given) if given.strip() else "")


class AnswerSchema(FormSchema):
    """An answer: what it rests on is said with it."""

    words = words(least=LEAST_ANSWER)
    language = choice(LANGUAGES)
    refs = Typed(refs)
    own = Typed(lambda given: given == "yes")

    @validates_schema(skip_on_field_errors=True)
    def rests_on_something(self, given: dict[str, Any], **_rest: object) -> None:
        """Refuse an answer that rests on nothing."""
        if not (given["refs"] or given["own"]):
            said = _("Please cite a record, or say that it is your own experience.")
            raise ValidationError(str(said), "refs")


def more_words(given: str, *, least: int = 0) -> str:
    """Check words that stand alone in their form.

    :raises NotValid: they are too long or too few.
    """
    try:
        return plain_words(given, least=least)
    except ValidationError as refused:
        said = {"words": list(map(str, refused.messages))}
        raise NotValid(_("Please look at the marked fields."), said) from refused
