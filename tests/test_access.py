"""Every role takes every step or is refused, within its scope and beyond it."""

from datetime import UTC, datetime
from itertools import product

import pytest

from kb.access import NOTHING, RULES, Thing, around, thing_of
from kb.errors import NotAllowed
from kb.people.models import Person, Role, RoleGrant, ScopeKind, SecondFactor
from kb.record.models import Site
from kb.regions.models import Region, RegionMember
from tests.make import record, vocabularies

MAY = {
    "contributor": {"propose", "complete"},
    "translator": {"propose", "translate", "discuss translation"},
    "reviewer": {
        "propose",
        "review",
        "translate",
        "review translation",
        "discuss translation",
    },
    "editor": {
        "propose",
        "complete",
        "change",
        "translate",
        "review translation",
        "discuss translation",
        "review",
        "publish",
        "withdraw",
    },
    "expert": {"propose", "answer"},
    "coordinator": {
        "propose",
        "answer",
        "assign",
        "invite translators",
        "translate",
        "review translation",
        "discuss translation",
    },
    "jury": {"propose", "judge"},
    "steward": {"propose"},
    "administrator": set(RULES.table) - {"judge"},
}
THING = Thing(
    regions=frozenset({"BF-10", "BF", "011", "sahel"}),
    languages=frozenset({"fr"}),
    kind="practice",
    desk="west",
    community="elders",
    author_id=99,
)
WITHIN = {
    ScopeKind.EVERYWHERE: [""],
    ScopeKind.REGION: ["BF-10", "BF", "sahel"],
    ScopeKind.LANGUAGE: ["fr"],
    ScopeKind.KIND: ["practice"],
    ScopeKind.DESK: ["west"],
}
BEYOND = {
    ScopeKind.REGION: ["BF-11", "ML", ""],
    ScopeKind.LANGUAGE: ["en"],
    ScopeKind.KIND: ["answer"],
    ScopeKind.DESK: ["east", ""],
    ScopeKind.COMMUNITY: ["elders", ""],
}
NOW = datetime(2026, 11, 23, tzinfo=UTC)


def person(*grants, number=1, factor=True, **said):
    someone = Person(id=number, name="x", confirmed=NOW, **said)
    someone.factor = SecondFactor(confirmed=NOW) if factor else None
    someone.grants = [
        RoleGrant(role=role, scope_kind=kind, scope=value)
        for role, kind, value in grants
    ]
    return someone


def assert_takes(rules, step, role, within, *, beyond=False):
    """Hold a table to what a role may do within its scope, of each kind, and beyond."""
    for scopes, allowed in ((WITHIN, within), (BEYOND, beyond)):
        for kind, values in scopes.items():
            for value in values:
                someone = person((role, kind, value))
                assert rules.may(someone, step, THING) == allowed, (kind, value)


@pytest.mark.parametrize(("role", "step"), list(product(Role, RULES.table)))
def test_a_role_takes_its_steps_within_its_scope_and_no_other(role, step):
    assert_takes(RULES, step, role, step in MAY[role], beyond=step == "propose")


def test_every_role_and_every_step_is_in_the_table():
    assert set(MAY) == set(Role)
    assert set().union(*MAY.values()) == set(RULES.table)


@pytest.mark.parametrize("step", RULES.table)
def test_nobody_a_stranger_a_disabled_person_may_not(step):
    assert not RULES.may(None, step, THING)
    everything = [(role, ScopeKind.EVERYWHERE, "") for role in Role]
    assert RULES.may(person(), step, THING) == (step == "propose")
    gone = person(*everything, disabled=NOW)
    assert not RULES.may(gone, step, THING)
    unknown = person(*everything)
    unknown.confirmed = None
    assert not RULES.may(unknown, step, THING)
    revoked = person(*everything)
    for given in revoked.grants:
        given.revoked = NOW
    assert RULES.may(revoked, step, THING) == (step == "propose")


@pytest.mark.parametrize("step", RULES.table)
@pytest.mark.parametrize("role", ["editor", "administrator"])
def test_a_role_that_can_do_harm_sleeps_without_the_second_factor(role, step):
    lacking = person((role, ScopeKind.EVERYWHERE, ""), factor=False)
    assert RULES.may(lacking, step, THING) == (step == "propose")
    lacking.factor = SecondFactor(confirmed=None)
    assert RULES.may(lacking, step, THING) == (step == "propose")


@pytest.mark.parametrize("role", Role)
def test_nobody_reviews_or_judges_her_own(role):
    author = person((role, ScopeKind.EVERYWHERE, ""), number=99)
    assert not RULES.may(author, "review", THING)
    assert not RULES.may(author, "judge", THING)
    assert RULES.may(author, "change", THING)


def test_a_refusal_says_so():
    with pytest.raises(NotAllowed) as refused:
        RULES.require(person(), "publish", THING)
    assert refused.value.facts == {"step": "publish"}
    RULES.require(person(), "propose", NOTHING)


def test_a_district_lies_within_its_country(session):
    rows = [
        ("001", "world", None),
        ("BF", "country", "001"),
        ("BF-10", "district", "BF"),
    ]
    rows += [("ML", "country", "001"), ("sahel", "named", "001")]
    for code, kind, parent in rows:
        session.add(
            Region(code=code, kind=kind, name=code, parent_code=parent, source="x")
        )
        session.flush()
    session.add(RegionMember(region_code="sahel", member_code="BF"))
    session.flush()
    assert around(session, ["BF-10"]) == {"BF-10", "BF", "sahel", "001"}
    country = person((Role.TRANSLATOR, ScopeKind.REGION, "BF"))
    district = person((Role.TRANSLATOR, ScopeKind.REGION, "BF-10"))
    in_district = Thing(regions=around(session, ["BF-10"]))
    in_country = Thing(regions=around(session, ["BF"]))
    assert RULES.may(country, "translate", in_district)
    assert not RULES.may(district, "translate", in_country)
    made = record(session, vocabularies(session), "zai")
    session.add(Site(record_id=made.id, place="Yako", country="BF"))
    session.flush()
    about = thing_of(session, made)
    assert about.regions == {"BF", "sahel", "001"}
    assert (about.kind, about.languages) == ("practice", {"en"})
