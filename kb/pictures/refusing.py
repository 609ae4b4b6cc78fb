"""How a picture is refused: a sentence that belongs to the field it was given in."""

from kb.errors import NotValid
from kb.language import _

FIELD = "picture"


def refused(said: object) -> NotValid:
    """Give the refusal of a picture, in one sentence."""
    return NotValid(_("Please look at the marked fields."), {FIELD: [str(said)]})
