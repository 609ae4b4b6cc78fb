"""What users say, checked: reasons, words, places, figures.

Words are kept as they were typed, but for signs that cannot be seen: those that turn
the direction of what follows, and control signs other than the end of a line.
"""

import math
import unicodedata
from collections.abc import Callable, Collection
from datetime import UTC, datetime
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, validates_schema

from kb.errors import NotValid
from kb.feedback.choices import (
    FIRST_YEAR,
    INDICATORS,
    LANGUAGES,
    NO_REASONS,
    OUTCOMES,
    REPORTS,
    SEASONS,
    UNITS,
    WAITS,
    YES_REASONS,
)
from kb.language import _
from kb.people.given import folded_email, plain_name
from kb.record.schemas import COUNTRIES
from kb.regions.land_use import LAND_USES

LONGEST_WORDS, LONGEST_PLACE, ROWS = 2000, 80, 3
"""Signs of one text and of a name at most; rows of results on the form."""
LARGEST_HA, LARGEST, MOST_YEARS = 100_000.0, 1e7, 100.0
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_POINT = str.maketrans({",": ".", "\u066b": ".", "\u2212": "-"})
"""How a decimal point and a minus may be written."""


def plain_words(given: str, *, least: int = 0) -> str:
    r"""Give words without what cannot be seen.

    :raises ValidationError: they are too long, or fewer than ``least`` signs.

    >>> plain_words(" a\x00b\r\n\u202ec ")
    'ab\nc'
    """
    lines = unicodedata.normalize("NFC", given).replace("\r\n", "\n")
    kept = "".join(c for c in lines if c == "\n" or _is_seen(c)).strip()
    if len(kept) > LONGEST_WORDS:
        said = _("At most %(n)s signs, please.", n=LONGEST_WORDS)
        raise ValidationError(str(said))
    if len(kept) < least:
        raise ValidationError(str(_("Please write a few words.")))
    return kept


def _is_seen(sign: str) -> bool:
    return unicodedata.category(sign) not in {"Cc", "Cs"} and sign not in _TURNING


def figure(given: str, *, low: float, high: float) -> float | None:
    """Read a figure, in digits of any script; nothing if the field was left empty.

    :raises ValidationError: it is none, or lies beyond ``low`` to ``high``.

    >>> figure("2,5", low=0, high=9)
    2.5
    """
    written = "".join(given.split()).translate(_POINT)
    if not written:
        return None
    try:
        value = float(written)
    except ValueError as wrong:
        raise ValidationError(str(_("Please write a number, such as 2.5."))) from wrong
    if "_" in written or math.isnan(value) or not low <= value <= high:
        raise ValidationError(str(_("This number cannot be right.")))
    return value


class Typed(fields.String):
    """What was typed into a field, as ``read`` reads it; missing is empty."""

    def __init__(self, read: Callable[[str], Any]) -> None:
        super().__init__()
        self.read = read

    def deserialize(
        self,
        value: Any,  # noqa: ANN401
        attr: str | None = None,
        data: Any = None,  # noqa: ANN401
        **rest: Any,
    ) -> Any:  # noqa: ANN401
        """Read it, also where nothing came."""
        return self.read(value if isinstance(value, str) else "")


def words(least: int = 0) -> Typed:
    """Make a field for some lines."""
    return Typed(lambda given: plain_words(given, least=least))


def choice(among: Collection[str], *, or_none: bool = False) -> Typed:
    """Make a field for one of a list."""

    def read(given: str) -> str:
        if given in among or (or_none and not given):
            return given
        raise ValidationError(str(_("Please choose one of the list.")))

    return Typed(read)


def number(low: float, high: float, *, needed: bool = False) -> Typed:
    """Make a field for a figure."""

    def read(given: str) -> float | None:
        value = figure(given, low=low, high=high)
        if value is None and needed:
            raise ValidationError(str(_("Please write a number, such as 2.5.")))
        return value

    return Typed(read)


def _year(given: str) -> int:
    value = figure(given, low=FIRST_YEAR, high=datetime.now(UTC).year)
    if value is None or value != int(value):
        raise ValidationError(str(_("Please write a year with four digits.")))
    return int(value)


def _place(given: str) -> str:
    return " ".join(plain_words(given).split())[:LONGEST_PLACE]


class FormSchema(Schema):
    """A form; what else it holds is left out."""

    class Meta:
        """What else a form holds is left out."""

        unknown = EXCLUDE


class HelpfulSchema(FormSchema):
    """Yes or no, and at most one reason, which has to be one for it."""

    helpful = choice(("yes", "no"))
    reason = choice((*YES_REASONS, *NO_REASONS), or_none=True)

    @validates_schema
    def agree(self, given: dict[str, str], **_rest: object) -> None:
        """Refuse a reason for yes with a no."""
        reasons = YES_REASONS if given["helpful"] == "yes" else NO_REASONS
        if given["reason"] and given["reason"] not in reasons:
            said = _("This reason does not go with the answer. Please choose again.")
            raise ValidationError(str(said), "reason")


class WriterSchema(FormSchema):
    """Whoever writes may say who she is, and where to answer."""

    name = Typed(lambda given: plain_name(given) if given.strip() else "")
    contact = Typed(lambda given: folded_email(given) if given.strip() else "")
    language = choice(LANGUAGES)


class ReportSchema(WriterSchema):
    """An error or a danger."""

    kind = choice(REPORTS)
    words = words(least=5)


class CommentSchema(WriterSchema):
    """Words to the owner."""

    words = words(least=2)


class TriedSchema(WriterSchema):
    """What somebody did on her own land."""

    country = choice(COUNTRIES)
    place = Typed(_place)
    land_use = choice(LAND_USES)
    season = choice(SEASONS, or_none=True)
    year = Typed(_year)
    area_ha = number(0.001, LARGEST_HA)
    done = words(least=5)
    outcome = choice(OUTCOMES)
    why = words()
    failed = words()

    @validates_schema(skip_on_field_errors=True)
    def reason(self, given: dict[str, str], **_rest: object) -> None:
        """Ask why, of whoever stopped."""
        if given["outcome"] == "stopped" and not (given["why"] or given["failed"]):
            said = _("Please say why you stopped: it helps others most.")
            raise ValidationError(str(said), "why")


class ResultSchema(FormSchema):
    """One row of results."""

    indicator = choice(INDICATORS)
    unit = choice(UNITS)
    before = number(-LARGEST, LARGEST)
    after = number(-LARGEST, LARGEST, needed=True)
    years = number(0.01, MOST_YEARS)


class FollowUpSchema(FormSchema):
    """Somebody who wants to be asked later."""

    address = Typed(folded_email)
    wait = choice(WAITS)


def plain_note(given: str, *, field: str = "note") -> str:
    """Give a line of an editor; empty if she wrote none.

    :raises NotValid: it is too long.
    """
    try:
        return plain_words(given)
    except ValidationError as refused:
        said = {field: list(map(str, refused.messages))}
        raise NotValid(_("Please look at the marked fields."), said) from refused
