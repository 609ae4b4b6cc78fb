"""How the newest records of something are written as Atom and as JSON Feed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from xml.etree.ElementTree import Element, SubElement, tostring

from flask import Response, jsonify

from kb.entrance.address import record_address, whole
from kb.entrance.labels import kind_name
from kb.entrance.request import this_language
from kb.record.models import Record, Text

MOST = 30
FRESH_SECONDS = 3600
"""How long a reader's program may go on with what it has."""
ATOM = "http://www.w3.org/2005/Atom"
JSON_FEED = "https://jsonfeed.org/version/1.1"
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Followed:
    """Something that is followed, and its newest records."""

    title: str
    page: str
    """Address of the same for people."""
    atom: str
    json: str
    """Addresses of its feeds."""
    newest: Sequence[tuple[Record, Text]]
    """Each with the words that its reader is shown."""

    @property
    def updated(self) -> datetime:
        """Say when something was published last."""
        moments = (_moment(record) for record, _text in self.newest)
        return max(moments, default=_at(date(1970, 1, 1)))


def as_atom(followed: Followed) -> Response:
    """Write it for programs that read feeds."""
    feed = Element("feed", {"xmlns": ATOM, "xml:lang": this_language()})
    _put(feed, "id", followed.atom)
    _put(feed, "title", followed.title)
    _put(feed, "updated", followed.updated.isoformat())
    SubElement(SubElement(feed, "author"), "name").text = "Humus"
    SubElement(feed, "link", {"rel": "self", "href": followed.atom})
    SubElement(feed, "link", {"rel": "alternate", "href": followed.page})
    for record, text in followed.newest:
        entry = SubElement(feed, "entry", {"xml:lang": text.language})
        _put(entry, "id", _permanent(record))
        _put(entry, "title", text.title)
        _put(entry, "summary", text.summary)
        _put(entry, "updated", _moment(record).isoformat())
        SubElement(entry, "link", {"rel": "alternate", "href": _address(record)})
        SubElement(entry, "category", {"term": record.kind})
    written = tostring(feed, encoding="utf-8", xml_declaration=True)
    return _fresh(Response(written, content_type="application/atom+xml"))


def as_json(followed: Followed) -> Response:
    """Write the same as JSON Feed 1.1."""
    reply = jsonify(
        version=JSON_FEED,
        title=followed.title,
        language=this_language(),
        home_page_url=followed.page,
        feed_url=followed.json,
        items=[
            {
                "id": _permanent(record),
                "url": _address(record),
                "title": text.title,
                "content_text": text.summary,
                "language": text.language,
                "date_published": _moment(record).isoformat(),
                "tags": [str(kind_name()[record.kind])],
            }
            for record, text in followed.newest
        ],
    )
    reply.content_type = "application/feed+json"
    return _fresh(reply)


def _fresh(reply: Response) -> Response:
    reply.headers["Cache-Control"] = f"public, max-age={FRESH_SECONDS}"
    return reply


def _put(parent: Element, name: str, words: str) -> None:
    SubElement(parent, name).text = _NOT_IN_XML.sub("", words)


def _permanent(record: Record) -> str:
    """Give the name of an entry; it stays when a title changes."""
    return whole(f"/{this_language()}/{record.ref}")


def _address(record: Record) -> str:
    return record_address(record, language=this_language(), absolute=True)


def _moment(record: Record) -> datetime:
    return _at(record.published_on or date(1970, 1, 1))


def _at(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
