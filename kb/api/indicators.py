"""The JSON call for what Humus comes to, for a dashboard."""

from collections import Counter
from typing import Any

from flask_smorest import Blueprint
from marshmallow import Schema, fields

from kb.credit.use import COUNTED
from kb.desk.indicators import indicators
from kb.entrance.request import this_session

calls = Blueprint(
    "api-indicators", __name__, url_prefix="/api/v1/indicators", description="Numbers"
)


def count(described: str = "") -> fields.Integer:
    """Give a field that holds how many there are."""
    about = {"description": described} if described else {}
    return fields.Integer(required=True, strict=True, metadata=about)


class RecordsOut(Schema):
    """Public records of one kind."""

    kind = fields.String(required=True)
    records = count()


class TextsOut(Schema):
    """Public records in one language, by how far their words can be trusted."""

    language = fields.String(required=True)
    state = fields.String(required=True)
    records = count()


class CountsOut(Schema):
    """How often records were used."""

    views = count()
    shown = count()
    opened = count()
    handouts = count()


class UseOut(CountsOut):
    """How often records were used in one month."""

    month = fields.String(required=True, metadata={"example": "2026-11"})


class UseByLanguageOut(CountsOut):
    """The same by language of the reader, for all months."""

    language = fields.String(required=True)


class AskedInOut(Schema):
    """Questions in one language."""

    language = fields.String(required=True)
    questions = count()


class QuestionsOut(Schema):
    """Questions to the helpdesks; times in hours of working time of the desk."""

    received = count()
    waiting = count()
    answered = count()
    settled = count()
    first_median = fields.Float(required=True, allow_none=True)
    first_p90 = fields.Float(required=True, allow_none=True)
    by_language = fields.List(fields.Nested(AskedInOut), required=True)


class SearchesOut(Schema):
    """Searches in one language for land of one zone."""

    language = fields.String(required=True)
    zone = fields.String(required=True, metadata={"description": "empty if not said"})
    times = count()
    in_vain = count()


class IndicatorsSchema(Schema):
    """The numbers of the last twelve months, and what stands today."""

    since = fields.Date(required=True)
    until = fields.Date(required=True)
    records = fields.List(fields.Nested(RecordsOut), required=True)
    assessed = count("records within the year of their check")
    texts = fields.List(fields.Nested(TextsOut), required=True)
    use = fields.List(fields.Nested(UseOut), required=True)
    use_by_language = fields.List(fields.Nested(UseByLanguageOut), required=True)
    tried = count("trials on farms that were checked")
    questions = fields.Nested(QuestionsOut, required=True)
    searches = fields.List(fields.Nested(SearchesOut), required=True)


@calls.route("", methods=["GET"])
@calls.response(200, IndicatorsSchema)
def numbers() -> dict[str, Any]:
    """Give numbers of nobody; languages and zones of fewer than five are left out."""
    found = indicators(this_session())
    asked = found.asked_in.items()
    return {
        **vars(found),
        "records": [{"kind": kind, "records": n} for kind, n in found.records.items()],
        "texts": [
            {"language": language, "state": state, "records": many}
            for language, states in found.texts.items()
            for state, many in states.items()
        ],
        "use": [
            {"month": f"{month:%Y-%m}", **_counts(counted)}
            for month, counted in found.use_by_month.items()
        ],
        "use_by_language": [
            {"language": language, **_counts(counted)}
            for language, counted in found.use_by_language.items()
        ],
        "questions": {
            **vars(found.questions),
            "by_language": [{"language": x, "questions": n} for x, n in asked],
        },
    }


def _counts(counted: Counter[str]) -> dict[str, int]:
    return {name: counted[name] for name in COUNTED}
