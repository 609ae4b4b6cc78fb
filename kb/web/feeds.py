"""A search to be followed: its newest records as Atom and as JSON Feed."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from xml.etree.ElementTree import Element, SubElement, tostring

from flask import Blueprint, Response, jsonify, url_for

from kb.entrance.address import LANG, record_address, whole
from kb.entrance.labels import kind_name
from kb.entrance.named import this_thesaurus
from kb.entrance.request import office, this_language, this_session
from kb.language import _
from kb.search.document import Query
from kb.search.service import search
from kb.search.shown import Shown
from kb.web.asked import as_query_string, asked

pages = Blueprint("feeds", __name__, url_prefix=LANG)
MOST = 30
FRESH_SECONDS = 3600
"""How long a reader's program may go on with what it has."""
ATOM = "http://www.w3.org/2005/Atom"
JSON_FEED = "https://jsonfeed.org/version/1.1"
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Followed:
    """A search and the newest records that it finds."""

    query: Query
    newest: list[Shown]

    @property
    def title(self) -> str:
        """Name it by its words."""
        new = str(_("What is new"))
        return " | ".join(filter(None, (self.query.words, new, "Humus")))

    @property
    def page(self) -> str:
        """Give the address of the results, for people."""
        found = as_query_string(self.query).rstrip("?")
        return whole(url_for("results.find")) + found

    def itself(self, kind: str) -> str:
        """Give the address of one of its feeds."""
        found = as_query_string(replace(self.query, sort="best")).rstrip("?")
        return whole(url_for(f"feeds.{kind}")) + found

    @property
    def updated(self) -> datetime:
        """Say when something was published last."""
        return max((_moment(one) for one in self.newest), default=_at(date(1970, 1, 1)))


@pages.get("/feed.atom")
def atom(lang: str) -> Response:
    """Give the newest of a search for programs that read feeds."""
    followed = _followed()
    feed = Element("feed", {"xmlns": ATOM, "xml:lang": lang})
    _put(feed, "id", followed.itself("atom"))
    _put(feed, "title", followed.title)
    _put(feed, "updated", followed.updated.isoformat())
    SubElement(SubElement(feed, "author"), "name").text = "Humus"
    SubElement(feed, "link", {"rel": "self", "href": followed.itself("atom")})
    SubElement(feed, "link", {"rel": "alternate", "href": followed.page})
    for shown in followed.newest:
        entry = SubElement(feed, "entry", {"xml:lang": shown.text.language})
        _put(entry, "id", _permanent(shown))
        _put(entry, "title", shown.text.title)
        _put(entry, "summary", shown.text.summary)
        _put(entry, "updated", _moment(shown).isoformat())
        SubElement(entry, "link", {"rel": "alternate", "href": _address(shown)})
        SubElement(entry, "category", {"term": shown.record.kind})
    written = tostring(feed, encoding="utf-8", xml_declaration=True)
    return _fresh(Response(written, content_type="application/atom+xml"))


@pages.get("/feed.json")
def json_feed(lang: str) -> Response:
    """Give the same as JSON Feed 1.1."""
    followed = _followed()
    reply = jsonify(
        version=JSON_FEED,
        title=followed.title,
        language=lang,
        home_page_url=followed.page,
        feed_url=followed.itself("json_feed"),
        items=[
            {
                "id": _permanent(shown),
                "url": _address(shown),
                "title": shown.text.title,
                "content_text": shown.text.summary,
                "language": shown.text.language,
                "date_published": _moment(shown).isoformat(),
                "tags": [str(kind_name()[shown.record.kind])],
            }
            for shown in followed.newest
        ],
    )
    reply.content_type = "application/feed+json"
    return _fresh(reply)


def _followed() -> Followed:
    """Search as the address says, the newest first.

    What a program asks for every hour is counted for no gap, and no place is taken into
    account: whoever reads the feed may share it. Where no record holds all the words,
    there is nothing new.
    """
    query = replace(asked(), sort="newest", page=1, per_page=MOST, counted=())
    found = search(this_session(), office().index, query, None, this_thesaurus())
    return Followed(query, [] if found.relaxed else found.shown)


def _fresh(reply: Response) -> Response:
    reply.headers["Cache-Control"] = f"public, max-age={FRESH_SECONDS}"
    return reply


def _put(parent: Element, name: str, words: str) -> None:
    SubElement(parent, name).text = _NOT_IN_XML.sub("", words)


def _permanent(shown: Shown) -> str:
    """Give the name of an entry; it stays when a title changes."""
    return whole(f"/{this_language()}/{shown.record.ref}")


def _address(shown: Shown) -> str:
    return record_address(shown.record, language=this_language(), absolute=True)


def _moment(shown: Shown) -> datetime:
    return _at(shown.record.published_on or date(1970, 1, 1))


def _at(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
