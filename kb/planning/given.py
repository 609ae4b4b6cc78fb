"""What somebody says of her plan, checked."""

import re
from collections.abc import Callable

from marshmallow import ValidationError

from kb.feedback.given import LARGEST_HA, FormSchema, Typed, choice, number, words
from kb.helpdesk.question_given import one_line, refs
from kb.language import _
from kb.record.schemas import COUNTRIES
from kb.regions.land_use import LAND_USES

MOST_GOALS, MOST_CHOSEN = 4, 5
"""What one plan is for, and practices in it: more is no plan for a season."""
CODE = re.compile(r"[a-z0-9_]{1,60}")


def _codes(most: int) -> Callable[[str], tuple[str, ...]]:
    def read(given: str) -> tuple[str, ...]:
        found = tuple(dict.fromkeys(given.split()))
        if not all(map(CODE.fullmatch, found)):
            raise ValidationError(str(_("Please choose one of the list.")))
        if len(found) > most:
            raise ValidationError(str(_("Please choose %(n)s at most.", n=most)))
        return found

    return read


def _goals(given: str) -> tuple[str, ...]:
    found = _codes(MOST_GOALS)(given)
    if not found:
        raise ValidationError(str(_("Please choose at least one.")))
    return found


def _theme(given: str) -> str:
    return next(iter(_codes(1)(given)), "")


def _chosen(given: str) -> tuple[str, ...]:
    found = refs(given)
    if len(found) > MOST_CHOSEN:
        raise ValidationError(str(_("Please choose %(n)s at most.", n=MOST_CHOSEN)))
    return found


class AimSchema(FormSchema):
    """Where it is, what it is for; only a goal is needed."""

    country = choice(COUNTRIES, or_none=True)
    place = Typed(one_line)
    land_use = choice(LAND_USES, or_none=True)
    theme = Typed(_theme)
    goals = Typed(_goals)
    area_ha = number(0.001, LARGEST_HA)
    notes = words()


class PlanSchema(AimSchema):
    """An aim with the practices that were chosen for it."""

    refs = Typed(_chosen)
