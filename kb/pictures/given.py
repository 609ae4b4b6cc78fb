"""What people say of a picture, checked."""

from collections.abc import Collection, Mapping
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validates_schema
from marshmallow.validate import OneOf

from kb.errors import NotValid
from kb.language import _
from kb.people.given import checked, plain_line
from kb.pictures.models import Consent
from kb.pictures.rules import today

LICENCES = {
    "CC BY 4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC BY-SA 4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "CC0 1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}
"""Licence → its address; the first is that of all content here."""
LONGEST = {"alt": 250, "caption": 300, "credit": 120}
LONGEST_NAMES = 200


class Line(fields.String):
    """Words on one line, which must be there."""

    def __init__(self, longest: int, if_empty: object) -> None:
        super().__init__(required=True)
        self.longest, self.if_empty = longest, if_empty

    def _deserialize(self, value: Any, *rest: Any, **more: Any) -> str:  # noqa: ANN401
        words = super()._deserialize(value, *rest, **more) or ""
        return plain_line(words, self.longest, self.if_empty)


class MaybeLine(Line):
    """Words on one line, which may be left out."""

    def _deserialize(self, value: Any, *rest: Any, **more: Any) -> str:  # noqa: ANN401
        return super()._deserialize(value, *rest, **more) if str(value).strip() else ""


class WordsSchema(Schema):
    """What is to be seen in a picture."""

    alt = Line(LONGEST["alt"], _("Please say what is to be seen."))
    caption = MaybeLine(LONGEST["caption"], _("Please write words."))


class PictureSchema(WordsSchema):
    """A picture that comes in."""

    place = fields.String(required=True)
    credit = Line(LONGEST["credit"], _("Please say who made the picture."))
    licence = fields.String(
        validate=OneOf(LICENCES, error=_("Please choose a licence."))
    )
    own = fields.String(
        validate=OneOf(("yes",), error=_("Without this we may not show the picture."))
    )
    consent = fields.String(
        validate=OneOf(tuple(Consent), error=_("Please say who can be recognised."))
    )
    consent_by = MaybeLine(LONGEST_NAMES, _("Please write words."))
    consent_for = MaybeLine(LONGEST_NAMES, _("Please write words."))
    consent_until = fields.Date(
        allow_none=True, error_messages={"invalid": _("This is no date.")}
    )

    @validates_schema
    def says_who_agreed(self, given: dict[str, Any], **_rest: object) -> None:
        """Refuse consent of nobody, or that is over."""
        wrong: dict[str, list[str]] = {}
        if given.get("consent") == Consent.GIVEN:
            if not given.get("consent_by"):
                wrong["consent_by"] = [str(_("Please say who agreed."))]
            if not given.get("consent_for"):
                wrong["consent_for"] = [str(_("Please say who is in the picture."))]
        until = given.get("consent_until")
        if until is not None and until < today():
            wrong["consent_until"] = [str(_("This day is over."))]
        if wrong:
            raise ValidationError(wrong)

    @post_load
    def as_kept(self, given: dict[str, Any], **_rest: object) -> dict[str, Any]:
        """Keep no names where nobody can be recognised."""
        given.pop("own")
        if given["consent"] == Consent.NOBODY:
            given |= {"consent_by": "", "consent_for": "", "consent_until": None}
        return given


def checked_words(form: Mapping[str, str]) -> dict[str, str]:
    """Check the words of a picture.

    :raises NotValid: something does not fit; the problems say what.
    """
    return checked(WordsSchema(), _those(WordsSchema, form))


def checked_picture(form: Mapping[str, str], places: Collection[str]) -> dict[str, Any]:
    """Check all that is said of a new picture.

    :param places: where it may stand in its record.
    :raises NotValid: something does not fit; the problems say what.
    """
    said: dict[str, Any] = _those(PictureSchema, form)
    said["consent_until"] = said["consent_until"] or None
    given: dict[str, Any] = checked(PictureSchema(), said)
    if given["place"] not in places:
        problem = {"place": [str(_("Please choose where it belongs."))]}
        raise NotValid(_("Please look at the marked fields."), problem)
    return given


def _those(schema: type[Schema], form: Mapping[str, str]) -> dict[str, str]:
    """Give the fields of a form that are asked for; what is missing is empty."""
    return {name: form.get(name, "") for name in schema().fields}
