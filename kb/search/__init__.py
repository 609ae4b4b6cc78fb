"""Finding records by words, in any language we hold, on any index.

A *document* is one record in one language as an index sees it; a *term* is what
analysis makes of a word; a *facet* is a list that results can be narrowed by.
"""
