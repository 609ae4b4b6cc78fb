"""Choosing the index from one setting."""

from pathlib import Path

from kb.search.document import SearchIndex
from kb.search.memory_index import MemoryIndex


def open_index(setting: str) -> SearchIndex:
    """Open ``memory:`` or ``whoosh:folder``; nothing is read or written yet."""
    scheme, _, rest = setting.partition(":")
    if scheme == "memory":
        return MemoryIndex()
    if scheme == "whoosh" and rest:
        # The one deferred import: an installation need not have every index's library.
        from kb.search.whoosh_index.index import WhooshIndex  # noqa: PLC0415

        return WhooshIndex(Path(rest))
    raise ValueError(f"KB_SEARCH is memory: or whoosh:folder, not {setting!r}")
