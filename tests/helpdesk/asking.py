"""Asking as a farmer does, for the tests."""

import re

from sqlalchemy import select

from kb.helpdesk.question_tables import Question
from tests.helpdesk.house import desk, world
from tests.people.visitor import Visitor

ASKED = {
    "words": "How far apart do zai pits stand on a gentle slope?",
    "language": "fr",
    "country": "BF",
    "place": "Yako",
    "land_use": "",
    "theme": "",
    "contact": "",
}
LINK = re.compile(r"token=([\w-]+)")


def furnish_desks(app):
    """Put desks into a house that has regions, or none."""
    with app.extensions["kb"].database.writing() as session:
        world(session)
        desk(session, "africa", "002", languages="fr en")
        desk(session, "bf", "BF", languages="fr en", parent="africa")
        desk(session, "india", "IN", languages="en")
        session.commit()


def asker(app, number=1):
    return Visitor(app, email=f"asker{number}@farm.example", from_=f"192.0.2.{number}")


def hidden(page):
    """Give the hidden fields of a page, the last of each name."""
    return dict(re.findall(r'type="hidden"\s+name="(\w+)"\s+value="([^"]*)"', page))


def sent(visitor, **more):
    """Ask, look at what is known, send it; give the secret of the private link."""
    given = ASKED | more
    look = visitor.post("/ask", given, token_from="/ask")
    assert look.status_code == 200, look.text
    once = hidden(look.text)["once"]
    reply = visitor.post("/ask", given | {"once": once, "step": "send"})
    assert reply.status_code == 303, reply.text
    return LINK.search(reply.headers["Location"])[1]


def newest(app):
    with app.extensions["kb"].database.reading() as session:
        return session.scalars(select(Question).order_by(Question.id.desc())).first()
