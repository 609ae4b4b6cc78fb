"""Any sequence of edits, publications and translations, held against its definition."""

import pytest
from hypothesis import settings, stateful
from hypothesis import strategies as st
from sqlalchemy import select

from kb.database import Base, open_database
from kb.kinds import KINDS
from kb.record.marks import (
    FIRST_THAT_HOLDS,
    Behind,
    FieldState,
    Mark,
    after_change,
    digest,
    marks_of,
    source_of,
    state_of,
    whole_state,
    written,
)
from kb.record.models import FieldMark, Text
from kb.record.parts import parts_of, with_words, words_in
from kb.translating.bench import open_bench
from kb.translating.models import RenderingStep
from kb.translating.service import Given, accept, save, send_back, submit
from kb.writing import publishing, service
from kb.writing.publishing import Said
from kb.writing.versions import get_version, newest
from tests.conftest import often
from tests.make import vocabularies
from tests.writing.desk import POST, document, person, put

PRACTICE = KINDS["practice"]
WEIGHT = {"typing": 0, "wording": 1, "meaning": 2}
BEHIND = [Behind.NOT, Behind.WORDING, Behind.MEANING]
SOURCE = ("title", "summary", "how", "where", "steps")
WORDS = st.sampled_from(["Dig", "Plant", "Wait", "Mulch"])


@pytest.mark.parametrize(
    ("mark", "work", "state"),
    [
        (None, "", "missing"),
        (None, "draft", "draft"),
        (None, "in-review", "in-review"),
        (Mark("reviewed", "a", 1), "", "reviewed"),
        (Mark("reviewed", "a", 1, "wording"), "", "reviewed"),
        (Mark("reviewed", "a", 1, "meaning"), "", "stale"),
        (Mark("machine-drafted", "a", 1, "meaning"), "in-review", "in-review"),
        (Mark("machine-drafted", "a", 1), "sent-back", "draft"),
        (Mark("machine-drafted", "a", 1), "", "machine-drafted"),
        (Mark("draft", "a", 1), "", "draft"),
    ],
)
def test_the_state_of_a_field(mark, work, state):
    assert state_of(mark, work) == state


def test_every_state_has_its_row():
    assert {state for _holds, state in FIRST_THAT_HOLDS} == set(FieldState)


def test_a_file_says_only_what_is_not_as_usual():
    text = {"state": "reviewed", "title": "Trous", "steps": ["Un", ""]}
    source = {"title": "Pits", "step:1": "One"}
    marks = marks_of(text, source, 3)
    assert written(text, marks, source) == text
    marks["step:1"] = Mark("reviewed", "0" * 16, 2, "meaning")
    said = written(text, marks, source)
    entry = {"source": "0" * 16, "version": 2, "behind": "meaning"}
    assert said["marks"] == {"step:1": entry}
    assert marks_of(said, source, 3) == marks
    assert whole_state(marks) == "stale"


def test_an_older_file_that_is_stale_is_so_in_each_field():
    marks = marks_of({"state": "stale", "title": "Trous"}, {"title": "Pits"})
    assert marks == {"title": Mark("draft", "", 0, "meaning")}


@pytest.mark.parametrize("field", ["title", "how", "step:2", "limit:dry", "effect:a"])
def test_words_are_put_where_they_are_read(field):
    text = with_words({"state": "draft", "title": "T"}, field, "Words", steps=3)
    assert words_in(text)[field] == "Words"
    assert {field} <= {"title", *parts_of(text)}


@pytest.mark.parametrize("then", ["One", "Won"])
def test_a_change_of_meaning_elsewhere_leaves_a_field_as_far_behind(then):
    """Also one whose source was typed anew since it was translated."""
    mark = {"source": digest("Won"), "version": 1}
    said = {"state": "reviewed", "title": "Un", "marks": {"title": mark}}
    before = {"en": {"state": "source", "title": then, "summary": "Two"}, "fr": said}
    after = {"en": {"state": "source", "title": "One", "summary": "2"}, "fr": said}
    marks = marks_of(after_change(after, before, 3, "meaning")["fr"], {"title": "One"})
    assert marks["title"].behind == ("" if then == "One" else "meaning")


class Field:
    """What the definition needs to know: of which source, and how it changed since."""

    def __init__(self, words, source):
        self.words, self.source = words, source
        self.last, self.weight = source, 0

    def source_is(self, now, significance):
        """A change counts for a field whose source it changed, until it is level."""
        if now != self.last:
            self.weight = max(self.weight, WEIGHT[significance])
        if now == self.source:
            self.weight = 0
        self.last = now

    @property
    def behind(self):
        return BEHIND[self.weight]


class Translating(stateful.RuleBasedStateMachine):
    """Real services on a database in memory, beside a list of what was published."""

    def __init__(self):
        super().__init__()
        self.database = open_database("sqlite://")
        Base.metadata.create_all(self.database.engine)
        self.session = self.database.writing()
        vocabularies(self.session)
        self.author = person(self.session, "Awa")
        self.editor = person(self.session, "Eva", "editor")
        self.translator = person(self.session, "Ali", "translator")
        self.draft, self.record, self.count = None, None, 0
        content = document(facts={"steps": [{"season": "sowing"}] * 2})
        content["texts"]["en"] |= {"steps": ["One", "Two"]}
        content["facts"]["steps"] = [{"season": "sowing"}] * 2
        self.draft = service.begin(
            self.session, PRACTICE, content, by=self.author, language="en", once="0"
        )
        self.history = []
        self.fields, self.spoken = {}, set()
        self.publish("meaning")

    def teardown(self):
        self.session.close()
        self.database.engine.dispose()

    def source(self):
        return source_of(newest(self.session, self.record.id).document["texts"])

    def publish(self, significance):
        service.submit(self.session, self.draft, by=self.author, note="", post=POST)
        self.record = publishing.publish(
            self.session, PRACTICE, self.draft, Said(significance), by=self.editor,
            post=POST,
        )  # fmt: skip
        self.draft = None
        last = newest(self.session, self.record.id)
        self.history.append((last.number, significance, self.source()))
        self.moved()
        for name, field in self.fields.items():
            field.source_is(digest(self.source().get(name, "")), significance)

    def moved(self):
        """The words of a step go where the document has them now."""
        french = newest(self.session, self.record.id).document["texts"].get("fr", {})
        places = {words: name for name, words in words_in(french).items()}
        self.fields = {
            places.get(field.words, name) if name.startswith("step") else name: field
            for name, field in self.fields.items()
            if field.words in places
        }

    @stateful.rule(name=st.sampled_from(SOURCE), words=WORDS, at=st.integers(0, 1))
    def edit(self, name, words, at):
        self.count += 1
        words = f"{words} {self.count % 3}"
        if self.draft is None:
            self.begin(None)
        text = self.draft.document["texts"]["en"]
        if name == "steps":
            steps = list(text["steps"])
            steps[at] = words
            words = steps
        self.write(put("en", **{name: words}))

    @stateful.rule()
    def turn_steps_round(self):
        if self.draft is None:
            self.begin(None)

        def turned(content):
            texts = {
                language: text | {"steps": text["steps"][::-1]}
                if "steps" in text
                else text
                for language, text in content["texts"].items()
            }
            return content | {"texts": texts}

        self.write(turned)

    def write(self, filled):
        service.save(
            self.session, self.draft, filled, by=self.author,
            revision=self.draft.revision,
        )  # fmt: skip

    def begin(self, number):
        last = newest(self.session, self.record.id)
        version = get_version(self.session, self.record, number or last.number)
        self.count += 1
        self.draft = service.begin_change(
            self.session, self.record, version, last.number, by=self.author,
            once=str(self.count),
        )  # fmt: skip

    @stateful.precondition(lambda self: self.draft is not None)
    @stateful.rule(significance=st.sampled_from(list(WEIGHT)))
    def publish_the_draft(self, significance):
        self.publish(significance)

    def bench(self):
        return open_bench(self.session, self.record, "fr")

    @stateful.rule(name=st.data(), small=st.booleans())
    def translate(self, name, small):
        bench = self.bench()
        field = name.draw(st.sampled_from(sorted(bench.rows)))
        row = bench.rows[field]
        self.count += 1
        words = f"Mots {self.count}"
        given = {field: Given(words, row.shown, small)}
        assert save(self.session, bench, given, by=self.translator) == []
        self.spoken.add(words)

    @stateful.rule(back=st.booleans())
    def review(self, back):
        bench = self.bench()
        names = [n for n, row in bench.rows.items() if row.state == FieldState.DRAFT]
        names = [n for n in names if bench.rows[n].rendering is not None]
        submit(self.session, bench, names, by=self.translator)
        if back:
            send_back(self.session, bench, dict.fromkeys(names, "No"), by=self.editor)
            return
        held = {name: bench.rows[name].rendering for name in names}
        if not held or not ({"title"} & (set(held) | set(self.fields))):
            return
        shown = {name: bench.rows[name].shown for name in names}
        accept(self.session, PRACTICE, bench, shown, by=self.editor)
        last = newest(self.session, self.record.id).number
        self.history.append((last, "wording", self.source()))
        for name, was in held.items():
            old = self.fields.get(name)
            if was.small and old is not None:
                old.words = was.words
            else:
                self.fields[name] = field = Field(was.words, was.source_hash)
                for number, significance, source in self.history:
                    if number > was.source_version:
                        field.source_is(digest(source.get(name, "")), significance)

    @stateful.invariant()
    def no_word_is_lost(self):
        if self.record is None:
            return
        steps = set(self.session.scalars(select(RenderingStep.words)))
        assert self.spoken <= steps
        french = newest(self.session, self.record.id).document["texts"].get("fr", {})
        assert {f.words for f in self.fields.values()} <= set(words_in(french).values())

    @stateful.invariant()
    def each_state_is_as_defined(self):
        if self.record is None or not self.fields:
            return
        marks = {
            mark.field: mark
            for mark in self.session.scalars(
                select(FieldMark).where(FieldMark.language == "fr")
            )
        }
        assert set(marks) == set(self.fields)
        found = {name: mark.behind for name, mark in marks.items()}
        wanted = {n: str(field.behind) for n, field in self.fields.items()}
        assert found == wanted
        text = self.session.scalars(select(Text).where(Text.language == "fr")).one()
        shown = {n: text.apart.get(n, text.state) for n in self.fields}
        stale = {name for name, state in shown.items() if state == "stale"}
        assert stale == {name for name, far in wanted.items() if far == "meaning"}


TestTranslating = Translating.TestCase
TestTranslating.settings = settings(
    max_examples=often(4, 60), stateful_step_count=25, deadline=None
)
