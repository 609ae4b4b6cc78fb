"""The shape in which the API gives places and matches."""

from marshmallow import Schema, fields, validate


class PlaceArgsSchema(Schema):
    """A point on Earth (WGS 84)."""

    lat = fields.Float(required=True, validate=validate.Range(-90, 90))
    lon = fields.Float(
        required=True,
        validate=validate.Range(-180, 180),
        metadata={"description": "Degrees; 180 is -180."},
    )


class PlaceSchema(Schema):
    """What the maps know of a point; shares are of the land around it."""

    country = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "ISO 3166-1 alpha-2; none at sea or where disputed."},
    )
    regions = fields.List(
        fields.String(),
        required=True,
        metadata={"description": "What the country lies in, nearest first."},
    )
    climate = fields.Dict(
        fields.String(),
        fields.Float(),
        required=True,
        metadata={"description": "Köppen-Geiger class → share, within 10 km."},
    )
    agroclimate = fields.Dict(fields.String(), fields.Float(), required=True)
    agroclimate_decided = fields.String(required=True, allow_none=True)
    ipcc = fields.Dict(
        fields.String(),
        fields.Float(),
        required=True,
        metadata={
            "description": "IPCC climate zone → how likely, from the climate and"
            " the figures that are known."
        },
    )
    ipcc_decided = fields.String(
        required=True,
        allow_none=True,
        metadata={
            "description": "The zone that holds 70 % or more. Without one, take no"
            " factor from a zone before altitude, frost and rain are known."
        },
    )
    soil = fields.Dict(
        fields.String(),
        fields.Float(),
        required=True,
        metadata={"description": "WRB group → share, where a soil map is loaded."},
    )
    precision_m = fields.Float(
        required=True, metadata={"description": "Metres around the point."}
    )
    disclaimer = fields.String(required=True, allow_none=True)


class MatchSchema(Schema):
    """How a record stands to the place asked about."""

    score = fields.Float(required=True, metadata={"description": "0 to 1."})
    band = fields.String(
        required=True,
        metadata={"description": "very_like, like, partly_like or none; show this."},
    )
    coverage = fields.Float(
        required=True,
        metadata={"description": "0 to 1: how much of what counts was known."},
    )
    reasons = fields.List(fields.String(), required=True)
    tried_in = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "The site most like it, if it was tried in any."},
    )
