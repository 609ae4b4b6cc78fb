"""Choosing the index from one setting."""

from pathlib import Path

from kb.search.document import SearchIndex

KNOWN = "memory:, whoosh:folder or postgresql+psycopg://…"


def open_index(setting: str) -> SearchIndex:
    """Open what the setting names; nothing is read or written yet.

    :param setting: ``memory:``, ``whoosh:folder`` or the address of a PostgreSQL, such
        as ``postgresql+psycopg://…``.
    """
    # Deferred: an installation need not have, nor load, every index's library.
    scheme, _, rest = setting.partition(":")
    if scheme == "memory":
        from kb.search.memory_index import MemoryIndex  # noqa: PLC0415

        return MemoryIndex()
    if scheme == "postgresql+psycopg":
        from kb.search.postgres_index.index import PostgresIndex  # noqa: PLC0415

        return PostgresIndex(setting)
    if scheme == "whoosh" and rest:
        from kb.search.whoosh_index.index import WhooshIndex  # noqa: PLC0415

        return WhooshIndex(Path(rest))
    raise ValueError(f"KB_SEARCH is {KNOWN}, not {setting!r}")
