"""The words of a mail that was written as a page."""

from html.parser import HTMLParser

MOST_SIGNS = 1_000_000
"""Of the page; what comes after is left out."""
SILENT = frozenset({"script", "style", "head", "title", "template", "svg"})
BREAKS = {
    *("br", "p", "div", "li", "tr", "table", "ul", "ol", "hr", "pre", "blockquote"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "section", "article"),
}
QUOTED = ("gmail_quote", "divRplyFwdMsg", "yahoo_quoted", "moz-cite-prefix")
VOID = {
    *("br", "hr", "img", "input", "meta", "link", "wbr", "col", "area"),
    *("base", "embed", "source"),
}
MOST_OPEN = 200
"""So many elements deep is looked."""


def words_of(page: str) -> str:
    r"""Give the words of a page; what it quotes has a ``>`` before each line.

    >>> words_of("<p>Yes &amp; no<script>x()</script><blockquote>Is it?</blockquote>")
    'Yes & no\n> Is it?'
    """
    reader = _Words()
    reader.feed(page[:MOST_SIGNS])
    reader.close()
    return reader.words()


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[tuple[int, list[str]]] = [(0, [])]
        self.silent = 0
        self.open: list[tuple[str, bool]] = []
        """Elements that are open, each with whether it quotes."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            if tag in BREAKS:
                self._break()
            return
        if tag in SILENT:
            self.silent += 1
        named = " ".join(f"{v}" for n, v in attrs if n in {"class", "id"} and v)
        quotes = tag == "blockquote" or any(name in named for name in QUOTED)
        self.open.append((tag, quotes))
        if tag in BREAKS:
            self._break()

    def handle_endtag(self, tag: str) -> None:
        if tag not in (name for name, _quotes in self.open[-MOST_OPEN:]):
            return
        while self.open:
            name, _quotes = self.open.pop()
            if name in SILENT:
                self.silent -= 1
            if name == tag:
                break
        if tag in BREAKS:
            self._break()

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.lines[-1][1].append(data)

    def _break(self) -> None:
        depth = sum(quotes for _name, quotes in self.open[-MOST_OPEN:])
        self.lines.append((depth, []))

    def words(self) -> str:
        """Give what was read, without empty lines one after the other."""
        out: list[str] = []
        for depth, pieces in self.lines:
            line = " ".join("".join(pieces).split())
            if line:
                out.append("> " * min(depth, 3) + line)
        return "\n".join(out)
