"""Markdown to safe HTML, plain words and slugs."""

import re
import unicodedata
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt

LONGEST = 20_000
"""Signs of Markdown rendered at most; beyond that rendering could take seconds."""

ALLOWED = {"p", "ul", "ol", "li", "strong", "em", "br", "blockquote", "code", "hr"}


@lru_cache(maxsize=1)
def _reader() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "breaks": False})


@lru_cache(maxsize=1000)
def to_html(words: str) -> str:
    """Render Markdown; whatever could act in a browser is taken out."""
    return nh3.clean(_reader().render(words[:LONGEST]), tags=ALLOWED, attributes={})


def to_words(words: str) -> str:
    """Give Markdown without its signs, for searching and excerpts."""
    return " ".join(re.sub(r"[*_`>#]|^\s*[-+] ", " ", words, flags=re.M).split())


def slug(title: str, *, longest: int = 60) -> str:
    """Give the readable end of an address; any script's letters are kept.

    >>> slug("Cuvettes de plantation : le zaï !")
    'cuvettes-de-plantation-le-zaï'
    """
    plain = unicodedata.normalize("NFC", title).casefold()
    kept = "".join(
        sign if sign.isalnum() or unicodedata.category(sign)[0] == "M" else "-"
        for sign in plain
    )
    cut = re.sub("-+", "-", kept).strip("-")
    if len(cut) > longest:
        cut = cut[: longest + 1].rpartition("-")[0] or cut[:longest]
    return cut
