"""The short form of an assessment, checked."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from marshmallow import ValidationError, validates_schema

from kb.assessing.models import Then, Verdict
from kb.feedback.choices import LANGUAGES
from kb.feedback.given import FormSchema, Typed, choice, plain_words, words
from kb.language import _
from kb.people.given import plain_name

LONGEST_LINE = 300
VERDICTS: Mapping[str, Any] = {
    Verdict.YES: _("Yes"),
    Verdict.PARTLY: _("Partly"),
    Verdict.NO: _("No"),
}
THEN: Mapping[str, Any] = {
    Then.CHANGE: _("I begin a change of it"),
    Then.WITHDRAW: _("It should be withdrawn: the next page asks why"),
}
_SIGN = re.compile("[0-9a-f]{32}")


def _line(given: str) -> str:
    line = " ".join(plain_words(given).split())
    if len(line) > LONGEST_LINE:
        raise ValidationError(str(_("At most %(n)s signs, please.", n=LONGEST_LINE)))
    return line


class AssessmentSchema(FormSchema):
    """Still true? What follows? A line for readers, and a note for colleagues."""

    verdict = choice(tuple(VERDICTS))
    then = choice(tuple(THEN), or_none=True)
    evidence = words()
    users = words()
    line = Typed(_line)
    language = choice(LANGUAGES)
    name = Typed(lambda given: plain_name(given) if given.strip() else "")
    note = words()

    @validates_schema(skip_on_field_errors=True)
    def follow(self, given: dict[str, str], **_rest: object) -> None:
        """Ask what is to be done about what is not true, and only about that."""
        verdict, then = given["verdict"], given["then"]
        wrong: dict[str, list[str]] = {}
        if verdict == Verdict.YES and then:
            said = _("If all of it is still true, nothing has to follow.")
            wrong["then"] = [str(said)]
        elif verdict != Verdict.YES and not then:
            wrong["then"] = [str(_("Please say what is to follow."))]
        elif verdict == Verdict.PARTLY and then == Then.WITHDRAW:
            said = _("What is partly true is changed, not withdrawn.")
            wrong["then"] = [str(said)]
        if verdict != Verdict.YES and not given["line"]:
            said = _("Please tell readers in one line what is not true any more.")
            wrong["line"] = [str(said)]
        if wrong:
            raise ValidationError(wrong)


@dataclass(frozen=True)
class Seen:
    """What whoever filled the form in had before her."""

    once: str
    """Sign of the form: 32 hexadecimal digits."""
    version: int
    """The version of the record."""
    last: int
    """Number of the assessment before; 0 if there was none."""

    @classmethod
    def read(cls, form: Mapping[str, str]) -> "Seen | None":
        """Read the hidden fields; nothing if no page of ours wrote them."""
        once, *numbers = (form.get(name, "") for name in ("once", "version", "last"))
        plain = all(n.isascii() and n.isdigit() and len(n) < 10 for n in numbers)
        if not plain or not _SIGN.fullmatch(once):
            return None
        return cls(once, int(numbers[0]), int(numbers[1]))
