"""Writing records: what people draft, what reviewers say, what was published when.

A *document* is a record as JSON, in the shape of a seed: facts, and texts by language.
A *version* is a document as it was published; it never changes. A *draft* is a document
that somebody works on; its last *saves* are kept while it is open. A *doubt* is a claim
about carbon that a reviewer has to vouch for.
"""
