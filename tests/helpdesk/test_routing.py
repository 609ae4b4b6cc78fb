"""Where a question goes: a table of cases, each a line."""

import pytest

from kb.helpdesk.desks import Desks, DeskSeen, RuleSeen
from kb.helpdesk.routing import Asked, Reason, Why, as_kept, read_kept, route
from kb.regions.holding import Holding

PARENTS = {
    "001": None, "002": "001", "011": "002", "142": "001",
    "BF": "011", "BF-10": "BF", "NE": "011", "IN": "142", "sahel": "002",
}  # fmt: skip
KINDS = {
    "001": "world", "002": "continent", "142": "continent", "011": "subregion",
    "BF": "country", "NE": "country", "IN": "country", "BF-10": "district",
    "sahel": "named",
}  # fmt: skip
HOLDING = Holding(
    PARENTS, KINDS, {"BF": ("sahel",), "NE": ("sahel",)}, {"sahel": (2, 2)}
)


def seen(code, region, languages="fr en", themes="", parent=None, on_duty=True):
    return DeskSeen(
        code, region, parent, tuple(languages.split()), frozenset(themes.split()), {},
        on_duty,
    )  # fmt: skip


BF = seen("bf", "BF", "fr", parent="africa")
NE = seen("ne", "NE", "fr ha", parent="africa", on_duty=False)
SAHEL = seen("sahel", "sahel", "fr ar", "grazing", parent="africa")
AFRICA = seen("africa", "002", "en fr sw")
RICE = seen("rice", "142", "en", "rice")


def around(*desks, rules=()):
    by_region = {}
    for one in desks:
        by_region[one.region] = (*by_region.get(one.region, ()), one)
    return Desks({one.code: one for one in desks}, tuple(rules), HOLDING, by_region)


ALL = around(BF, NE, SAHEL, AFRICA, RICE)
RULED = around(
    BF, NE, SAHEL, AFRICA, RICE,
    rules=[
        RuleSeen(9, "", "", "rice", "rice"),
        RuleSeen(3, "sahel", "ha", "", "ne"),
        RuleSeen(5, "BF", "", "", "sahel"),
        RuleSeen(7, "", "sw", "", "africa"),
    ],
)  # fmt: skip
ON_LEAVE = around(
    seen("bf", "BF", on_duty=False, parent="africa"),
    seen("africa", "002", on_duty=False),
)
CIRCLE = around(
    seen("bf", "BF", on_duty=False, parent="ne"),
    seen("ne", "NE", on_duty=False, parent="bf"),
)

CASES = [
    # desks, place, language, theme → desk, what decided
    (ALL, "BF", "fr", "", "bf", Why.NEAREST),
    (ALL, "BF-10", "fr", "rice", "bf", Why.NEAREST),
    (ALL, "BF", "en", "", "africa", Why.NEAREST),
    (ALL, "NE", "fr", "", "africa", Why.NEAREST),
    (ALL, "NE", "fr", "grazing", "africa", Why.NEAREST),
    (ALL, "sahel", "fr", "grazing", "sahel", Why.NEAREST),
    (ALL, "sahel", "fr", "rice", "africa", Why.NEAREST),
    (ALL, "BF", "bn", "", "bf", Why.NEAREST_TO_TRANSLATE),
    (ALL, "NE", "bn", "", "africa", Why.NEAREST_TO_TRANSLATE),
    (ALL, "IN", "en", "rice", "rice", Why.NEAREST),
    (ALL, "IN", "en", "", "rice", Why.NEAREST),
    (ALL, "IN", "en", "grazing", None, Why.NOBODY),
    (ALL, "001", "en", "", None, Why.NOBODY),
    (ALL, "", "en", "", None, Why.NO_PLACE),
    (ALL, "ZZ", "en", "", None, Why.NOBODY),
    (RULED, "BF", "fr", "rice", "rice", Why.RULE),
    (RULED, "BF", "fr", "", "sahel", Why.RULE),
    (RULED, "BF-10", "fr", "grazing", "sahel", Why.RULE),
    (RULED, "BF", "ha", "", "sahel", Why.RULE),
    (RULED, "NE", "ha", "", "africa", Why.NEAREST_TO_TRANSLATE),
    (RULED, "NE", "fr", "", "africa", Why.NEAREST),
    (RULED, "", "sw", "", "africa", Why.RULE),
    (RULED, "", "fr", "rice", "rice", Why.RULE),
    (ON_LEAVE, "BF", "fr", "", None, Why.NOBODY),
    (CIRCLE, "BF", "fr", "", None, Why.NOBODY),
    (around(), "BF", "fr", "", None, Why.NOBODY),
]


@pytest.mark.parametrize(
    ("desks", "place", "language", "theme", "to", "why"),
    CASES,
    ids=[f"{n}-{c[1]}-{c[2]}-{c[3]}" for n, c in enumerate(CASES, start=1)],
)
def test_a_question_goes_to(desks, place, language, theme, to, why):
    found = route(Asked(place, language, theme), desks)
    assert (found.desk.code if found.desk else None) == to
    assert found.decided.why == why


def test_what_was_passed_over_is_said():
    reasons = route(Asked("NE", "ha"), RULED).reasons
    assert reasons == (
        Reason(Why.RULE_UNMANNED, "ne", 2),
        Reason(Why.UNMANNED, "ne"),
        Reason(Why.OTHER_LANGUAGE, "africa"),
        Reason(Why.OTHER_LANGUAGE, "sahel"),
        Reason(Why.NEAREST_TO_TRANSLATE, "africa"),
    )
    assert read_kept(as_kept(reasons)) == reasons
    assert read_kept("") == ()
