"""How people change the thesaurus, two at a time.

A *proposal* says what a concept should be: changed, new, or merged into another. It
*touches* languages, and perhaps links; somebody else who reviews those *accepts* it,
which changes the concept and writes a *version*, or *sends it back* with a reason. Its
*content* is all that is known of a concept as plain values; its *lines* are the labels
of one language as people type them.
"""
