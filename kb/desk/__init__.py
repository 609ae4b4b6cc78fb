"""The editors' desk: what waits, what is missing, who does the work.

A *gap* is something that people look for and do not find. A *line* says how many public
practices there are on one theme or use of the land, in one zone or everywhere, by the
language they can be read in. *Told* is what a practice says of who works and who gains.
*Demand* is how often a record was opened, and what it is about searched for in vain;
*covered* says how far the translation is on a theme or in a zone.
"""
