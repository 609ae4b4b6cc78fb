"""The JSON call for the thesaurus."""

from typing import Any

from flask_smorest import Blueprint
from marshmallow import RAISE, Schema, fields

from kb.api.schemas import PageArgsSchema, RefusalSchema
from kb.entrance.named import this_thesaurus

calls = Blueprint(
    "api-concepts", __name__, url_prefix="/api/v1/concepts", description="Thesaurus"
)


class ThesaurusConceptOut(Schema):
    """A concept of the thesaurus, in every language."""

    code = fields.String(required=True)
    meaning = fields.String(required=True)
    names = fields.Dict(
        fields.String(),
        fields.List(fields.String()),
        required=True,
        metadata={"description": "Language → its labels, the preferred one first"},
    )
    definitions = fields.Function(
        lambda one: {language: said.text for language, said in one.definitions.items()},
        metadata={
            "description": "Language → the meaning in it, where somebody wrote it",
            "type": "object",
            "additionalProperties": {"type": "string"},
        },
    )
    exact_match = fields.String(
        required=True,
        metadata={
            "description": "The address of the same concept in another thesaurus, where"
            " somebody verified it; else empty"
        },
    )
    broader = fields.List(fields.String(), required=True)
    related = fields.List(fields.String(), required=True)
    same_as = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "The entry of the vocabularies that means the same"},
    )


class ConceptsSchema(Schema):
    """One page of the thesaurus."""

    total = fields.Integer(required=True)
    page = fields.Integer(required=True)
    per_page = fields.Integer(required=True)
    concepts = fields.List(fields.Nested(ThesaurusConceptOut), required=True)


@calls.route("", methods=["GET"])
@calls.arguments(PageArgsSchema, location="query", unknown=RAISE)
@calls.response(200, ConceptsSchema)
@calls.alt_response(422, schema=RefusalSchema)
def all_concepts(args: dict[str, int]) -> dict[str, Any]:
    """Give the concepts of the thesaurus by code, one page at a time."""
    concepts = list(this_thesaurus().concepts.values())
    first = (args["page"] - 1) * args["per_page"]
    return {
        "total": len(concepts),
        **args,
        "concepts": concepts[first : first + args["per_page"]],
    }
