"""The shape in which the API gives what users said: counts and checked trials."""

from marshmallow import Schema, fields

from kb.api.schemas import Code
from kb.feedback import evidence

Counts = fields.Dict(
    keys=fields.String(),
    values=fields.Integer(),
    required=True,
    metadata={"description": "code → how many"},
)


class HelpfulOut(Schema):
    """Whether it helped; of those who said why, how many said what."""

    yes = fields.Integer(required=True)
    no = fields.Integer(required=True)
    reasons = Counts


class ResultOut(Schema):
    """What was measured or counted; figures are in ``unit``."""

    indicator = Code(attribute="indicator_id", required=True)
    unit = Code(attribute="unit_id", required=True)
    before = fields.Float(allow_none=True, required=True)
    after = fields.Float(required=True)
    years = fields.Float(allow_none=True, required=True)


class TriedOut(Schema):
    """What somebody did on her own land, as far as whoever checked it lets it count."""

    source = fields.Function(
        evidence.key_of,
        required=True,
        metadata={
            "type": "string",
            "description": "Key of the source that its effects are cited as.",
        },
    )
    country = fields.String(required=True, metadata={"description": "ISO 3166-1"})
    place = fields.String(required=True)
    latitude = fields.Float(
        allow_none=True,
        required=True,
        metadata={"description": "to a tenth of a degree, as the longitude is"},
    )
    longitude = fields.Float(allow_none=True, required=True)
    land_use = Code(attribute="land_use_id", required=True)
    season = Code(attribute="season_id", allow_none=True, required=True)
    year = fields.Integer(required=True)
    area_ha = fields.Float(allow_none=True, required=True)
    outcome = fields.String(
        required=True, metadata={"description": "kept, changed or stopped"}
    )
    language = fields.String(
        required=True, metadata={"description": "of done, why and failed"}
    )
    done = fields.String(required=True)
    why = fields.String(required=True)
    failed = fields.String(required=True)
    results = fields.List(fields.Nested(ResultOut), required=True)


class WarningOut(Schema):
    """A danger that the editors have confirmed and that is not settled yet."""

    words = fields.String(attribute="warning", required=True)
    language = fields.String(attribute="warning_language", required=True)
    since = fields.AwareDateTime(attribute="decided", required=True)


class FeedbackSchema(Schema):
    """What users said of one record. Nobody is named in it."""

    ref = fields.String(required=True)
    helpful = fields.Nested(HelpfulOut, required=True)
    outcomes = Counts
    tried = fields.List(fields.Nested(TriedOut), required=True)
    after_a_season = Counts
    comments = fields.Integer(
        required=True, metadata={"description": "how many are shown, with answers"}
    )
    warnings = fields.List(fields.Nested(WarningOut), required=True)
