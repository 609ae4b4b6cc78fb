"""The helpdesk: desks, questions, and the public answers that came of them.

An *answer* is a public record: the question in full, what was answered and the
practices that the answer cites. A *desk* is a function for one region; who has a role
for it answers there. A *question* is private, with *messages* between asker and desk,
and *notes* that only experts see. *Routing* says where a question goes, and why.
"""
