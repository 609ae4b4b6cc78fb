"""How a practice introduces itself to the rest of the house."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from kb.practices.completeness import WANTED
from kb.practices.models import Cost, Limit, Practice, Step, Work
from kb.practices.schemas import PracticeSchema
from kb.record.kind import Kind
from kb.record.lookups import is_public
from kb.regions.limits import Bound, HardLimit


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

    def hard_limits(self, session: Session) -> Mapping[int, Sequence[HardLimit]]:
        """Give the limits of public practices, in one query."""
        found: dict[int, list[HardLimit]] = {}
        limits = session.scalars(
            select(Limit)
            .join(Practice, Practice.id == Limit.practice_id)
            .where(is_public())
            .order_by(Limit.id)
        )
        for limit in limits:
            bound = Bound(limit.limit_id, limit.at_least, limit.at_most, limit.unit_id)
            found.setdefault(limit.practice_id, []).append(bound)
        return found


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
    quick={"done": "how", "who": "who", "changed": "how"},
    wanted=tuple(WANTED),
    triable=True,
)
