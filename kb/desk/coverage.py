"""What public practices say of who does the work and who gains from it."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from kb.practices.models import Practice, Work
from kb.record.lookups import is_public
from kb.record.models import Part, Tag, Text
from kb.search.thesaurus import Thesaurus
from kb.search.words import terms

WOMEN = "women"
"""The concept of the thesaurus."""
WHO = "who"
"""The part of a text on who can do it, and who benefits."""
OFTEN_WOMEN = "suits:women"
WOMEN_GAIN = "benefits:women"


@dataclass(frozen=True)
class Told:
    """Which of these things practices say: of one 0 or 1, of several a count."""

    practices: int = 0
    days: int = 0
    """How many days of work it takes."""
    by_sex: int = 0
    """How many of them are women's, or men's."""
    who: int = 0
    """Who can do it, and who benefits."""
    women: int = 0
    """In that part, something of women."""
    often_women: int = 0
    """Filed as often done by women."""
    benefits: int = 0
    """Who benefits, chosen from the list."""
    women_gain: int = 0
    """Women among them."""


COLUMNS = tuple(field.name for field in fields(Told))


def read_told(session: Session, thesaurus: Thesaurus) -> dict[int, Told]:
    """Read what each public practice says, by number, in two queries.

    Whether something is said of women is read in the language it was written in.
    """
    of_it = Work.practice_id == Practice.id
    by_sex = or_(Work.women_days.is_not(None), Work.men_days.is_not(None))
    filed = Tag.record_id == Practice.id
    parts = _parts_on_who(session)
    rows = session.execute(
        select(
            Practice.id,
            exists().where(of_it),
            exists().where(of_it, by_sex),
            exists().where(filed, Tag.concept_id == OFTEN_WOMEN),
            exists().where(filed, Tag.concept_id.startswith("benefits:")),
            exists().where(filed, Tag.concept_id == WOMEN_GAIN),
        ).where(is_public())
    )
    return {
        number: Told(
            practices=1,
            days=int(days),
            by_sex=int(sexes),
            who=int(number in parts),
            women=int(number in parts and _of_women(*parts[number], thesaurus)),
            often_women=int(often),
            benefits=int(gain),
            women_gain=int(women),
        )
        for number, days, sexes, often, gain, women in rows
    }


def added(told: Iterable[Told]) -> Told:
    """Count how many practices say each thing."""
    columns = zip(*map(astuple, told), strict=True)
    return Told(*map(sum, columns))


def _parts_on_who(session: Session) -> dict[int, tuple[str, str]]:
    """Give the words of each practice on who can do it, and their language."""
    rows = session.execute(
        select(Practice.id, Text.language, Part.words)
        .join(Text, Text.record_id == Practice.id)
        .join(Part, Part.text_id == Text.id)
        .where(
            is_public(),
            Text.language == Practice.source_language,
            Part.name == WHO,
            Part.words != "",
        )
    )
    return {number: (language, words) for number, language, words in rows}


def _of_women(language: str, words: str, thesaurus: Thesaurus) -> bool:
    spoken = thesaurus.speaks_of(terms(words, language), words, language)
    return any(WOMEN in {code, *thesaurus.above(code)} for code in spoken)
