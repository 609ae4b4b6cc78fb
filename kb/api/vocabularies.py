"""JSON calls on vocabularies."""

from typing import Any

from flask_smorest import Blueprint
from marshmallow import RAISE

from kb.api.schemas import LanguageArgsSchema, RefusalSchema, VocabulariesSchema
from kb.entrance.request import this_vocabulary

calls = Blueprint(
    "api-vocabularies",
    __name__,
    url_prefix="/api/v1/vocabularies",
    description="Vocabularies",
)


@calls.route("", methods=["GET"])
@calls.arguments(LanguageArgsSchema, location="query", unknown=RAISE)
@calls.response(200, VocabulariesSchema)
@calls.alt_response(422, schema=RefusalSchema)
def all_vocabularies(args: dict[str, str]) -> dict[str, Any]:
    """Give every list that records choose from, named in one language."""
    return {"vocabularies": this_vocabulary(args["lang"]).schemes()}
