"""The one list of rooms that keep something of people."""

from kb.feedback.about_me import Holding as Feedback
from kb.people.holding import Holding

HOLDINGS: tuple[Holding, ...] = (Feedback(),)
