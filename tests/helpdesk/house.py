"""A small world with desks in it, and people at them."""

from kb.helpdesk.desk_given import DeskSchema
from kb.helpdesk.desk_service import store
from kb.people.models import ScopeKind
from kb.regions.models import Region, RegionMember
from kb.vocabulary.models import Concept
from tests.feedback.house import staff

TREE = {
    "001": ("world", None),
    "002": ("continent", "001"),
    "142": ("continent", "001"),
    "011": ("subregion", "002"),
    "034": ("subregion", "142"),
    "BF": ("country", "011"),
    "NE": ("country", "011"),
    "IN": ("country", "034"),
    "US": ("country", "001"),
    "BF-10": ("district", "BF"),
    "sahel": ("named", "002"),
}
MEMBERS = {"sahel": ("BF", "NE")}
OFFICE_HOURS = {
    f"hours_{day}": "08:00-12:00 13:00-16:00"
    for day in ("mon", "tue", "wed", "thu", "fri")
}


def world(session):
    """Write a few regions, those that lack only."""
    for code, (kind, parent) in TREE.items():
        if session.get(Region, code) is None:
            row = Region(
                code=code, kind=kind, name=code, parent_code=parent, source="x"
            )
            session.add(row)
    session.flush()
    for region, members in MEMBERS.items():
        session.add_all(
            RegionMember(region_code=region, member_code=m) for m in members
        )
    for code in ("rice", "grazing"):
        if session.get(Concept, f"theme:{code}") is None:
            row = Concept(id=f"theme:{code}", scheme="theme", code=code, position=1)
            session.add(row)
    session.flush()


def said(code="west", region="BF", **more):
    """Give a desk as a form sends it."""
    names = {f"name_{x}": f"Desk {code}" for x in ("en", "fr")}
    usual = {
        "code": code,
        "region": region,
        "parent": "",
        "zone": "Africa/Ouagadougou",
        "languages": "fr en",
        "themes": "",
        "holidays": "",
    }
    return usual | names | OFFICE_HOURS | more


def desk(session, code, region, **more):
    return store(session, DeskSchema().load(said(code, region, **more)))


def at(app, code, role="expert", *, name=None):
    """Give somebody with a role at one desk, signed in."""
    return staff(app, role, ScopeKind.DESK, code, name=name or f"{role}-{code}")
