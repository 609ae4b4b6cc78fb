"""A furnished house whose records are due, and people who assess them."""

import re
from datetime import timedelta

from sqlalchemy import select

from kb.assessing.clock import this_day
from kb.record.lookups import read_known
from kb.record.models import Record
from kb.writing.versions import keep_version
from tests.feedback.house import furnish
from tests.people.visitor import Visitor
from tests.writing.desk import document

ZAI = "/practices/P-1"
FORM = f"{ZAI}/assess"
HIDDEN = re.compile(r'name="(once|version|last)"\s+value="(\w+)"')
YES = {"verdict": "yes", "language": "en", "name": "Awa D."}
PARTLY = YES | {"verdict": "partly", "then": "change", "line": "Pits need more water."}
NO = YES | {"verdict": "no", "then": "withdraw", "line": "It harms the soil."}


def due_house(app, *, days=-1):
    """Furnish the house; each record has a version and is due so many days on."""
    numbers = furnish(app)
    with app.extensions["kb"].database.writing() as session:
        known = read_known(session)
        for record in session.scalars(select(Record)):
            keep_version(session, record, document(), known)
            record.review_due_on = this_day() + timedelta(days=days)
        session.commit()
    return numbers


def opened(visitor, path=FORM):
    """Open the form; give its hidden fields."""
    reply = visitor.get(path)
    assert reply.status_code == 200
    return dict(HIDDEN.findall(reply.text))


def assess(visitor, given, *, path=FORM, hidden=None):
    """Fill the form in and send it."""
    hidden = opened(visitor, path) if hidden is None else hidden
    return visitor.post(path, hidden | given, token_from="/account")


def reads(app, path=ZAI, language="en"):
    """Give the page of a record as anybody reads it."""
    visitor = Visitor(app, language=language)
    reply = visitor.browser.get(f"/{language}{path}", follow_redirects=True)
    assert reply.status_code == 200
    return reply.text
