"""How often somebody may ask; a village may share one address."""

from datetime import timedelta

from kb.people.pace import Allowed

ASK_ADDRESS = Allowed(30, timedelta(minutes=2))
"""At most 60 questions in an hour from one address."""
WORDS_ADDRESS = Allowed(60, timedelta(minutes=1))
"""At most 120 words of thanks or new words in an hour from one address."""
LETTER_TO = Allowed(5, timedelta(hours=4))
"""At most 11 messages a day to one address, so that none is flooded in a stranger's
name."""
MAIL_FROM = Allowed(20, timedelta(minutes=10))
"""At most 26 questions in an hour by mail from one address; more wait for a person."""
NOTICE = Allowed(10, timedelta(hours=2))
"""At most 21 notices a day to one person at a desk."""
TEXT_TO = Allowed(20, timedelta(minutes=10))
"""At most 26 replies in an hour to one phone, so that two programs stop."""
