"""What is written comes back as it was, also through another program's hands."""

import string

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kb.record.models import Telling
from kb.translating import memory
from kb.translating.files import forms
from kb.translating.files.taking_in import Done
from kb.translating.files.unit import Unit
from kb.vocabulary.sowing import store
from kb.vocabulary.thesaurus_lookups import Definition, Mark, NamedConcept
from tests.translating.files.bag import as_file, bring, taken_out, unit
from tests.translating.house import COMMENT, HOW, Team

pypo = pytest.importorskip("translate.storage.pypo")
xliff2 = pytest.importorskip("translate.storage.xliff2")
tmx = pytest.importorskip("translate.storage.tmx")
tbx = pytest.importorskip("translate.storage.tbx")
BOTH = pytest.mark.parametrize("form", ["po", "xliff"])
STORES = {"po": pypo.pofile, "xliff": xliff2.Xliff2File}
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@pytest.fixture
def team(session):
    return Team(session)


def opened(form, content):
    """Give the texts of a file as the peer reads them, without its header."""
    whole = STORES[form].parsestring(content)
    return whole, [one for one in whole.units if not one.isheader()]


def name_of(form, one):
    return one.getcontext() if form == "po" else one.getunitelement().get("name")


@BOTH
def test_another_program_reads_each_field_with_its_id(team, form):
    _whole, units = opened(form, taken_out(team.session, form))
    rows = team.bench().rows
    assert {
        name_of(form, one): (str(one.source), str(one.target or "")) for one in units
    } == {
        f"{team.record.ref}/{name}": (row.source, row.words)
        for name, row in rows.items()
    }


@BOTH
def test_what_is_written_anew_by_another_program_changes_nothing(team, form):
    whole, _units = opened(form, taken_out(team.session, form))
    report = bring(team.session, bytes(whole), team.translator)
    assert report.done == {Done.SAME: 3, Done.EMPTY: 2}
    assert report.warned == []
    assert taken_out(team.session, form) == taken_out(team.session, form)


@BOTH
def test_what_another_program_translates_becomes_a_draft(team, form):
    whole, units = opened(form, taken_out(team.session, form))
    (how,) = (one for one in units if str(one.source) == HOW)
    how.target = COMMENT
    report = bring(team.session, bytes(whole), team.translator)
    assert report.done[Done.NEW] == 1
    row = team.bench().rows["how"]
    assert (row.words, row.rendering.state) == (COMMENT, "draft")
    assert row.rendering.translator_id == team.translator.id


@BOTH
@given(source=WORDS, words=WORDS)
@example('"\\n"\t\\', "a\r\nb\x0b\u2028\x85 &lt;<b>]]>\uffff\U0010fffe")
@example("  two  ", "\u200fعربي\u200e\u2066x\u2069")
def test_any_words_come_back_sign_by_sign(form, source, words):
    if not source:
        return
    sent = unit(source=source, words=words, state="draft", ready=False)
    (back,) = forms.read(as_file([sent], form)).units
    assert (back.source, back.words) == (source, words)
    assert (back.hashed, back.version, back.shown) == (sent.hashed, 1, "")


@BOTH
@given(
    name=st.text(string.ascii_lowercase + string.digits + ":-_", min_size=1),
    ready=st.booleans(),
)
def test_ids_and_states_come_back(form, name, ready):
    sent = Unit("P-12", name, "Dig.", "Creusez.", ready, "0" * 16, 7, "f" * 16)
    assert forms.read(as_file([sent], form)).units == [sent]


@BOTH
def test_a_set_can_be_narrowed(team, form):
    def fields(**asked):
        return {
            x.field for x in forms.read(taken_out(team.session, form, **asked)).units
        }

    assert fields(state="missing") == {"how", "step:2"}
    assert fields(kind="story") == set()
    assert fields(records={team.record.id + 1}) == set()
    assert len(fields(records={team.record.id}, kind="practice")) == 5
    assert fields(source_language="fr") == set()


@pytest.mark.parametrize("form", ["po", "xliff", "tmx"])
def test_what_a_community_lets_us_tell_is_in_no_file(team, form):
    team.hand_in(how=COMMENT)
    team.accept("how")
    assert b"25 cm" in taken_out(team.session, form)
    team.record.telling = Telling.OPEN
    team.session.flush()
    assert b"25 cm" not in taken_out(team.session, form)


def test_another_program_reads_the_memory(team):
    team.hand_in(how=COMMENT)
    team.accept("how")
    memory.refill(team.session, team.record.id)
    whole = tmx.tmxfile.parsestring(taken_out(team.session, "tmx"))
    assert whole.translate(HOW, "en", "fr") == COMMENT
    sure = tmx.tmxfile.parsestring(taken_out(team.session, "tmx", state="reviewed"))
    assert {one.target for one in sure.units} == {
        COMMENT, *COMMENT.replace(". ", ".|").split("|"),
    }  # fmt: skip


def test_another_program_reads_the_terms(team):
    names = {"en": ("manure", "muck"), "fr": ("fumier", "fumure"), "sw": ("samadi",)}
    marks = {("fr", "fumure"): Mark(forbidden=True), ("en", "muck"): Mark(keep=True)}
    said = {"fr": Definition("Bouse & paille.")}
    concept = NamedConcept(
        "manure", names, meaning="Dung <b>.", marks=marks, definitions=said
    )
    only_english = NamedConcept("peat", {"en": ("peat",)}, meaning="Soil.")
    store(team.session, {"manure": concept, "peat": only_english})
    whole = tbx.tbxfile.parsestring(taken_out(team.session, "tbx"))
    (one,) = whole.units
    there = taken_out(team.session, "tbx").decode()
    assert "samadi" not in there
    assert "Bouse &amp; paille." in there
    assert (str(one.source), str(one.target)) == ("manure", "fumier")
    terms = {(x.text, x.deprecated) for x in one.get_target_terms()}
    assert terms == {("fumier", False), ("fumure", True)}


@pytest.mark.thorough
@BOTH
def test_all_seeds_come_back_in_every_language(seeded, form):
    with seeded.office.database.reading() as session:
        for language in ("fr", "ar", "hi", "zh"):
            content = taken_out(session, form, language=language)
            whole, units = opened(form, content)
            again = forms.read(bytes(whole))
            assert again == forms.read(content)
            assert len(units) == len(again.units) > 1000
