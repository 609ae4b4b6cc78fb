"""Reading pages as a reader or a search engine would."""

import json
import re
from dataclasses import dataclass, field
from html import unescape

EMPTY = {"meta", "link", "input", "img", "br", "hr", "path", "source"}
SHOWN = ("placeholder", "aria-label", "title", "alt", "data-label", "content")
ATTRIBUTE = r"""\s+([^\s"'<>/=]+)(?:="([^"<]*)")?"""
TOKEN = re.compile(
    rf"(?P<words>[^<]+)"
    rf"|<(?P<opened>[a-z][a-z0-9]*)(?P<given>(?:{ATTRIBUTE})*)\s*/?>"
    rf"|</(?P<closed>[a-z][a-z0-9]*)>"
    rf"|<!doctype html>",
    re.IGNORECASE,
)
"""Stricter than any browser: what is not one of these is a mistake in a template."""


@dataclass
class Page:
    """A page taken apart: links, and every word with its language."""

    text: str
    links: list[str] = field(default_factory=list)
    words: list[tuple[str, str]] = field(default_factory=list)
    attributes: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    data: list[dict] = field(default_factory=list)

    def __post_init__(self):
        self._open: list[tuple[str, str]] = []
        place = 0
        while place < len(self.text):
            token = TOKEN.match(self.text, place)
            assert token, f"not HTML: {self.text[place : place + 60]!r}"
            place = token.end()
            if words := token["words"]:
                self._words(words)
            elif tag := token["opened"]:
                self._opened(tag, token["given"])
            elif tag := token["closed"]:
                opened, _ = self._open.pop()
                assert opened == tag, f"<{opened}> closed by </{tag}>"
        assert not self._open, f"not closed: {self._open}"

    def _opened(self, tag, attributes):
        given = {
            name: unescape(value) for name, value in re.findall(ATTRIBUTE, attributes)
        }
        self.attributes.setdefault(tag, []).append(given)
        language = given.get("lang") or (self._open[-1][1] if self._open else "")
        if "href" in given:
            self.links.append(given["href"])
        for name in SHOWN:
            if name in given and not (tag == "meta" and "name" not in given):
                self.words.append((language, given[name].strip()))
        if tag not in EMPTY:
            self._open.append((tag, language))

    def _words(self, words):
        tag, language = self._open[-1] if self._open else ("", "")
        if tag == "script":
            self.data.append(json.loads(words))
        elif words.strip():
            self.words.append((language, unescape(" ".join(words.split()))))

    def inside(self):
        """Give the links that stay on the site."""
        return [link for link in self.links if link.startswith("/")]


def get(client, address, status=200, *, follow=False):
    """Give the text of a page."""
    reply = client.get(address, follow_redirects=follow)
    assert reply.status_code == status, address
    return reply.text
