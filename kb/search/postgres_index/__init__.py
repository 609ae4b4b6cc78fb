"""The index in a PostgreSQL: what several machines with one database share.

The terms are ours, made by `kb.search.words`; PostgreSQL's dictionaries are not used.
A text's terms are a ``tsvector`` under a GIN index, filters and counts are SQL.
"""
