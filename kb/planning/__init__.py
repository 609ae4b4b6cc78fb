"""Plans: what somebody wants to do on her own land, and what it would take.

A *plan* is for one place, one use of the land and some *goals*; it holds the practices
that were *chosen* for it, each known by a letter. What fits is *proposed*; what a hard
limit of the place excludes is *ruled out*. A *need* is what the practices say they take
per hectare, times the area; what none of them says is not known, and never nothing.
Only the link of a plan opens it, and the desk it was handed to.
"""
