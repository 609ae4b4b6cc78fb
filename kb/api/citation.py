"""The JSON call on how a record is cited."""

from typing import Any

from flask_smorest import Blueprint
from marshmallow import RAISE, Schema, fields, validate

from kb.api.schemas import RefusalSchema
from kb.credit.citation import as_bibtex, as_cff, as_csl, as_text
from kb.entrance.cited import cited
from kb.entrance.kept import catalogue
from kb.entrance.request import this_session
from kb.errors import NotFound
from kb.language import FALLBACK, _
from kb.record.lookups import by_ref

calls = Blueprint(
    "api-citation", __name__, url_prefix="/api/v1/records", description="Citations"
)
LARGEST = 2**31 - 1


class CitationArgsSchema(Schema):
    """Which words of a record are cited."""

    language = fields.String(
        load_default=FALLBACK, validate=validate.Regexp(r"[a-z]{2,3}\Z")
    )
    version = fields.Integer(
        load_default=None,
        validate=validate.Range(1, LARGEST),
        metadata={"description": "The one published now, if none is named."},
    )


class CitationSchema(Schema):
    """How a record is cited."""

    text = fields.String(required=True)
    bibtex = fields.String(required=True)
    cff = fields.Dict(required=True, metadata={"description": "Like CITATION.cff."})
    csl = fields.Dict(required=True, metadata={"description": "CSL-JSON."})


@calls.route("/<string:ref>/citation", methods=["GET"])
@calls.arguments(CitationArgsSchema, location="query", unknown=RAISE)
@calls.response(200, CitationSchema)
@calls.alt_response(404, schema=RefusalSchema)
@calls.alt_response(422, schema=RefusalSchema)
def one_citation(args: dict[str, Any], ref: str) -> dict[str, Any]:
    """Give the citation of a record: a sentence, BibTeX, CFF-like and CSL-JSON."""
    record = by_ref(this_session(), [ref], args["language"]).get(ref)
    if record is None:
        raise NotFound(_("There is no record with the code %(ref)s.", ref=ref))
    found = cited(record, args["language"], catalogue(), args["version"])
    return {
        "text": as_text(found),
        "bibtex": as_bibtex(found),
        "cff": as_cff(found),
        "csl": as_csl(found),
    }
