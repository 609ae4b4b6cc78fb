"""The yearly clock: whether what stands in a record is still true.

A record is due on a day; an assessment is one person's answer, with a line for readers.
A record that nobody answered for in time is *not assessed since* the day of the last
answer, or of its publication.
"""
