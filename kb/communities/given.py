"""What stewards say, checked: consent, whom it is told to, who is let in."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from marshmallow import (
    EXCLUDE,
    Schema,
    ValidationError,
    fields,
    pre_load,
    validates_schema,
)

from kb.communities.models import Cover, Form, Shown
from kb.communities.season import MONTHS
from kb.language import _
from kb.people.given import Email, plain_line
from kb.record.lookups import this_day

LONGEST_NAME, LONGEST_REASON = 200, 500
FIRST_DAY = date(1900, 1, 1)
LAST_DAY = date(2999, 12, 31)


def among(known: Iterable[str]) -> Callable[[str], None]:
    """Make what refuses anything but these."""
    chosen = set(known)

    def check(value: str) -> None:
        if value not in chosen:
            raise ValidationError(str(_("Please choose one of the list.")))

    return check


def _is_code(value: str) -> None:
    if not re.fullmatch(r"[a-z_]{1,40}", value):
        raise ValidationError(str(_("Please choose one of the list.")))


class Line(fields.String):
    """Words on one line that must be there."""

    def __init__(self, longest: int) -> None:
        super().__init__()
        self.longest = longest

    def deserialize(self, value: Any, *rest: Any, **more: Any) -> Any:  # noqa: ANN401
        """Read it, also where nothing came."""
        typed = value if isinstance(value, str) else ""
        return plain_line(typed, self.longest, _("This is needed."))


class Day(fields.Date):
    """A day as browsers send it; an empty field is none."""

    def deserialize(self, value: Any, *rest: Any, **more: Any) -> Any:  # noqa: ANN401
        """Read it, also where nothing came."""
        if not isinstance(value, str) or not value.strip():
            return None
        try:
            day = date.fromisoformat(value.strip())
        except ValueError as wrong:
            said = _("Please write the day as 2026-11-30.")
            raise ValidationError(str(said)) from wrong
        if not FIRST_DAY <= day <= LAST_DAY:
            raise ValidationError(str(_("This day cannot be right.")))
        return day


class _Form(Schema):
    class Meta:
        """What else a form holds is left out."""

        unknown = EXCLUDE

    LISTS: tuple[str, ...] = ()

    @pre_load
    def lists(self, form: Any, **_rest: object) -> dict[str, Any]:  # noqa: ANN401
        """Give what may be ticked more than once as lists; what is missing is empty."""
        plain = {name: form.get(name, "") for name in self.fields}
        return plain | {name: form.getlist(name) for name in self.LISTS}


class ConsentSchema(_Form):
    """Who agreed, how, to what, and until when."""

    LISTS = ("covers",)

    given_by = Line(LONGEST_NAME)
    form = fields.String(validate=among(Form))
    covers = fields.List(fields.String(validate=among(Cover)))
    given_on = Day()
    until = Day()

    @validates_schema(skip_on_field_errors=True)
    def follow(self, given: dict[str, Any], **_rest: object) -> None:
        """Refuse consent for nothing, of tomorrow, and that has ended."""
        wrong: dict[str, list[str]] = {}
        if Cover.TEXT not in given["covers"]:
            said = _("Without consent for the words nothing can be shown.")
            wrong["covers"] = [str(said)]
        if given["given_on"] is None or given["given_on"] > this_day():
            said = _("Please say on which day it was given.")
            wrong["given_on"] = [str(said)]
        elif given["until"] is not None and given["until"] < this_day():
            wrong["until"] = [str(_("This day is past."))]
        if wrong:
            raise ValidationError(wrong)


class ShownSchema(_Form):
    """To whom it may be told, in which months, and under which notices."""

    LISTS = ("months", "notices")

    shown = fields.String(validate=among(Shown))
    months = fields.List(fields.String(validate=among([str(m) for m in MONTHS])))
    notices = fields.List(fields.String(validate=_is_code))

    @validates_schema(skip_on_field_errors=True)
    def follow(self, given: dict[str, Any], **_rest: object) -> None:
        """Ask for the months of a season."""
        if given["shown"] == Shown.SEASON and not given["months"]:
            raise ValidationError({"months": [str(_("Please choose the months."))]})


class ReasonSchema(_Form):
    """Why consent is taken back."""

    reason = Line(LONGEST_REASON)


class BackSchema(_Form):
    """Why something is given back."""

    back = Line(LONGEST_REASON)


class InvitedSchema(_Form):
    """Whom to let in."""

    email = Email()
