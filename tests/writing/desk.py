"""Somebody to write, somebody to review, and a draft between them."""

from datetime import UTC, datetime

from sqlalchemy import select

from kb.kinds import KINDS
from kb.outbox import Letter
from kb.people.models import Person, RoleGrant, ScopeKind, SecondFactor
from kb.record.lookups import read_known
from kb.writing import publishing, service
from kb.writing.letters import Post
from kb.writing.publishing import Said
from tests.make import effect, words

PRACTICE = KINDS["practice"]
POST = Post("https://humus.example/")
NOW = datetime(2026, 11, 23, tzinfo=UTC)


def person(session, name, *grants, factor=True, language="en"):
    """Write a person down; a grant is a role, or one with kind and value of scope."""
    someone = Person(
        name=name,
        email=f"{name.lower()}@farm.example",
        languages=language,
        created=NOW,
        confirmed=NOW,
    )
    someone.factor = SecondFactor(secret="x", confirmed=NOW, last_step=0)
    if not factor:
        someone.factor = None
    someone.grants = [
        RoleGrant(
            role=role,
            scope_kind=scope[0] if scope else ScopeKind.EVERYWHERE,
            scope=scope[1] if scope else "",
            granted_by="a test",
            granted=NOW,
        )
        for role, *scope in (
            one if isinstance(one, tuple) else (one,) for one in grants
        )
    ]
    session.add(someone)
    session.flush()
    return someone


def document(title="Pits", **said):
    """Give a document that fits."""
    facts = {"credit": "Awa", "tags": {"soil": ["LX"]}} | said.pop("facts", {})
    return {"facts": facts, "texts": {"en": words(title, how="Dig.") | said}}


def doubtful(**said):
    """Give a claim about carbon that stands out."""
    usual = {"indicator": "soc_rate", "unit": "t_c_ha_yr", "value": 9, "years": 1}
    return effect(**(usual | said))


def begun(session, author, content=None, kind=PRACTICE):
    return service.begin(
        session, kind, content or document(), by=author, language="en", once=f"{NOW}"
    )


def handed_in(session, author, content=None):
    draft = begun(session, author, content)
    service.submit(session, draft, by=author, note="", post=POST)
    return draft


def published(session, author, editor, content=None, *, draft=None, **said):
    """Hand in and publish; give the record."""
    if draft is None:
        draft = handed_in(session, author, content)
        draft.once = None
    usual = {"significance": "meaning"}
    return publishing.publish(
        session, PRACTICE, draft, Said(**(usual | said)), by=editor, post=POST
    )


def put(section, **fields):
    """Give what puts fields into the text or the facts of a document."""

    def filled(content):
        changed = {key: dict(value) for key, value in content.items()}
        if section == "facts":
            changed["facts"] |= fields
        else:
            changed["texts"][section] = changed["texts"][section] | fields
        return changed

    return filled


def known(session):
    return read_known(session)


def letters(session):
    return [
        (one.purpose, one.recipient, one.language)
        for one in session.scalars(select(Letter).order_by(Letter.id))
    ]
