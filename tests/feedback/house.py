"""A house with a practice, a story and an answer, and people of every role in it."""

from datetime import UTC, datetime

from kb.people.models import Role, ScopeKind, SecondFactor
from kb.record.models import Site
from kb.regions.models import Region
from tests import make
from tests.people.visitor import Visitor, add_person

MORE = ("method:account", "unit:ha", "season:each_year", "unit:times")


def furnish(app):
    """Put three records in, all from Burkina Faso; give their numbers by kind."""
    with app.extensions["kb"].database.writing() as session:
        known = make.vocabularies(session)
        make.concepts(session, *MORE, first=50)
        for code in ("BF", "ML"):
            session.add(Region(code=code, kind="country", name=code, source="x"))
        session.flush()
        numbers = {}
        for kind in ("practice", "story", "answer"):
            effects = [make.effect()] if kind == "practice" else []
            made = make.record(
                session, known, f"zai_{kind}", kind, number=1, effects=effects
            )
            session.add(Site(record_id=made.id, place="Yako", country="BF"))
            numbers[kind] = made.id
        session.commit()
    return numbers


def staff(app, role, kind=ScopeKind.EVERYWHERE, value="", *, name=None):
    """Give somebody with a role, signed in, with a second factor in use."""
    email = f"{name or role}@desk.example"
    if role == Role.STEWARD:
        kind, value = ScopeKind.COMMUNITY, "elders"
    granted = (role, kind, value)
    number = add_person(app, email, granted, name=name or f"The {role}")
    visitor = Visitor(app, email=email).let_in()
    with app.extensions["kb"].database.writing() as session:
        now = datetime.now(UTC)
        factor = SecondFactor(person_id=number, secret="x", confirmed=now, last_step=0)
        session.add(factor)
        session.commit()
    return visitor
