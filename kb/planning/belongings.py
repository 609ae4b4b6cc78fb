"""The plans a person made: in her file, and gone with her account."""

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, selectinload

from kb.language import _
from kb.people.belongings import Belongings, Kept, Rows, rows_of
from kb.people.models import Person
from kb.planning.models import Plan, PlanPractice
from kb.planning.tidying import PLAN_DAYS

COLUMNS = (
    *("made", "changed", "said", "country", "place", "land_use_id", "theme_id"),
    *("goals", "area_ha", "notes", "question_id"),
)


def shown(session: Session, person: Person) -> Rows:
    """Give her plans, with the numbers of the practices in them."""
    found: Sequence[Plan] = session.scalars(
        select(Plan)
        .where(Plan.person_id == person.id)
        .order_by(Plan.id)
        .options(selectinload(Plan.practices))
    ).all()
    rows = rows_of(found, COLUMNS)
    for row, plan in zip(rows, found, strict=True):
        row["practices"] = [one.record_id for one in plan.practices]
    return rows


def let_go(session: Session, person: Person) -> None:
    """Throw them away."""
    session.execute(delete(Plan).where(Plan.person_id == person.id))


KEPT = (
    Kept(
        _("Plans you made for your land, with the place to about 10 km, the practices"
          " you chose and your notes."),
        _("%(n)s days after you changed them last, or until you throw them away or"
          " delete your account.", n=PLAN_DAYS),
        (Plan, PlanPractice), ("planning",), PLAN_DAYS,
    ),
)  # fmt: skip
PLANNING = Belongings("planning", shown, let_go, KEPT)
