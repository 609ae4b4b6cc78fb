"""The named lists that records choose from, and the thesaurus.

A *scheme* is one list (land uses, climates, soils, units); a *concept* is one entry of
it, with a *code* that never changes, a *name* per language and perhaps a *plain* line
that says in a farmer's words what is meant. Each entry of the list ``drawing`` has a
*shape*: a drawing without words, with places for *labels*.

The *thesaurus* stands beside the lists: what people talk about, whatever they call it.
Its concepts have several *labels* in each language and stand below *broader* concepts.
"""
