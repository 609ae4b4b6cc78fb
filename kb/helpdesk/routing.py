"""Where a question goes, and why.

1. The rules, in their order: the first that fits counts, if somebody is on duty at its
   desk.
2. The desks around the place, nearest first, each followed by those it turns to: the
   first that takes the theme, works in the language and has somebody on duty.
3. The same without asking for the language: a person will have to translate.
4. None: the question lies in the queue of all until somebody gives it a desk.

Nothing here asks the database, and a language is a hint, never a reason to refuse.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from kb.helpdesk.desks import Desks, DeskSeen, RuleSeen


class Why(StrEnum):
    """What decided, or what was passed over on the way."""

    RULE = "rule"
    NEAREST = "nearest"
    NEAREST_TO_TRANSLATE = "nearest-to-translate"
    NOBODY = "nobody"
    """There is no desk for it, or nobody is on duty at any."""
    NO_PLACE = "no-place"
    BY_HAND = "by-hand"
    RULE_UNMANNED = "rule-unmanned"
    UNMANNED = "unmanned"
    OTHER_THEME = "other-theme"
    OTHER_LANGUAGE = "other-language"


@dataclass(frozen=True)
class Asked:
    """What decides where a question goes."""

    place: str
    """Code of a region, mostly a country; empty if unknown."""
    language: str
    theme: str = ""


@dataclass(frozen=True)
class Reason:
    """One step of the decision."""

    why: Why
    desk: str = ""
    rule: int = 0
    """How many rules stand before it, and itself."""


@dataclass(frozen=True)
class Decision:
    """Where it goes."""

    desk: DeskSeen | None
    reasons: tuple[Reason, ...]
    """What was passed over, then what decided."""

    @property
    def decided(self) -> Reason:
        """Give what decided."""
        return self.reasons[-1]


def route(asked: Asked, desks: Desks) -> Decision:
    """Say to which desk a question goes, and why."""
    passed: list[Reason] = []
    found = _by_rule(asked, desks, passed) or _by_nearness(asked, desks, passed)
    if found is not None:
        desk, decided = found
        return Decision(desk, (*passed, decided))
    why = Why.NOBODY if asked.place else Why.NO_PLACE
    return Decision(None, (*passed, Reason(why)))


def _by_rule(
    asked: Asked, desks: Desks, passed: list[Reason]
) -> tuple[DeskSeen, Reason] | None:
    around = {*desks.holding.around(asked.place)}
    for number, rule in enumerate(desks.rules, start=1):
        if not _fits(rule, asked, around):
            continue
        desk = desks.by_code[rule.desk]
        if desk.on_duty:
            return desk, Reason(Why.RULE, desk.code, number)
        passed.append(Reason(Why.RULE_UNMANNED, desk.code, number))
    return None


def _fits(rule: RuleSeen, asked: Asked, around: set[str]) -> bool:
    return (
        (not rule.region or rule.region in around)
        and (not rule.language or rule.language == asked.language)
        and (not rule.theme or rule.theme == asked.theme)
    )


def _by_nearness(
    asked: Asked, desks: Desks, passed: list[Reason]
) -> tuple[DeskSeen, Reason] | None:
    able: list[DeskSeen] = []
    for desk in desks.around(asked.place):
        if not desk.on_duty:
            passed.append(Reason(Why.UNMANNED, desk.code))
        elif not desk.takes(asked.theme):
            passed.append(Reason(Why.OTHER_THEME, desk.code))
        elif asked.language not in desk.languages:
            passed.append(Reason(Why.OTHER_LANGUAGE, desk.code))
            able.append(desk)
        else:
            return desk, Reason(Why.NEAREST, desk.code)
    if able:
        return able[0], Reason(Why.NEAREST_TO_TRANSLATE, able[0].code)
    return None


def as_kept(reasons: Iterable[Reason]) -> str:
    """Write reasons down, to be read with `read_kept`."""
    return json.dumps([[one.why.value, one.desk, one.rule] for one in reasons])


def read_kept(written: str) -> tuple[Reason, ...]:
    """Read what `as_kept` wrote; nothing where nothing was kept."""
    rows = json.loads(written or "[]")
    return tuple(Reason(Why(why), desk, rule) for why, desk, rule in rows)
