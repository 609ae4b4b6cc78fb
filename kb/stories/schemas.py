"""The shape in which a success story comes in."""

from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from kb.record.schemas import RecordSchema

YEAR = validate.Range(1000, 2100)


class StorySchema(RecordSchema):
    """A success story."""

    began = fields.Integer(validate=YEAR)
    ended = fields.Integer(validate=YEAR)

    @validates_schema
    def years_in_order(self, given: dict[str, Any], **_: Any) -> None:
        """Refuse a story that ended before it began."""
        if given.get("began", 0) > given.get("ended", 9999):
            raise ValidationError("ended before it began", "ended")
