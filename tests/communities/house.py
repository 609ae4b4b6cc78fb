"""A house with elders, their steward and member, and what they know; and all doors."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select

from kb.communities import members, service
from kb.communities.given import ConsentSchema
from kb.communities.lookups import get_community, get_holding, open_community
from kb.communities.models import Holding, Shown
from kb.people import accounts
from kb.people.models import Person, Role, ScopeKind
from kb.record.models import Record
from kb.regions.models import Region
from kb.vocabulary.models import Concept, ConceptName
from kb.vocabulary.sowing import store
from kb.vocabulary.thesaurus_lookups import NamedConcept
from kb.worker import run_once
from tests import make
from tests.people.visitor import Visitor, add_person, give
from tests.writing.desk import person, published

TODAY = datetime.now(UTC).date()
SECRET = "Quimbaya"
"""Stands in title, words, local name, place and source of what the elders know."""
STEWARD, MEMBER, OTHER = (f"{who}@farm.example" for who in ("sira", "moussa", "far"))
NOTICES = ("name_us", "with_care")
PLACE = {"place": f"{SECRET} hill", "country": "BF", "climate": "Aw", "soil": "LX"}
TAGS = {"theme": ["grazing"], "land_use": ["orchard_vine"], "soil": ["LX"]}


def content(title, **facts):
    """Give a document of a practice."""
    facts = {"credit": "Awa", "tags": TAGS, "effects": [make.effect()]} | facts
    text = make.words(title, how=f"{title} in rows.") | {"summary": f"{title} helps."}
    return {"facts": facts, "texts": {"en": text}}


def furnish(app):
    """Put in what the elders know, and a record like it that names it."""
    with app.extensions["kb"].database.writing() as session:
        make.vocabularies(session)
        for number, code in enumerate(NOTICES):
            row = Concept(
                id=f"notice:{code}", scheme="notice", code=code, position=number
            )
            row.names = [ConceptName(language="en", name=code, plain=f"{code} please")]
            session.add(row)
        session.add(Region(code="BF", kind="country", name="BF", source="x"))
        session.flush()
        author, editor = person(session, "Awa"), person(session, "Edi", "editor")
        names = [{"text": f"{SECRET}ko", "language": "fr"}]
        known = content(f"{SECRET} pits", names=names, sites=[PLACE])
        known["facts"]["tags"] = TAGS | {"drawing": ["pit"]}
        known["texts"]["en"] |= {"labels": {"pit-hole": f"{SECRET} hole"}}
        first = published(session, author, editor, known)
        naming = [{"kind": "goes_with", "to": first.ref}]
        session.flush()
        plain = content("Plain pits", relations=naming)
        pits = NamedConcept("pits", {"en": ("pits",)}, meaning="Holes to sow in.")
        store(session, {"pits": pits})
        second = published(session, author, editor, plain)
        service.found(
            session, "elders", {"en": "Elders of Yako", "fr": "Anciens"}, "BF"
        )
        service.found(session, "others", {"en": "Others"})
        session.commit()
        refs = first.ref, second.ref
    for email in (STEWARD, MEMBER, OTHER):
        add_person(app, email, name=email.partition("@")[0])
    give(app, STEWARD, (Role.STEWARD, ScopeKind.COMMUNITY, "elders"))
    give(app, OTHER, (Role.STEWARD, ScopeKind.COMMUNITY, "others"))
    with app.extensions["kb"].database.writing() as session:
        _let_in(session)
        session.commit()
    return refs


def _let_in(session):
    steward, member = loaded(session, STEWARD), loaded(session, MEMBER)
    community, thing = open_community(session, "elders", by=steward)
    row = members.invite(
        session, community, thing, MEMBER, by=steward, site="", language="en"
    )
    members.answer(session, row.id, by=member, yes=True)


def loaded(session, email) -> Person:
    """Give somebody with her roles."""
    return accounts.by_email(session, email)


class Elders:
    """What the elders know, and what their steward does with it."""

    def __init__(self, house):
        self.house, self.app = house, house.app
        self.ref, self.other = furnish(house.app)

    def writing(self):
        return self.house.office.database.writing()

    def reading(self):
        return self.house.office.database.reading()

    def hold(self):
        """Give the record into their hands."""
        with self.writing() as session:
            record = session.scalar(select(Record).where(Record.ref == self.ref))
            for text in record.__class__.texts, record.__class__.sites:
                session.refresh(record, [text.key])
            author = loaded(session, "awa@farm.example")
            service.hold_record(
                session, record, get_community(session, "elders"), by=author
            )
            session.commit()
        return self

    def do(self, what):
        """Let the steward do something with the holding."""
        with self.writing() as session:
            number = session.scalar(select(Holding.id))
            what(session, get_holding(session, number), loaded(session, STEWARD))
            session.commit()
        return self

    def agree(self, *, until=None, covers="text pictures names place"):
        given = ConsentSchema().load(Form(until=until, covers=covers))
        return self.do(lambda s, h, by: service.give_consent(s, h, given, by=by))

    def show(self, shown=Shown.PUBLIC, months=(), notices=NOTICES):
        given = {"shown": shown, "months": [str(m) for m in months], "notices": notices}
        return self.do(lambda s, h, by: service.show_to(s, h, given, by=by))

    def take_back(self):
        def end(session, holding, by):
            number = holding.consents[-1].id
            service.end_consent(session, holding, number, "no more", by=by)

        return self.do(end)

    def told(self):
        """Let all of it be told to everybody, and the index know."""
        return self.hold().agree().show().level()

    def level(self):
        """Let the worker bring the index level."""
        run_once(self.house.office.database, self.house.office.index)
        return self

    def change(self, **values):
        """Change the row of the record, as time would."""
        with self.writing() as session:
            record = session.scalar(select(Record).where(Record.ref == self.ref))
            for name, value in values.items():
                setattr(record, name, value)
            session.commit()
        self.house.office.kept.clear()  # as a new day does
        return self

    def later(self, model, **values):
        """Change rows, as time would."""
        with self.writing() as session:
            for row in session.scalars(select(model)):
                for name, value in values.items():
                    setattr(row, name, value)
            session.commit()
        return self

    def number(self):
        """Give the number of the holding."""
        with self.reading() as session:
            return session.scalar(select(Holding.id))

    def visitor(self, email=None):
        visitor = Visitor(self.app, email=email or "nobody@farm.example")
        if email is not None:
            assert visitor.sign_in().status_code == 303
        return visitor


class Form(dict):
    """What a form of consent sends."""

    def __init__(self, *, until=None, covers="text"):
        super().__init__(
            given_by="The council",
            form="meeting",
            given_on=TODAY.isoformat(),
            until=until.isoformat() if isinstance(until, date) else "",
        )
        self.covers = covers.split()

    def getlist(self, name):
        return self.covers


YESTERDAY = TODAY - timedelta(days=1)
TOMORROW = TODAY + timedelta(days=1)
