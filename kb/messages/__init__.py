"""How messages leave the house: as mail, into a folder, or onto the terminal.

And how mail is fetched that came to a mailbox elsewhere.
"""
