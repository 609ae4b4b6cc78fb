"""Mail that comes in: a question, more words in one, or what no person wrote.

A *letterbox* is a folder where mail lies until it is taken in. To *read* a mail is to
find out what it says, from bytes alone; to *take it in* is to make of it what it
*becomes*. What somebody wrote now are its *own words*; what she quoted or signed with
is folded away. *Automatic* is what a program wrote, and never answered. A *bounce* is
what a mail server says of a mail of ours. *Attached* is what came with it as a file.
"""
