"""The JSON call for the directory: people and institutions who agreed to be listed."""

from typing import Any

from flask_smorest import Blueprint
from marshmallow import Schema, fields

from kb.directory.models import Listing
from kb.directory.service import listed
from kb.entrance.address import whole
from kb.entrance.request import this_session

calls = Blueprint(
    "api-directory", __name__, url_prefix="/api/v1/directory", description="Directory"
)


class AskedSchema(Schema):
    """What the list is narrowed to."""

    country = fields.String(load_default="", metadata={"example": "BF"})
    language = fields.String(load_default="", metadata={"example": "fr"})
    theme = fields.String(load_default="", metadata={"example": "rice"})
    kind = fields.String(load_default="", metadata={"example": "institution"})


class ListingOut(Schema):
    """Somebody who agreed to be listed; an address only where she wants it shown."""

    kind = fields.String(required=True)
    name = fields.String(required=True)
    about = fields.String(required=True)
    language = fields.String(
        required=True, metadata={"description": "that the words are in"}
    )
    country = fields.String(
        required=True, metadata={"description": "ISO 3166-1; empty for everywhere"}
    )
    languages = fields.List(fields.String(), required=True)
    themes = fields.List(fields.String(), required=True)
    website = fields.String(required=True)
    email = fields.String(
        required=True, metadata={"description": "empty: write by the page"}
    )
    page = fields.String(
        required=True, metadata={"description": "where one can write to it"}
    )


class DirectoryOut(Schema):
    """All of them."""

    items = fields.List(fields.Nested(ListingOut), required=True)


@calls.get("")
@calls.arguments(AskedSchema, location="query")
@calls.response(200, DirectoryOut)
def every(asked: dict[str, str]) -> dict[str, Any]:
    """Give who is listed, by name."""
    plain = {name: value.replace("\x00", "") for name, value in asked.items()}
    return {"items": [_out(one) for one in listed(this_session(), **plain)]}


def _out(one: Listing) -> dict[str, Any]:
    shown = ("kind", "name", "about", "language", "country", "languages", "themes")
    return {
        **{name: getattr(one, name) for name in (*shown, "website")},
        "email": one.email if one.shows_email else "",
        "page": whole(f"/en/directory/{one.id}"),
    }
