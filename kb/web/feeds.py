"""What is new, to be followed as a feed: of a search, and of a zone."""

from dataclasses import replace

from flask import Blueprint, Response, url_for

from kb.entrance.address import LANG, whole
from kb.entrance.kept import catalogue
from kb.entrance.named import this_thesaurus
from kb.entrance.request import office, this_language, this_session
from kb.language import _, best_of
from kb.record.lookups import newest
from kb.record.models import Record, Text
from kb.search.document import Query
from kb.search.service import search
from kb.web.asked import as_query_string, asked
from kb.web.feed import MOST, Followed, as_atom, as_json
from kb.web.zones import asked_land_use, get_zone

pages = Blueprint("feeds", __name__, url_prefix=LANG)


@pages.get("/feed.atom")
def atom(lang: str) -> Response:
    """Give the newest of a search for programs that read feeds."""
    return as_atom(_search())


@pages.get("/feed.json")
def json_feed(lang: str) -> Response:
    """Give the same as JSON Feed 1.1."""
    return as_json(_search())


@pages.get("/zones/<code>/feed.atom")
def zone_atom(lang: str, code: str) -> Response:
    """Give what is new for places of one climate and soil."""
    return as_atom(_zone(code))


@pages.get("/zones/<code>/feed.json")
def zone_json(lang: str, code: str) -> Response:
    """Give the same as JSON Feed 1.1."""
    return as_json(_zone(code))


def _search() -> Followed:
    """Search as the address says, the newest first.

    What a program asks for every hour is counted for no gap, and no place is taken into
    account: whoever reads the feed may share it. Where no record holds all the words,
    there is nothing new.
    """
    query = replace(asked(), sort="newest", page=1, per_page=MOST, counted=())
    found = search(this_session(), office().index, query, None, this_thesaurus())
    end = _end(replace(query, sort="best"))
    return Followed(
        title=_title(query.words),
        page=whole(url_for("results.find")) + _end(query),
        atom=whole(url_for("feeds.atom")) + end,
        json=whole(url_for("feeds.json_feed")) + end,
        newest=[] if found.relaxed else [(one.record, one.text) for one in found.shown],
    )


def _zone(code: str) -> Followed:
    """Give the newest that was tried in a zone, or says that it is for such land.

    :raises NotFound: there is no such zone.
    """
    zone, land_use = get_zone(code), asked_land_use()
    numbers = catalogue().zoned.within(zone, land_use).all
    found = newest(this_session(), numbers, this_language(), most=MOST)

    def to(page: str) -> str:
        return whole(url_for(page, code=code, land_use=land_use or None))

    return Followed(
        title=_title(str(zone.words)),
        page=to("zones.one"),
        atom=to("feeds.zone_atom"),
        json=to("feeds.zone_json"),
        newest=[(one, _text(one)) for one in found],
    )


def _text(record: Record) -> Text:
    texts = {text.language: text for text in record.texts}
    source = record.source_language
    return texts[best_of(texts, reader=this_language(), source=source)]


def _title(words: str) -> str:
    return " | ".join(filter(None, (words, str(_("What is new")), "Humus")))


def _end(query: Query) -> str:
    return as_query_string(query).rstrip("?")
