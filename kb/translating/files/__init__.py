"""Sets of fields as files that the tools of translators read and write.

A *set* is the fields of some records in one language. A *unit* is one field as it
stands in a file; its *id* is the code of the record and the name of the field, and with
it goes a digest of its source and of the words that stood there when it was written. A
*bundle* is a file that was read. A *trouble* is what keeps a unit out, or is asked
about first.
"""
