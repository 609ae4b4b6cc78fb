"""What every kind of record has.

A *record* is one published piece of knowledge with a short code (*ref*, ``P-42``). Its
words in one language are a *text*: title, summary and named *parts*. What was measured
is an *effect*; where it was done is a *site*; where a figure comes from is a *source*.
"""
