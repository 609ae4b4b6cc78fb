"""Who could answer what today: people on duty by desk, language and theme.

A *gap* is a language and a theme that a desk should take, or that was asked there, for
which nobody is on duty. People are counted, not named.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kb.helpdesk.desks import Desks, there_today
from kb.helpdesk.question_tables import Question
from kb.helpdesk.sharing_out import takes

ASKED_DAYS = 90
ANY = "und"
"""Language of a question that nobody could tell."""

Takes = tuple[Sequence[str], Sequence[str]]
"""Languages and themes that somebody takes; all where she names none."""


@dataclass(frozen=True)
class Manned:
    """One language at one desk."""

    desk: str
    language: str
    offered: bool
    """The desk says that it answers in this language."""
    people: dict[str, int]
    """Theme → how many are on duty for it."""
    asked: dict[str, int]
    """Theme → questions of the last days; ``""`` for those without one."""

    @property
    def gaps(self) -> list[str]:
        """Give the themes for which nobody is on duty, most asked first."""
        nobody = [theme for theme, many in self.people.items() if not many]
        return sorted(nobody, key=lambda theme: -self.asked.get(theme, 0))

    @property
    def asked_in_vain(self) -> int:
        """Count the questions on themes for which nobody is on duty."""
        return sum(self.asked.get(theme, 0) for theme in self.gaps)


def manning(
    session: Session, desks: Desks, themes: Collection[str], now: datetime
) -> list[Manned]:
    """Give each desk in each of its languages, most asked in vain first; two queries.

    Languages that were asked at a desk and that it does not offer stand there too; for
    those count only who says that she takes them.

    :param themes: codes of all themes.
    """
    there = _there(session, now)
    asked = _asked(session, now - timedelta(days=ASKED_DAYS))
    found = []
    for desk in desks.by_code.values():
        spoken = dict.fromkeys(desk.languages, True)
        for code, language in asked:
            if code == desk.code and language != ANY:
                spoken.setdefault(language, False)
        own = [theme for theme in themes if desk.takes(theme)]
        for language, offered in spoken.items():
            able = [said for said in there[desk.code] if offered or language in said[0]]
            people = {
                theme: sum(takes(said, language, theme) for said in able)
                for theme in own
            }
            counted = dict(asked[desk.code, language])
            found.append(Manned(desk.code, language, offered, people, counted))
    return sorted(found, key=lambda each: (-each.asked_in_vain, -len(each.gaps)))


def _there(session: Session, now: datetime) -> defaultdict[str, list[Takes]]:
    """Give desk → what those on duty there take: languages and themes; all if empty."""
    found: defaultdict[str, list[Takes]] = defaultdict(list)
    for code, duty in there_today(session, now):
        said = (duty.languages, duty.themes) if duty else ("", "")
        found[code].append((said[0].split(), said[1].split()))
    return found


def _asked(
    session: Session, since: datetime
) -> defaultdict[tuple[str, str], Counter[str]]:
    """Count questions: desk and language → theme → how many."""
    rows = session.execute(
        select(Question.desk_code, Question.language, Question.theme_id, func.count())
        .where(Question.at >= since, Question.suspect.is_(False))
        .where(Question.desk_code.is_not(None))
        .group_by(Question.desk_code, Question.language, Question.theme_id)
    )
    found: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for desk, language, theme, many in rows:
        found[desk or "", language][(theme or "").partition(":")[2]] += many
    return found
