"""Reading pages as a reader or a search engine would."""

import json
from dataclasses import dataclass, field
from html.parser import HTMLParser

EMPTY = {"meta", "link", "input", "img", "br", "hr", "path"}
SHOWN = ("placeholder", "aria-label", "title", "alt", "data-label", "content")


@dataclass
class Page(HTMLParser):
    """A page taken apart: links, and every word with its language."""

    text: str
    links: list[str] = field(default_factory=list)
    words: list[tuple[str, str]] = field(default_factory=list)
    attributes: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    data: list[dict] = field(default_factory=list)

    def __post_init__(self):
        super().__init__()
        self._open: list[tuple[str, str]] = []
        self.feed(self.text)
        assert not self._open, f"not closed: {self._open}"

    def handle_starttag(self, tag, attrs):
        given = {k: v or "" for k, v in attrs}
        self.attributes.setdefault(tag, []).append(given)
        language = given.get("lang") or (self._open[-1][1] if self._open else "")
        if "href" in given:
            self.links.append(given["href"])
        for name in SHOWN:
            if name in given and not (tag == "meta" and "name" not in given):
                self.words.append((language, given[name].strip()))
        if tag not in EMPTY:
            self._open.append((tag, language))

    def handle_endtag(self, tag):
        if tag not in EMPTY:
            opened, _ = self._open.pop()
            assert opened == tag, f"<{opened}> closed by </{tag}>"

    def handle_data(self, data):
        tag, language = self._open[-1] if self._open else ("", "")
        if tag == "script":
            self.data.append(json.loads(data))
        elif data.strip():
            self.words.append((language, " ".join(data.split())))

    def inside(self):
        """Give the links that stay on the site."""
        return [link for link in self.links if link.startswith("/")]
