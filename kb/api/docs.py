"""The page that explains the API, made from the OpenAPI document itself."""

from typing import Any

from flask import Blueprint, current_app, g, render_template

DESCRIPTION = (
    "What works for soil health and soil organic carbon, as open data. No token is"
    " needed to read. Content: CC BY 4.0; please name the source. Every figure comes"
    " with its unit and source; every text says whether a native speaker reviewed it."
    " From one address come 120 searches at once, then 60 in a minute; with a token 600"
    " at once, then 10 in a second. Beyond that the answer is 429 and Retry-After says"
    " how many seconds to wait."
)

pages = Blueprint("api-page", __name__, url_prefix="/api/v1")


@pages.get("/")
def page() -> str:
    """Show every call with what it takes and gives."""
    g.language = "en"
    spec: dict[str, Any] = current_app.extensions["kb_api"].spec.to_dict()
    return render_template("api/docs.html", spec=spec)
