"""What may be wrong with the words of a field."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """Something about the words of one field."""

    code: str
    said: object
    """A sentence for whoever translates."""
    blocks: bool
