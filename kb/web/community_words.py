"""What can be chosen on the pages of a community, in words."""

from collections.abc import Mapping

from babel.dates import get_month_names

from kb.communities.models import Cover, Form, Shown
from kb.communities.season import MONTHS
from kb.language import _


def months(language: str) -> list[tuple[int, str]]:
    """Give the months with their names."""
    names = get_month_names("wide", context="stand-alone", locale=language)
    return [(number, names[number]) for number in MONTHS]


FORMS: Mapping[str, object] = {
    Form.SPOKEN: _("spoken"),
    Form.WRITTEN: _("in writing"),
    Form.MEETING: _("at a meeting of the community"),
    Form.RECORDED: _("recorded as sound or film"),
}
COVERS: Mapping[str, object] = {
    Cover.TEXT: _("the words"),
    Cover.PICTURES: _("the pictures"),
    Cover.NAMES: _("local names"),
    Cover.PLACE: _("the place where it is done"),
}
SHOWN: Mapping[str, object] = {
    Shown.MEMBERS: _("to members of the community only"),
    Shown.SEASON: _("to everybody in some months of the year, else to members"),
    Shown.PUBLIC: _("to everybody"),
}
