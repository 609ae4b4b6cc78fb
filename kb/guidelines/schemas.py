"""The shape in which a guideline comes in."""

import re

from babel import Locale
from marshmallow import ValidationError, fields, validate

from kb.record.schemas import LANGUAGE, RecordSchema

REGIONS = frozenset(
    code
    for code in map(str, Locale("en").territories)
    if re.fullmatch("[A-Z]{2}|[0-9]{3}", code)
)
"""Countries (ISO 3166-1) and parts of the world (UN M49)."""
WEB = validate.Regexp(r"^https?://[^\s<>\"]+$", error="is no address on the web")


def _is_region(code: str) -> None:
    if code and code not in REGIONS:
        raise ValidationError("is no code of a country or part of the world")


class GuidelineSchema(RecordSchema):
    """A guideline."""

    issuer = fields.String(required=True, validate=validate.Length(1, 160))
    issued = fields.Integer(validate=validate.Range(1900, 2100))
    edition = fields.String(validate=validate.Length(max=80))
    url = fields.String(required=True, validate=[validate.Length(max=500), WEB])
    on_copy = fields.Boolean()
    written_in = fields.String(validate=LANGUAGE)
    terms = fields.String(validate=validate.Length(max=160))
    region = fields.String(validate=_is_region)
