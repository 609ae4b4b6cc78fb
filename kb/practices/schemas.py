"""The shape in which a practice comes in."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from kb.record.schemas import KEY, Code, RecordSchema, SourceKey, one_of

CURRENCY = validate.Regexp(r"^[A-Z]{3}$", error="is no ISO 4217 currency code")


class StepSchema(Schema):
    """When a step is taken; its words stand in the files of words."""

    season = Code("season", required=True, attribute="season_id")
    weeks = fields.Integer(validate=validate.Range(-52, 52))
    icon = Code("step_icon", attribute="icon_id")


class LimitSchema(Schema):
    """Where the practice does not work; a figure needs its unit and source."""

    key = fields.String(required=True, validate=KEY)
    limit = Code("limit", required=True, attribute="limit_id")
    at_least = fields.Float()
    at_most = fields.Float()
    unit = Code("unit", attribute="unit_id")
    source = SourceKey(attribute="source_id")

    @validates_schema
    def figure_has_a_source(self, given: dict[str, Any], **_: Any) -> None:
        """Refuse a bare number."""
        has_figure = {"at_least", "at_most"} & set(given)
        if has_figure and not {"unit_id", "source_id"} <= set(given):
            raise ValidationError("a figure needs unit and source", "unit")


class CostSchema(Schema):
    """What one item costs per hectare."""

    key = fields.String(required=True, validate=KEY)
    phase = fields.String(required=True, validate=one_of("establish", "maintain"))
    quantity = fields.Float(
        required=True, validate=validate.Range(0, min_inclusive=False)
    )
    unit = Code("unit", required=True, attribute="unit_id")
    unit_cost = fields.Float(required=True, validate=validate.Range(0))
    currency = fields.String(required=True, validate=CURRENCY)
    year = fields.Integer(required=True, validate=validate.Range(1950, 2100))
    source = SourceKey(required=True, attribute="source_id")


class WorkSchema(Schema):
    """Person-days per hectare, by sex where that is known."""

    phase = fields.String(required=True, validate=one_of("establish", "maintain"))
    women_days = fields.Float(validate=validate.Range(0))
    men_days = fields.Float(validate=validate.Range(0))
    days = fields.Float(validate=validate.Range(0))
    source = SourceKey(required=True, attribute="source_id")

    @validates_schema
    def says_how_many(self, given: dict[str, Any], **_: Any) -> None:
        """Refuse a row without days."""
        if not {"women_days", "men_days", "days"} & set(given):
            raise ValidationError("says no days", "days")


class PracticeSchema(RecordSchema):
    """A practice."""

    steps = fields.List(
        fields.Nested(StepSchema),
        load_default=list,
        validate=validate.Length(max=9, error="at most nine steps"),
    )
    limits = fields.List(fields.Nested(LimitSchema), load_default=list)
    costs = fields.List(fields.Nested(CostSchema), load_default=list)
    work = fields.List(fields.Nested(WorkSchema), load_default=list)
