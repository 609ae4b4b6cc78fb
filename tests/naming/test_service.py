"""Proposing what a concept should be, and a second person who decides."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from kb import journal
from kb.errors import Conflict, NotAllowed, NotFound, NotValid
from kb.naming import service
from kb.naming.models import ConceptProposal, ConceptVersion
from kb.naming.service import (
    get_proposal,
    may_decide,
    open_proposals,
    propose_again,
    send_back,
    withdraw_proposal,
)
from kb.naming.storing import versions_of
from kb.people.models import Person
from kb.search.thesaurus import read_thesaurus
from kb.vocabulary.thesaurus import Label
from kb.vocabulary.thesaurus_lookups import merged_concepts
from tests.make import record, vocabularies
from tests.naming.house import Room
from tests.writing.desk import person


@pytest.fixture
def room(session):
    return Room(session)


def test_an_accepted_name_is_reviewed_and_understood_at_once(room):
    proposal = room.propose("pit", names__fr="trou\ntassa @ne")
    assert read_thesaurus(room.session).spans("tassa", "fr") == []
    room.accept(proposal, by=room.french)
    pit = room.known()["pit"]
    assert pit.names["fr"] == ("trou", "tassa")
    assert pit.mark("fr", "tassa") == ("reviewed", "NE", False, False)
    assert pit.mark("en", "planting pit").state == "machine-drafted"
    (span,) = read_thesaurus(room.session).spans("une tassa ici", "fr")
    assert span.codes == ("pit",)
    unread = select(func.count()).where(
        Label.concept_code == "pit", Label.reading == ""
    )
    assert room.session.scalar(unread) == 0


def test_every_record_is_due_for_the_index_after_a_change(room):
    made = record(room.session, vocabularies(room.session), "pits", number=1)
    journal.seen(room.session, "search", journal.ids_due(room.session, "search"))
    proposal = room.propose("pit", names__fr="fosse")
    assert journal.count_due(room.session, "search") == 0
    room.accept(proposal)
    due = journal.due(room.session, "search", limit=9)
    assert {line.record_id for line in due} == {made.id}


def test_versions_say_what_stood_who_changed_it_and_who_agreed(room):
    room.accept(room.propose("pit", names__fr="fosse", note="We say so."))
    room.accept(room.propose("pit", meaning="A hole."))
    two, one, zero = versions_of(room.session, "pit")
    assert [x["text"] for x in zero.content["names"]["fr"]] == ["trou"]
    assert (zero.by, zero.decided_by) == (None, None)
    assert [x["text"] for x in one.content["names"]["fr"]] == ["fosse"]
    assert (one.by, one.decided_by) == (room.author, room.editor)
    assert (one.note, two.content["meaning"]) == ("We say so.", "A hole.")
    assert room.known()["pit"].version == 2


@pytest.mark.parametrize(
    ("who", "what", "may"),
    [
        ("french", {"names__fr": "fosse"}, True),
        ("french", {"definitions__fr": "Un trou."}, True),
        ("french", {"names__en": "pit"}, False),
        ("french", {"names__fr": "fosse", "names__en": "pit"}, False),
        ("french", {"names__fr": "fosse", "broader": []}, False),
        ("french", {"confirmed": ("fr",)}, True),
        ("french", {"confirmed": ("fr", "en")}, False),
        ("reviewer", {"names__fr": "fosse", "names__en": "pit"}, True),
        ("reviewer", {"broader": []}, True),
        ("editor", {"related": ["care"], "names__hi": "खड्डा"}, True),
        ("author", {"names__fr": "fosse"}, False),
        ("stranger", {"names__fr": "fosse"}, False),
        ("far_editor", {"names__fr": "fosse"}, False),
        ("without_code", {"names__fr": "fosse"}, False),
        ("translator", {"names__fr": "fosse"}, False),
    ],
)
def test_who_may_decide_on_what(room, who, what, may):
    others = {
        "stranger": lambda: person(room.session, "Sue"),
        "far_editor": lambda: person(room.session, "Far", ("editor", "region", "BF")),
        "without_code": lambda: person(room.session, "No", "editor", factor=False),
        "translator": lambda: person(room.session, "Tao", "translator"),
    }
    someone = others[who]() if who in others else getattr(room, who)
    proposal = room.propose("pit", **what)
    assert may_decide(someone, proposal, room.known()) == may
    if may:
        room.accept(proposal, by=someone)
        assert proposal.state == "accepted"
        return
    before = room.content("pit")
    for step in (
        lambda: service.accept(room.session, proposal, by=someone),
        lambda: send_back(room.session, proposal, "no", by=someone),
    ):
        with pytest.raises(NotAllowed):
            step()
    assert (room.content("pit"), proposal.state) == (before, "waits")


@pytest.mark.parametrize("who", ["editor", "reviewer"])
def test_nobody_decides_on_her_own(room, who):
    hers = room.propose("pit", by=getattr(room, who), names__fr="fosse")
    with pytest.raises(NotAllowed):
        service.accept(room.session, hers, by=getattr(room, who))
    assert room.lines("pit", "fr") == "trou"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"names__fr": "zaï"}, "names.fr"),
        ({"names__fr": "ZAI"}, "names.fr"),
        ({"names__fr": "trou\nTrou"}, "names.fr"),
        ({"names__fr": "-trou"}, "names.fr"),
        ({"names__fr": "trou @Mali1234"}, "names.fr"),
        ({"names__fr": "tr\u202eou"}, "names.fr"),
        ({"names__fr": "a" * 81}, "names.fr"),
        ({"names__en": ""}, "names.en"),
        ({"names__qqx": "word"}, "names.qqx"),
        ({"meaning": " "}, "meaning"),
        ({"meaning": "x" * 301}, "meaning"),
        ({"definitions__fr": "a\u2067b"}, "definitions.fr"),
        ({"broader": ["pit"]}, "broader"),
        ({"broader": ["zai"]}, "broader"),
        ({"broader": ["nowhere"]}, "broader"),
        ({"broader": ["care", "x", "y"]}, "broader"),
        ({"related": ["pit"]}, "related"),
        ({"exact_match": "javascript:alert(1)"}, "exact_match"),
        ({}, "note"),
    ],
)
def test_what_does_not_fit_is_refused_field_by_field(room, changed, field):
    with pytest.raises(NotValid) as refused:
        room.propose("pit", **changed)
    assert field in refused.value.problems
    assert room.session.scalar(select(func.count(ConceptProposal.id))) == 0


def test_a_circle_names_the_way(room):
    with pytest.raises(NotValid) as refused:
        room.propose("care", broader=["zai"])
    assert "care > zai > pit > care" in refused.value.problems["broader"][0]


def test_a_name_of_two_concepts_is_taken_if_it_is_meant_so(room):
    room.accept(room.propose("pit", names__fr="trou\nzaï", meant=True))
    known = room.known()
    assert known["pit"].shared == known["zai"].shared == {("fr", "zaï")}
    room.accept(room.propose("pit", names__fr="trou"))
    known = room.known()
    assert known["pit"].shared == known["zai"].shared == frozenset()


def test_confirming_marks_what_stands_as_reviewed(room):
    room.accept(room.propose("zai", confirmed=("fr",)))
    zai = room.known()["zai"]
    assert {zai.mark("fr", x).state for x in zai.names["fr"]} == {"reviewed"}
    assert zai.mark("en", "zai pit").state == "machine-drafted"


def test_a_new_concept_is_there_once_accepted(room):
    with pytest.raises(NotValid):
        room.new("pit")
    proposal = room.new("trench", broader=("care",))
    assert "trench" not in room.known()
    with pytest.raises(NotValid):
        room.new("trench")
    assert not may_decide(room.french, proposal, room.known())
    room.accept(proposal)
    assert room.known()["trench"].broader == ("care",)
    assert [v.number for v in versions_of(room.session, "trench")] == [1]


def test_merging_moves_names_links_and_the_way_there(room):
    room.accept(room.new("bowl", broader=("pit",), related=("zai",)))
    room.accept(room.propose("zai", related=["care", "pit"], names__fr="zaï\npoquet"))
    room.accept(room.propose("pit", into="zai"))
    known = room.known()
    assert "pit" not in known
    assert known["zai"].names["fr"] == ("zaï", "poquet", "trou")
    assert known["zai"].names["hi"] == ("गड्ढा",)
    assert known["zai"].broader == ()
    assert known["zai"].related == ("care",)
    assert (known["bowl"].broader, known["bowl"].related) == (("zai",), ("zai",))
    assert merged_concepts(room.session) == {"pit": "zai"}
    assert [v.number for v in versions_of(room.session, "pit")] == [0]
    spans = read_thesaurus(room.session).spans("un trou", "fr")
    assert [span.codes for span in spans] == [("zai",)]


def test_merging_that_would_make_a_circle_is_refused(room):
    """Care stands above pit, pit above zai: merging zai into care is one."""
    room.accept(room.new("top"))
    room.accept(room.propose("care", broader=["top"]))
    proposal = room.propose("zai", into="top")
    room.accept(room.propose("top", broader=[], names__en="top name\npeak"))
    room.accept(proposal)
    last = room.propose("top", into="pit")
    with pytest.raises(NotValid) as refused:
        room.accept(last)
    assert "broader" in refused.value.problems
    assert {"top", "pit"} <= set(room.known())


@pytest.mark.parametrize("into", ["nowhere", "pit"])
def test_merging_into_nothing_or_itself_is_refused(room, into):
    with pytest.raises(NotValid):
        room.propose("pit", into=into)


def test_two_changes_of_different_parts_are_both_kept(room):
    one = room.propose("pit", names__fr="fosse")
    other = room.propose("pit", by=room.reviewer, names__hi="खड्डा", meaning="A hole.")
    room.accept(one)
    room.accept(other)
    pit = room.known()["pit"]
    assert pit.names["fr"] == ("fosse",)
    assert (pit.names["hi"], pit.meaning) == (("खड्डा",), "A hole.")


def test_two_changes_of_one_part_are_not_mixed(room):
    one = room.propose("pit", names__fr="fosse")
    other = room.propose("pit", by=room.reviewer, names__fr="cuvette")
    room.accept(one)
    with pytest.raises(Conflict) as refused:
        room.accept(other)
    assert "names fr" in str(refused.value)
    assert room.lines("pit", "fr") == "fosse"
    again = room.content("pit", names__fr="fosse\ncuvette")
    propose_again(room.session, other, again, by=room.reviewer)
    room.accept(other)
    assert room.lines("pit", "fr") == "fosse\ncuvette"


def test_what_was_sent_back_can_be_proposed_again(room):
    proposal = room.propose("pit", names__fr="fosse")
    with pytest.raises(NotValid):
        send_back(room.session, proposal, "", by=room.french)
    send_back(room.session, proposal, "Only in Mali.", by=room.french)
    assert (proposal.state, proposal.answer) == ("sent-back", "Only in Mali.")
    with pytest.raises(Conflict):
        service.accept(room.session, proposal, by=room.french)
    better = room.content("pit", names__fr="trou\nfosse @ML")
    with pytest.raises(NotAllowed):
        propose_again(room.session, proposal, better, by=room.editor)
    propose_again(room.session, proposal, better, by=room.author)
    room.accept(proposal, by=room.french)
    assert room.lines("pit", "fr") == "trou\nfosse @ML"


def test_what_was_decided_on_stays_so(room):
    proposal = room.propose("pit", names__fr="fosse")
    room.accept(proposal)
    with pytest.raises(Conflict):
        service.accept(room.session, proposal, by=room.editor)
    with pytest.raises(Conflict):
        withdraw_proposal(proposal, by=room.author)
    assert room.session.scalar(select(func.count()).select_from(ConceptVersion)) == 2


def test_own_proposals_are_seen_and_taken_back_those_of_others_by_teams(room):
    hers = room.propose("pit", names__fr="fosse")
    other = person(room.session, "Sue")
    assert open_proposals(room.session, room.author) == [hers]
    assert open_proposals(room.session, room.french) == [hers]
    assert open_proposals(room.session, other) == []
    assert get_proposal(room.session, hers.id, by=room.author) is hers
    with pytest.raises(NotFound):
        get_proposal(room.session, hers.id, by=other)
    with pytest.raises(NotAllowed):
        withdraw_proposal(hers, by=other)
    withdraw_proposal(hers, by=room.author)
    assert open_proposals(room.session, room.french) == []


def test_one_person_cannot_fill_the_queue(room, monkeypatch):
    monkeypatch.setattr(service, "MOST_WAITING", 1)
    room.propose("pit", names__fr="fosse")
    with pytest.raises(Conflict):
        room.propose("pit", names__fr="cuvette")


def test_two_accepted_at_once_make_no_circle(empty, session):
    """The second waits for the first, and then sees what that did."""
    room = Room(session)
    room.accept(room.new("bank"))
    room.accept(room.new("ditch"))
    one = room.propose("bank", broader=["ditch"]).id
    other = room.propose("ditch", broader=["bank"]).id
    who = room.editor.id
    session.commit()

    def accepted(number):
        with empty.office.database.writing() as mine:
            editor = mine.scalar(
                select(Person)
                .where(Person.id == who)
                .options(joinedload(Person.grants), joinedload(Person.factor))
            )
            proposal = get_proposal(mine, number, by=editor, to_write=True)
            service.accept(mine, proposal, by=editor)
            started.set()
            if number == one:
                assert not later.wait(0.3)
            mine.commit()
            later.set()

    started, later = Event(), Event()
    with ThreadPoolExecutor(2) as both:
        first = both.submit(accepted, one)
        assert started.wait(5)
        second = both.submit(accepted, other)
        first.result()
        with pytest.raises(NotValid) as refused:
            second.result()
    assert "broader" in refused.value.problems
    session.expire_all()
    assert room.known()["ditch"].broader == ()
