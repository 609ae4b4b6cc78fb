"""A team that translates into French, and a record in both languages."""

from kb.kinds import KINDS
from kb.record.marks import digest
from kb.translating.bench import open_bench
from kb.translating.service import Given, accept, save, submit
from tests.make import vocabularies
from tests.writing.desk import document, person, published

PRACTICE = KINDS["practice"]
HOW = "Dig pits 25 cm deep. Put 2.5 t/ha of manure in."
COMMENT = "Creusez des trous de 25 cm. Mettez-y 2,5 t/ha de fumier."


class Team:
    """Who works on it, and the record."""

    def __init__(self, session):
        self.session = session
        vocabularies(session)
        self.author = person(session, "Awa")
        self.editor = person(session, "Eva", "editor")
        french = ("language", "fr")
        self.translator = person(session, "Ali", ("translator", *french))
        self.reviewer = person(session, "Ida", ("reviewer", *french))
        content = document(how=HOW, steps=["Mark the line.", "Dig."])
        content["facts"]["steps"] = [{"season": "sowing"}] * 2
        content["texts"]["fr"] = {
            "state": "machine-drafted",
            "title": "Trous",
            "summary": "Les trous aident.",
            "steps": ["Tracez la ligne.", ""],
        }
        self.record = published(session, self.author, self.editor, content)
        session.flush()

    def bench(self, language="fr"):
        return open_bench(self.session, self.record, language)

    def write(self, *, by=None, **words):
        bench = self.bench()
        fields = {name.replace("__", ":"): said for name, said in words.items()}
        given = {n: Given(w, bench.rows[n].shown) for n, w in fields.items()}
        return save(self.session, bench, given, by=by or self.translator)

    def hand_in(self, **words):
        self.write(**words)
        fields = [name.replace("__", ":") for name in words]
        submit(self.session, self.bench(), fields, by=self.translator)

    def accept(self, *fields, by=None):
        bench = self.bench()
        shown = {name: digest(bench.rows[name].words) for name in fields}
        accept(self.session, PRACTICE, bench, shown, by=by or self.reviewer)
        return self.bench()
