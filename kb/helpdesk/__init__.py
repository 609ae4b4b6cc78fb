"""The helpdesk: questions and the public answers that came of them.

An *answer* is a public record: the question in full, what was answered and the
practices that the answer cites.
"""
