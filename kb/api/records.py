"""JSON calls on records."""

from typing import Any

from flask_smorest import Blueprint
from marshmallow import RAISE

from kb.api.schemas import (
    FullRecordSchema,
    ListSchema,
    PageArgsSchema,
    RefusalSchema,
)
from kb.assessing.clock import not_assessed_since
from kb.entrance.address import record_address
from kb.entrance.kept import catalogue
from kb.entrance.request import this_session
from kb.kinds import KINDS
from kb.language import FALLBACK
from kb.pictures.lookups import public_pictures
from kb.record.lookups import find_kind_of, get_record, list_records, related, titled
from kb.record.models import Record

calls = Blueprint(
    "api-records", __name__, url_prefix="/api/v1/records", description="Records"
)


@calls.route("", methods=["GET"])
@calls.arguments(PageArgsSchema, location="query", unknown=RAISE)
@calls.response(200, ListSchema)
@calls.alt_response(422, schema=RefusalSchema)
def all_records(args: dict[str, Any]) -> dict[str, Any]:
    """List all public records, oldest first."""
    total, records = list_records(this_session(), **args)
    return {"total": total, "records": records, **args}


@calls.route("/<string:ref>", methods=["GET"])
@calls.response(200, FullRecordSchema)
@calls.alt_response(404, schema=RefusalSchema)
def one_record(ref: str) -> "Whole":
    """Give one record: every language, every effect with its unit and source."""
    session = this_session()
    kind = KINDS[find_kind_of(session, ref)]
    record = get_record(session, kind, ref)
    ways = related(session, record)
    others = titled(session, {number for _how, number in ways}, FALLBACK)
    neighbours = [{"how": how, "ref": others[n].ref} for how, n in ways if n in others]
    pictures = public_pictures(session, record)
    address = record_address(record, language=record.source_language, absolute=True)
    kept = catalogue()
    return Whole(
        record,
        related=neighbours,
        pictures=pictures,
        url=address,
        community=kept.held.get(record.id),
        assessment=kept.assessed.get(record.id),
        contributors=kept.credited.get(record.id, ()),
        not_assessed_since=not_assessed_since(record),
    )


class Whole:
    """A record with what is not written in its tables."""

    def __init__(self, record: Record, **more: Any) -> None:
        self._record = record
        self.__dict__ |= more

    def __getattr__(self, name: str) -> object:
        """Give what the record has; a kind without it has no such attribute."""
        return getattr(self._record, name)
