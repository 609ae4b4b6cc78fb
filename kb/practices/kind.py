"""How a practice introduces itself to the rest of the house."""

from typing import Any

from sqlalchemy.orm import selectinload

from kb.practices.models import Cost, Limit, Practice, Step, Work
from kb.practices.schemas import PracticeSchema
from kb.record.kind import Kind


class PracticeKind(Kind):
    """A practice brings its steps, limits, costs and work along."""

    def options(self) -> list[Any]:
        """Load its own rows with their sources, one query each."""
        return [
            selectinload(Practice.steps),
            selectinload(Practice.limits).joinedload(Limit.source),
            selectinload(Practice.costs).joinedload(Cost.source),
            selectinload(Practice.work).joinedload(Work.source),
        ]


KIND = PracticeKind(
    name="practice",
    plural="practices",
    letter="P",
    model=Practice,
    sections=(
        "how",
        "where",
        "where_not",
        "inputs",
        "drawbacks",
        "failures",
        "who",
        "disputed",
    ),
    schema=PracticeSchema,
    rows={"steps": Step, "limits": Limit, "costs": Cost, "work": Work},
    keyed={"limits": "limit", "costs": "cost"},
)
