"""The JSON call on places: what the maps know of a point."""

from typing import Any

from flask_smorest import Blueprint
from marshmallow import RAISE

from kb.api.place_schemas import PlaceArgsSchema, PlaceSchema
from kb.api.schemas import RefusalSchema
from kb.entrance.place import atlas
from kb.entrance.request import this_session
from kb.regions.atlas import AROUND, Atlas, Point, checked_point
from kb.regions.climate import decided
from kb.regions.disputed import DISCLAIMER
from kb.regions.tree import regions_of_country

calls = Blueprint(
    "api-places", __name__, url_prefix="/api/v1/places", description="Places"
)

CELL_M = 3100
"""Side of a cell of the map of climates at the equator, metres."""


@calls.route("", methods=["GET"])
@calls.arguments(PlaceArgsSchema, location="query", unknown=RAISE)
@calls.response(200, PlaceSchema)
@calls.alt_response(422, schema=RefusalSchema)
@calls.alt_response(503, schema=RefusalSchema)
def at(args: dict[str, float]) -> dict[str, Any]:
    """Say what the maps know of a point; it is neither stored nor logged."""
    return told_of(atlas(), checked_point(args["lat"], args["lon"]))


def told_of(maps: Atlas, point: Point) -> dict[str, Any]:
    """Give all that is known of a point."""
    climate = maps.climate_at(point)
    zones, agro = maps.ipcc_at(point), maps.agroclimate_at(point)
    country = maps.country_at(point)
    around = regions_of_country(this_session(), country) if country else []
    return {
        "country": country,
        "regions": [region.code for region in around],
        "climate": climate,
        "agroclimate": agro,
        "agroclimate_decided": decided(agro),
        "ipcc": zones,
        "ipcc_decided": decided(zones),
        "soil": maps.soil_at(point),
        "precision_m": (2 * AROUND + 1) * CELL_M / 2,
        "disclaimer": str(DISCLAIMER) if maps.disputed_at(point) else None,
    }
