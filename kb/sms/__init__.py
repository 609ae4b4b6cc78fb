"""Short messages to and from telephones, by whichever gateway an office has.

A *gateway* is the company that carries them; its *file* says how it names things. A
*text* is what we send: one letter of the outbox, carried in *parts* of so many signs.
A *receipt* is what the gateway says became of a part. A *phone* is a number that wrote
to us; nothing goes to any other, and nothing to one that said stop.
"""
