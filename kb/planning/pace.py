"""How often plans may be kept; a village or a school may share one address."""

from datetime import timedelta

from kb.people.pace import Allowed

PLAN_ADDRESS = Allowed(120, timedelta(seconds=30))
"""At most 240 times in an hour practices are looked for or a plan is kept from one
address."""
