"""The named lists that records choose from.

A *scheme* is one list (land uses, climates, soils, units); a *concept* is one entry of
it, with a *code* that never changes, a *name* per language and perhaps a *plain* line
that says in a farmer's words what is meant.
"""
