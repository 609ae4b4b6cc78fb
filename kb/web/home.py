"""The first page, and the short addresses that lead into the site."""

from flask import (
    Blueprint,
    Response,
    make_response,
    redirect,
    render_template,
    url_for,
)
from werkzeug.wrappers import Response as AnyResponse

from kb.entrance.address import LANG
from kb.entrance.request import (
    office,
    preferred_language,
    this_language,
    this_session,
    this_vocabulary,
)
from kb.entrance.use import note_handout
from kb.errors import Unavailable
from kb.kinds import KINDS
from kb.record.lookups import find_public
from kb.search.behind import require_level
from kb.search.document import Query
from kb.web.policy import may_ask_us
from kb.web.understood import understood

pages = Blueprint("home", __name__)


@pages.get("/")
def choose_language() -> AnyResponse:
    """Lead to the first page in the language the browser asks for."""
    response = redirect(url_for(".home", lang=preferred_language()))
    response.headers["Vary"] = "Accept-Language"
    return response


@pages.get(f"{LANG}/")
def home(lang: str) -> Response:
    """Show the search, "where is your land?", and ways to browse."""
    counts = all_counts()
    page = render_template(
        "home/home.html",
        counts=counts,
        vocabulary=this_vocabulary(),
        understood=understood(),
    )
    return may_ask_us(make_response(page))


@pages.get("/<ref>", defaults={"lang": None})
@pages.get(f"{LANG}/<ref>")
def by_ref(ref: str, lang: str | None) -> AnyResponse:
    """Lead from a code that was printed or read aloud to its record."""
    number, kind = find_public(this_session(), ref.upper())
    language = lang or preferred_language()
    note_handout(number)
    plural = KINDS[kind].plural
    return redirect(
        url_for("records.one", lang=language, plural=plural, ref=ref.upper())
    )


@pages.get("/healthz")
def healthy() -> tuple[str, dict[str, str]]:
    """Say that the process answers."""
    return "ok", {"Content-Type": "text/plain", "Cache-Control": "no-store"}


def all_counts() -> dict[str, dict[str, int]]:
    """Count the records under every value of every facet; nothing without an index."""
    try:
        require_level(this_session())
        return office().index.find(Query(language=this_language(), per_page=1)).facets
    except Unavailable:
        return {}
