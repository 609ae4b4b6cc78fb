"""What is wrong with a field, in words for whoever filled it in.

Schemas say it in English, with codes; they are written for seeds and programs.
"""

import re
from collections.abc import Mapping, Sequence

from kb.language import _

SAID: Sequence[tuple[str, object]] = (
    ("Missing data|says nothing", _("This is needed.")),
    (
        "Not a valid (number|integer)|Special numeric",
        _("Please write a number, such as 2.5."),
    ),
    ("Longer than maximum length|Length must be", _("This is too long.")),
    ("Shorter than minimum", _("This is too short.")),
    ("must be one of|has no code", _("Please choose from the list.")),
    ("there is no source", _("There is no such source. Add it first.")),
    ("Must be (greater|less)|Must be", _("This figure cannot be.")),
    (
        "needs a figure|says no days",
        _("A result needs a figure: one value, or lowest and highest."),
    ),
    ("low and high go", _("Lowest and highest go together.")),
    ("low is above", _("Lowest is above highest.")),
    ("n says how many", _("Please say how many of what were counted.")),
    ("a point needs", _("A point needs latitude, longitude and how exact it is.")),
    ("needs unit and source", _("A figure needs its unit and its source.")),
    ("at most nine", _("At most nine steps, please.")),
    ("before it began", _("It ended before it began.")),
    ("is no ISO 3166", _("There is no such country: two letters, such as BF.")),
    ("is no BCP 47", _("Please write a language as its code, such as fr.")),
    ("is no ISO 4217", _("Please write a currency in three letters, such as USD.")),
)
"""What a schema says → what we say."""


def plain(lines: Sequence[str]) -> list[str]:
    """Say problems of one field in the reader's words."""
    return [_plain(line) for line in lines]


def in_section(
    problems: Mapping[str, Sequence[str]], name: str, fields: set[str]
) -> dict[str, list[str]]:
    """Give the problems of one section, by the names of its fields in the form."""
    mine = {
        field: plain(lines)
        for field, lines in problems.items()
        if field.partition(".")[0] == name or field in fields
    }
    return {
        re.sub(r"^(\w+\.\d+\.depth_cm)(\.\d)?$", r"\1", k): v for k, v in mine.items()
    }


def _plain(line: str) -> str:
    for pattern, said in SAID:
        if re.search(pattern, line):
            return str(said)
    ours = not re.match(r"[a-z' ]*['\[{]|[A-Z][a-z]+ [a-z]+ (field|type|value)", line)
    return line if ours else str(_("This does not fit."))
