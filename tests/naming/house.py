"""A few concepts, and people who propose and decide."""

from dataclasses import replace

from kb.naming.content import as_content, labels_of, lines_of
from kb.naming.service import accept, known_concepts, propose
from kb.vocabulary.sowing import store
from kb.vocabulary.thesaurus_lookups import NamedConcept
from tests.writing.desk import person

CONCEPTS = [
    NamedConcept("care", {"en": ("soil care",)}, meaning="Looking after a soil."),
    NamedConcept(
        "pit",
        {"en": ("planting pit",), "fr": ("trou",), "hi": ("गड्ढा",)},
        broader=("care",),
        meaning="A small hole to sow in.",
    ),
    NamedConcept(
        "zai",
        {"en": ("zai pit",), "fr": ("zaï", "poquet")},
        broader=("pit",),
        related=("care",),
        meaning="A pit as in Yatenga.",
    ),
]


class Room:
    """The concepts, and who works on them."""

    def __init__(self, session):
        self.session = session
        store(session, {one.code: one for one in CONCEPTS})
        self.author = person(session, "Awa")
        self.french = person(session, "Ida", ("reviewer", "language", "fr"))
        self.reviewer = person(session, "Rosa", "reviewer")
        self.editor = person(session, "Eva", "editor")
        session.flush()

    def known(self):
        return known_concepts(self.session)

    def content(self, code, **changed):
        """Give the content of a concept with other lines of labels or other links."""
        content = as_content(self.known()[code])
        for name, value in changed.items():
            part, _, language = name.partition("__")
            if part == "names":
                before = content["names"].get(language, [])
                content["names"][language] = labels_of(value, before)
            elif part == "definitions":
                content["definitions"][language] = {
                    "text": value,
                    "state": "machine-drafted",
                }
            else:
                content[part] = value
        return content

    def propose(self, code, *, by=None, into="", note="", **changed):
        said = {x: changed.pop(x) for x in ("confirmed", "meant") if x in changed}
        content = self.content(code, **changed)
        who = by or self.author
        return propose(self.session, content, by=who, into=into, note=note, **said)

    def new(self, code, **said):
        one = NamedConcept(code, {"en": (f"{code} name",)}, meaning=f"It is {code}.")
        content = as_content(replace(one, **said))
        return propose(self.session, content, by=self.author, new=True)

    def accept(self, proposal, *, by=None):
        accept(self.session, proposal, by=by or self.editor)
        self.session.flush()

    def lines(self, code, language):
        content = as_content(self.known()[code])
        return lines_of(content["names"].get(language, []))
