"""Practices: what land managers can do, where it works and where not, what it gives.

A *step* is one thing to do, timed against the season, and its *icon* shows what is done
without a word; a *limit* says where the practice does not work; *cost* and *work* are
what it takes per hectare.
"""
