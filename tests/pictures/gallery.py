"""A house with a practice and people of every role, and pictures sent to it."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from io import BytesIO

from sqlalchemy import select

from kb.people.models import SecondFactor
from kb.pictures.models import Picture
from kb.record.models import Record
from tests.make import record, vocabularies, words
from tests.people.visitor import Visitor, add_person
from tests.pictures.drawn import drawn, written

NOW = datetime(2026, 11, 23, tzinfo=UTC)
PEOPLE = {
    "nobody": (),
    "contributor": ("contributor",),
    "sender": ("contributor",),
    "translator": ("translator", "language", "fr"),
    "reviewer": ("reviewer",),
    "editor": ("editor", "kind", "practice"),
    "far editor": ("editor", "kind", "story"),
    "expert": ("expert",),
    "coordinator": ("coordinator",),
    "jury": ("jury",),
    "administrator": ("administrator",),
}
"""Who → her role with its scope."""
SAID = {
    "place": "card",
    "alt": "Pits dug in a field",
    "caption": "Before the rains",
    "credit": "Awa Traoré",
    "licence": "CC BY 4.0",
    "consent": "nobody",
    "own": "yes",
}
PATH = "/practices/P-7/pictures"


@cache
def photo(shade=0):
    """Give a picture as bytes, another one for each shade."""
    picture = drawn()
    picture.putpixel((100, 60), (shade * 20, 0, 0))
    picture.paste((shade * 20, 90, 0), (90, 50, 130, 90))
    return written(picture)


@dataclass
class Gallery:
    """One house."""

    app: object
    _browsers: dict = field(default_factory=dict)

    def stock(self):
        with self.app.extensions["kb"].database.writing() as session:
            known = vocabularies(session)
            steps = [{"season": "first_rains"}, {"season": "sowing"}]
            texts = {"en": words("Pits", steps=["Dig pits.", "Sow in them."])}
            record(session, known, "pits", number=7, steps=steps, texts=texts)
            record(session, known, "spell", "story", number=8)
            session.commit()
        return self

    def browser(self, who):
        """Give the browser of somebody; of a stranger for an empty name."""
        if who not in self._browsers:
            self._browsers[who] = self._known(who) if who else Visitor(self.app)
        return self._browsers[who]

    def _known(self, who):
        email = f"{who.replace(' ', '-')}@farm.example"
        role = PEOPLE[who]
        granted = [role] if role else []
        number = add_person(self.app, email, *granted, name=f"Person {who}")
        visitor = Visitor(self.app, email=email)
        visitor.let_in()
        if {"editor", "administrator"} & set(role):
            with self.app.extensions["kb"].database.writing() as session:
                factor = SecondFactor(
                    person_id=number, secret="A" * 32, confirmed=NOW, last_step=0
                )
                session.add(factor)
                session.commit()
        return visitor

    def send(self, who="sender", data=None, path=PATH, **said):
        """Fill the form in and send it."""
        file = {"picture": (BytesIO(data or photo()), "../../\u202egnp.exe\x00.svg")}
        if data == b"":
            file = {"picture": (BytesIO(), "")}
        return self.browser(who).post(path, SAID | said | file)

    def step(self, who, step, number=None, **said):
        number = number or self.pictures()[0].id
        return self.browser(who).post(f"{PATH}/{number}/{step}", said)

    def pictures(self):
        with self.app.extensions["kb"].database.reading() as session:
            return session.scalars(select(Picture).order_by(Picture.id)).all()

    def file(self, who="", size="page", ending="webp", picture=None):
        digest = (picture or self.pictures()[0]).digest
        browser = self.browser(who).browser
        return browser.get(f"/media/{digest}-{size}.{ending}")

    def set(self, table=Picture, **values):
        with self.app.extensions["kb"].database.writing() as session:
            for row in session.scalars(select(table)):
                for name, value in values.items():
                    setattr(row, name, value)
            session.commit()

    def set_record(self, **values):
        self.set(Record, **values)

    def shown(self):
        """Send a picture and publish it."""
        assert self.send().status_code == 303
        assert self.step("editor", "publish").status_code == 303
        return self

    @property
    def folder(self):
        return self.app.extensions["kb"].settings.pictures_folder

    def files(self):
        return sorted(path.name for path in self.folder.rglob("*") if path.is_file())
