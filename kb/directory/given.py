"""What people say of themselves to be listed, and what others write to them."""

import re
from collections.abc import Callable, Collection

from marshmallow import ValidationError

from kb.feedback.choices import LANGUAGES
from kb.feedback.given import FormSchema, Typed, choice, words
from kb.language import _
from kb.people.given import folded_email, plain_line
from kb.record.schemas import COUNTRIES

KINDS = ("person", "institution")
LONGEST_NAME, LONGEST_WEBSITE, MOST_CODES = 120, 300, 8
WEBSITE = re.compile(r"https?://[^\s<>\"]+")
CODE = re.compile(r"[a-z0-9_]{1,60}")


def _name(given: str) -> str:
    return plain_line(given, LONGEST_NAME, _("Please give a name."))


def _website(given: str) -> str:
    typed = given.strip()
    if typed and not (WEBSITE.fullmatch(typed) and len(typed) <= LONGEST_WEBSITE):
        said = _("Please write an address such as https://example.org.")
        raise ValidationError(str(said))
    return typed


def _some(is_one: Callable[[str], object]) -> Callable[[str], list[str]]:
    def read(given: str) -> list[str]:
        found = list(dict.fromkeys(given.split()))
        if not all(map(is_one, found)):
            raise ValidationError(str(_("Please choose one of the list.")))
        if len(found) > MOST_CODES:
            raise ValidationError(str(_("Please choose %(n)s at most.", n=MOST_CODES)))
        return found

    return read


def _among(known: Collection[str]) -> Callable[[str], bool]:
    return lambda one: one in known


def _agreed(given: str) -> bool:
    if given != "yes":
        raise ValidationError(str(_("Please say whether you agree.")))
    return True


class ListingSchema(FormSchema):
    """A listing."""

    name = Typed(_name)
    kind = choice(KINDS)
    about = words(least=10)
    language = choice(LANGUAGES)
    country = choice(COUNTRIES, or_none=True)
    languages = Typed(_some(_among(LANGUAGES)))
    themes = Typed(_some(CODE.fullmatch))
    website = Typed(_website)
    email = Typed(folded_email)
    shows_email = Typed(lambda given: given == "yes")
    agree = Typed(_agreed)


class WordsSchema(FormSchema):
    """Words to somebody who is listed; she answers to the address."""

    words = words(least=10)
    email = Typed(folded_email)
