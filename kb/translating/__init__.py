"""The workbench: what people translate, field by field, until somebody accepts it.

A *rendering* is what a field is to say in another language, while somebody works on it;
accepted, it is published with its record, and its *mark* (`kb.record.marks`) says of
which source it is a translation. A *step* keeps the words each time they are saved. A
*thread* is what is said of a field to the others who work on it. A *unit* of the memory
is a source with its translation, found again by *bands*.
"""
