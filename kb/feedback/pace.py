"""How often users may say something; a village may share one address."""

from datetime import timedelta

from kb.people.pace import Allowed

HELPFUL_ADDRESS = Allowed(100, timedelta(seconds=5))
"""A room full of people answers at once; at most 820 in an hour from one address."""
WRITTEN_ADDRESS = Allowed(30, timedelta(minutes=2))
"""At most 60 reports, comments and trials in an hour from one address."""
EDITORS_NOTICE = Allowed(5, timedelta(hours=4))
"""At most 11 notices in a day to one editor about one record."""
