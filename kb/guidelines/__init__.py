"""Guidelines: what others have published on how to work, measure or report.

A record tells of one *edition* of a document: what it is for, who *issued* it, when,
and where it is to be had. A newer edition is a record of its own that *supersedes* the
older one, which stays readable. The words are ours; the document is not copied.
"""
