"""Which practices fit a place and a goal, and which a hard limit rules out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kb.record.filed import Filed
from kb.record.models import Effect
from kb.record.whereabouts import Nearness
from kb.search.boosts import EVIDENCE, UNPLACED

MOST_PROPOSED, MOST_RULED_OUT = 12, 6
"""Practices that are shown of each."""
MOST_WEIGHED = 500
"""Of so many that fit the goal best the evidence is looked at."""
KIND = "practice"


@dataclass(frozen=True)
class Aim:
    """What the practices are to be for."""

    goals: Sequence[str]
    """Codes of the list ``purpose``."""
    theme: str = ""
    land_use: str = ""


@dataclass(frozen=True)
class Proposed:
    """What was found, the best first, by number."""

    fitting: tuple[int, ...]
    ruled_out: tuple[int, ...]
    left_out: int
    """How many more fit than are named."""


def propose(
    session: Session, filed: Mapping[int, Filed], near: Nearness | None, aim: Aim
) -> Proposed:
    """Propose practices that serve a goal, on such land, in one query.

    Those that serve more of the goals come first; then as in a search, likeness of
    place counts, from half to one and a half, and a little the level of evidence.

    :param near: all records as they stand to the place; nothing where none was said.
    """
    serving = {n: met for n, one in filed.items() if (met := _serves(one, aim))}
    broken = {n for n in serving if near is not None and near.broken(n)}
    likeness = {n: _likeness(near, n) for n in serving}
    order = sorted(serving, key=lambda n: (-serving[n], -likeness[n], n))
    possible = [n for n in order if n not in broken][:MOST_WEIGHED]
    levels = _levels(session, possible)

    def weight(number: int) -> tuple[int, float, int]:
        told = 1 + EVIDENCE * levels.get(number, 0)
        return -serving[number], -round(likeness[number] * told, 4), number

    fitting = sorted(possible, key=weight)
    return Proposed(
        tuple(fitting[:MOST_PROPOSED]),
        tuple(n for n in order if n in broken)[:MOST_RULED_OUT],
        max(len(serving) - len(broken) - MOST_PROPOSED, 0),
    )


def _serves(one: Filed, aim: Aim) -> int:
    """Count the goals that a practice serves; 0 if it is not for such land."""
    if one.kind != KIND:
        return 0
    uses, themes = one.codes.get("land_use", ()), one.codes.get("theme", ())
    if aim.land_use and uses and aim.land_use not in uses:
        return 0
    if aim.theme and aim.theme not in themes:
        return 0
    return len({*aim.goals} & {*one.codes.get("purpose", ())})


def _likeness(near: Nearness | None, number: int) -> float:
    score = near.score(number) if near is not None else None
    return 0.5 + (UNPLACED if score is None else score)


def _levels(session: Session, numbers: Iterable[int]) -> dict[int, int]:
    """Give the strongest level of evidence of some practices, 0 to 5."""
    rows = session.execute(
        select(Effect.record_id, func.max(Effect.evidence_id))
        .where(Effect.record_id.in_(list(numbers)), Effect.wider.is_(False))
        .group_by(Effect.record_id)
    )
    return {number: int(level[-1]) for number, level in rows}
