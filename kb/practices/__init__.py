"""Practices: what land managers can do, where it works and where not, what it gives.

A *step* is one thing to do, timed against the season; a *limit* says where the practice
does not work; *cost* and *work* are what it takes per hectare.
"""
