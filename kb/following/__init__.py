"""Searches that people follow: told by mail, at most daily, what new they find.

A *following* is a search somebody keeps. Its *news* is what was published since she was
told last, up to yesterday: so a day is told of once, when it is over.
"""
