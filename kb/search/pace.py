"""How often one address may search; many people may share it, so it is a good deal.

What is counted where is told in `kb.entrance.flow`.
"""

from datetime import timedelta

from kb.people.pace import Allowed

FEW = Allowed(40, timedelta(seconds=3))
"""Searches that each process lets through and nobody writes down: 20 in a minute."""
TEN_SIZE = 10
TENS = Allowed(8, timedelta(seconds=15))
"""Tens of further searches, for all processes together: 40 searches in a minute.

So from one address come 120 searches at once, then 60 in a minute, and 40 at once and
20 in a minute more for each further process.
"""
SUGGESTED = Allowed(300, timedelta(seconds=0.2))
"""Suggestions while somebody types: 300 at once, then 5 in a second."""
PROGRAM = Allowed(600, timedelta(seconds=0.1))
"""Searches of a program with a token: 600 at once, then 10 in a second."""
READ = Allowed(600, timedelta(seconds=0.1))
"""Pages of any kind: 600 at once, then 10 in a second."""
