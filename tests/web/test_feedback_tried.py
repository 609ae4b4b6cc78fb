"""I tried this: told by anybody, checked by somebody who knows, then evidence."""

import pytest

from kb.feedback.models import Result, Tried
from kb.journal import JournalLine
from kb.kinds import KINDS
from kb.record.lookups import get_record
from kb.record.models import Effect, Record, Site, Source
from kb.record.service import take_in
from kb.regions.pooling import Found, pool
from kb.search.documents import Beside, documents_of
from tests.feedback.house import furnish, staff
from tests.people.visitor import Visitor, rows
from tests.web.test_feedback import ZAI, record_page, send

TOLD = {
    "country": "BF",
    "place": "Gourcy",
    "land_use": "paddy",
    "season": "each_year",
    "year": "2025",
    "area_ha": "0,5",
    "done": "Pits as deep as a hand, a handful of dung in each.",
    "outcome": "stopped",
    "why": "The work was too much for two of us.",
    "failed": "Termites ate the straw.",
    "name": "Awa",
    "language": "fr",
    "contact": "awa@farm.example",
    "indicator-1": "crop_yield",
    "before-1": "0.4",
    "after-1": "0,7",
    "unit-1": "t_ha",
    "years-1": "2",
    "indicator-2": "crop_yield",
    "after-2": "300",
    "unit-2": "percent",
}


@pytest.fixture
def visitor(either):
    furnish(either.app)
    return Visitor(either.app)


def decide(checker, step, number, **given):
    page = f"/desk/trials/{number}"
    return checker.post(f"{page}/{step}", given, token_from="/account")


def told(visitor, **given):
    reply = send(visitor, "tried", **(TOLD | given))
    assert reply.status_code == 303
    return rows(visitor.app, Tried)[-1]


def results_of(visitor):
    return [str(row.id) for row in rows(visitor.app, Result)]


def test_what_was_tried_is_held_and_seen_by_nobody(visitor):
    row = told(visitor)
    assert (row.state, row.country, row.place, row.year) == (
        "held",
        "BF",
        "Gourcy",
        2025,
    )
    assert (row.area_ha, row.land_use_id) == (0.5, "land_use:paddy")
    assert (row.latitude, row.longitude) == (None, None), "no list of places is here"
    assert [(r.before, r.after, r.unit_id) for r in rows(visitor.app, Result)] == [
        (0.4, 0.7, "unit:t_ha"),
        (None, 300.0, "unit:percent"),
    ]
    text = record_page(visitor).text
    assert "Termites" not in text
    assert "Gourcy" not in text
    assert len(rows(visitor.app, Effect)) == 1


def test_once_checked_it_is_a_site_and_evidence_and_stands_on_the_page(visitor):
    row = told(visitor)
    expert = staff(visitor.app, "expert")
    assert (
        "Gourcy"
        in expert.get("/desk/feedback").text + expert.get(f"/desk/trials/{row.id}").text
    )
    assert "awa@farm.example" not in expert.get(f"/desk/trials/{row.id}").text
    right = results_of(visitor)[:1]
    assert (
        decide(expert, "check", row.id, result=right, note="I saw it").status_code
        == 303
    )
    text = record_page(visitor).text
    for said in (
        "Tried by 1, kept by 0, changed by 0, stopped by 1",
        "The work was too much",
        "Termites ate the straw",
        "Gourcy",
        "Own report of a land user",
        "from 0.4 to 0.7",
        "E2 name",
    ):
        assert said in text, said
    assert "awa@farm.example" not in text
    site = rows(visitor.app, Site)[-1]
    assert (site.place, site.country, site.land_use_id) == (
        "Gourcy",
        "BF",
        "land_use:paddy",
    )
    _study, effect = rows(visitor.app, Effect)
    assert (effect.value, effect.years, effect.evidence_id) == (0.3, 2.0, "evidence:E2")
    assert effect.comparator_id == "comparator:before"
    assert rows(visitor.app, JournalLine)[-1].what == "tried and checked"
    assert visitor.letters()[-1].purpose == "tried-checked"
    (row,) = rows(visitor.app, Tried)
    assert (row.state, row.contact, row.decided_by[:7]) == ("passed", "", "person ")
    assert decide(expert, "check", row.id).status_code == 409, "once is enough"


def test_it_is_pooled_and_found_among_places_tried(visitor):
    session = visitor.app.extensions["kb"].database.reading()
    number = told(visitor).id
    expert = staff(visitor.app, "expert")
    decide(expert, "check", number, result=results_of(visitor))
    with session:
        record = get_record(session, KINDS["practice"], "P-1")
        in_t_ha = [e for e in record.effects if e.unit_id == "unit:t_ha"]
        pooled = pool(Found(effect, 1.0) for effect in in_t_ha)
        assert (pooled.n, pooled.studies) == (2, 2)
        assert (pooled.lowest, pooled.highest) == (0.3, 2.5)
        (document,) = documents_of(record, Beside())
        assert document.tried == 2
        relative = [e for e in record.effects if e.unit_id == "unit:percent"]
        assert [e.value for e in relative] == [None], "a state is no change"


def test_it_stays_when_the_record_is_taken_in_anew(visitor):
    number = told(visitor).id
    decide(staff(visitor.app, "expert"), "check", number, result=results_of(visitor))
    with visitor.app.extensions["kb"].database.writing() as session:
        record = session.get(Record, rows(visitor.app, Tried)[0].record_id)
        facts = {"ref": "P-1", "tags": [], "names": [], "sites": [], "effects": []}
        text = {"state": "source", "title": "Zai", "summary": ""}
        facts |= {"sources": [], "published_on": record.published_on}
        take_in(session, KINDS["practice"], record.key, facts, {"en": text}, by="x")
        session.commit()
        practice = record.id
    assert [s.place for s in rows(visitor.app, Site) if s.record_id == practice] == [
        "Gourcy"
    ]
    assert {e.evidence_id for e in rows(visitor.app, Effect)} == {"evidence:E2"}
    assert "Termites" in record_page(visitor).text


def test_what_was_checked_can_be_taken_back(visitor):
    number = told(visitor).id
    expert = staff(visitor.app, "expert")
    decide(expert, "check", number, result=results_of(visitor))
    assert decide(expert, "refuse", number).status_code == 422, "it is not said why"
    assert decide(expert, "refuse", number, refusal="Made up").status_code == 303
    assert "Termites" not in record_page(visitor).text
    assert [e.told_in for e in rows(visitor.app, Effect)] == [""]
    assert {s.told_in for s in rows(visitor.app, Site)} == {""}
    assert [s.key for s in rows(visitor.app, Source)] == ["study"]
    assert rows(visitor.app, JournalLine)[-1].what == "tried, taken back"
    assert decide(expert, "check", number).status_code == 409


def test_nobody_checks_her_own(visitor):
    expert = staff(visitor.app, "expert")
    number = told(expert).id
    assert rows(visitor.app, Tried)[0].person_id is not None
    assert expert.get(f"/desk/trials/{number}").status_code == 200
    assert decide(expert, "check", number).status_code == 403
    assert decide(expert, "refuse", number, refusal="x").status_code == 403
    other = staff(visitor.app, "reviewer")
    assert decide(other, "check", number).status_code == 303


@pytest.mark.thorough
def test_what_cannot_be_is_marked_and_every_word_stays(visitor):
    for field, value, marked in [
        ("country", "XX", "country"),
        ("land_use", "", "land_use"),
        ("year", "1850", "year"),
        ("year", "2999", "year"),
        ("year", "2025.5", "year"),
        ("area_ha", "0", "area_ha"),
        ("area_ha", "nan", "area_ha"),
        ("area_ha", "1_0", "area_ha"),
        ("done", " ", "done"),
        ("after-1", "", "after-1"),
        ("after-1", "1e300", "after-1"),
        ("unit-1", "stones", "unit-1"),
        ("indicator-2", "", "indicator-2"),
        ("years-1", "-3", "years-1"),
        ("season", "\x00", "season"),
    ]:
        reply = send(visitor, "tried", **(TOLD | {field: value}))
        assert reply.status_code == 422, (field, value)
        assert f'id="{marked}-said"' in reply.text, (field, value)
        assert "Termites" in reply.text
        assert ("handful of dung" in reply.text) == (field != "done")
    assert send(visitor, "tried", **(TOLD | {"outcome": "x"})).status_code == 422
    assert rows(visitor.app, Tried) == []


def test_whoever_stopped_is_asked_why(visitor):
    reply = send(visitor, "tried", **(TOLD | {"why": "", "failed": ""}))
    assert reply.status_code == 422
    assert "Please say why you stopped" in reply.text
    reply = send(
        visitor, "tried", **(TOLD | {"why": "", "failed": "", "outcome": "kept"})
    )
    assert reply.status_code == 303


def test_her_own_place_is_filled_in_and_kept_to_a_tenth_of_a_degree(visitor):
    said = "at=12.9734 -2.2612&country=BF&name=Yako&use=paddy".replace(" ", "+")
    visitor.browser.set_cookie("place", said)
    page = visitor.get(f"{ZAI}/tried").text
    assert 'value="Yako"' in page
    told(visitor, place="Yako")
    (row,) = rows(visitor.app, Tried)
    assert (row.latitude, row.longitude) == (13.0, -2.3)
