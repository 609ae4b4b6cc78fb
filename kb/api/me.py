"""The JSON call that says for whom a token works."""

from typing import Any

from flask_smorest import Blueprint
from marshmallow import Schema, fields

from kb.api.schemas import RefusalSchema
from kb.entrance.bearer import a_token
from kb.people.roles import held, in_words

calls = Blueprint("api-me", __name__, url_prefix="/api/v1/me", description="Token")


class MeSchema(Schema):
    """For whom a token works, and what it may do."""

    id = fields.Integer(required=True)
    name = fields.String(required=True)
    roles = fields.List(
        fields.String(),
        required=True,
        metadata={"description": "each with its scope, such as editor region:BF"},
    )
    scope = fields.String(required=True, metadata={"description": "read or write"})
    expires = fields.AwareDateTime(required=True)


@calls.route("", methods=["GET"])
@calls.response(200, MeSchema)
@calls.alt_response(400, schema=RefusalSchema)
@calls.alt_response(401, schema=RefusalSchema)
@calls.doc(security=[{"token": []}])
def me() -> dict[str, Any]:
    """Say for whom the token in the header works."""
    token = a_token()
    return {
        "id": token.person.id,
        "name": token.person.name,
        "roles": [in_words(given) for given in held(token.person)],
        "scope": token.scope,
        "expires": token.expires,
    }
