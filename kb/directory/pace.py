"""How often somebody may write to those listed, or ask to be."""

from datetime import timedelta

from kb.people.pace import Allowed

WRITE_ADDRESS = Allowed(5, timedelta(minutes=10))
"""At most 11 in an hour from one address."""
WRITE_TO = Allowed(10, timedelta(hours=1))
"""At most 34 a day to one listing, so that none is flooded."""
LIST_ADDRESS = Allowed(5, timedelta(minutes=10))
"""At most 11 institutions in an hour from one address."""
