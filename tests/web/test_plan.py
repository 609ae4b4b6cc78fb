"""Planning a local action: no account, a private link, and a desk that sees it."""

import re
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event, select

from kb.app import create_app
from kb.helpdesk.question_tables import Question, Shown
from kb.people.models import ScopeKind
from kb.people.secrets import digest
from kb.planning.models import Plan, PlanPractice
from kb.planning.tidying import PLAN_DAYS, tidy
from kb.practices.models import Cost, Limit, Step, Work
from kb.record.models import Record, Relation, Source, Status, Tag
from kb.record.schemas import Known
from kb.regions.layers import HEIGHT, WIDTH, layer_path
from kb.regions.runs import About, RunGrid, row_of
from kb.vocabulary.models import Concept, ConceptName
from tests import make
from tests.feedback.house import furnish, staff
from tests.helpdesk.asking import asker, furnish_desks, hidden, newest
from tests.helpdesk.house import at
from tests.people.visitor import Visitor, change, rows

AIM = {
    "country": "BF",
    "place": "Yako",
    "land_use": "",
    "theme": "",
    "goals": ["hold_water"],
    "area_ha": "2",
    "notes": "",
}
LINK = re.compile(r"token=([\w-]+)")


@pytest.fixture
def app(either):
    furnish(either.app)
    furnish_desks(either.app)
    with either.app.extensions["kb"].database.writing() as session:
        row = Concept(id="unit:kg", scheme="unit", code="kg", position=99)
        row.names = [ConceptName(language="en", name="kg")]
        session.add(row)
        first = session.scalar(select(Record).where(Record.ref == "P-1"))
        session.add(Tag(record_id=first.id, concept_id="purpose:hold_water"))
        source = session.scalar(select(Source)).id
        session.add_all(
            [
                Step(practice_id=first.id, number=1, season_id="season:first_rains"),
                Step(
                    practice_id=first.id, number=2, season_id="season:sowing", weeks=2
                ),
                Limit(practice_id=first.id, key="steep", limit_id="limit:rainfall"),
                Cost(
                    practice_id=first.id, key="seed", phase="establish", quantity=3,
                    unit_id="unit:kg", unit_cost=5, currency="XOF", year=2020,
                    source_id=source,
                ),
                Work(
                    practice_id=first.id, phase="establish", women_days=4, men_days=1.5,
                    source_id=source,
                ),
            ]
        )  # fmt: skip
        session.commit()
    more(either.app, 2)
    return either.app


def more(app, number, **said):
    """Put one more practice in."""
    with app.extensions["kb"].database.writing() as session:
        study = session.scalar(select(Source)).id
        known = Known(codes=make.CODES, sources={"study": study})
        tags = {"purpose": ["hold_water"]}
        made = make.record(
            session, known, f"more_{number}", number=number, tags=tags, **said
        )
        session.commit()
        return made.id


def proposed(visitor, **given):
    """Say what it is for; give the page of what fits."""
    reply = visitor.post("/plan", AIM | given, token_from="/plan")
    assert reply.status_code == 200, reply.text
    return reply.text


def made(visitor, *refs, **given):
    """Make a plan; give the secret of its link."""
    once = hidden(proposed(visitor, **given))["once"]
    more = {"once": once, "step": "keep", "refs": list(refs)}
    reply = visitor.post("/plan", AIM | given | more)
    assert reply.status_code == 303, reply.text
    return LINK.search(reply.headers["Location"])[1]


def page_of(visitor, secret):
    reply = visitor.get(f"/plan/one?token={secret}")
    assert reply.status_code == 200
    return " ".join(reply.text.split())


def part(page, name):
    return page.partition(f'id="{name}"')[2].partition("</section>")[0]


def test_her_place_and_the_problem_she_read_of_are_filled_in(app):
    visitor = asker(app)
    visitor.browser.set_cookie("place", "country=BF&name=Yako&at=13+-2.3&use=paddy")
    page = visitor.get("/plan?goal=hold_water%00").text
    assert re.search(r'value="Yako"', page)
    assert re.search(r'value="BF"\s+selected', page)
    page = visitor.get("/plan?goal=hold_water").text
    assert re.search(r'value="hold_water"\s+checked', page)


def test_a_plan_is_kept_and_only_its_link_opens_it(app):
    visitor = asker(app)
    secret = made(visitor, "P-2", "P-1", notes="Behind the <b>school</b>")
    (plan,) = rows(app, Plan)
    assert (plan.digest, plan.person_id) == (digest(secret), None)
    assert (plan.country, plan.place, plan.area_ha) == ("BF", "Yako", 2.0)
    page = page_of(visitor, secret)
    for shown in ("More 2", "Zai Practice", "Behind the &lt;b&gt;school", "not said"):
        assert shown in page
    assert page.index("More 2") < page.index("Zai Practice")
    for wrong in ("", secret[:-1], str(plan.id), "\x00", "x" * 999):
        assert visitor.get(f"/plan/one?token={wrong}").status_code == 404
        assert visitor.get(f"/plan/change?token={wrong}").status_code == 404


def test_it_adds_up_what_is_known_for_her_area_and_names_what_is_not(app):
    page = page_of(asker(app), made(asker(app), "P-1", "P-2"))
    costs, work = part(page, "costs"), part(page, "work")
    assert "30 XOF" in costs
    assert "prices of 2020; A" in costs
    assert costs.count("not known of: B") == 1
    assert costs.count("not known of: A, B") == 1
    assert '"Women">8<' in work.replace(" ", "")
    assert '"Men">3<' in work.replace(" ", "")
    assert work.count("not known") == 4
    questions = part(page, "questions")
    assert "rainfall name" in questions
    assert "to set up where you live" in questions


def test_without_an_area_all_is_for_a_hectare(app):
    page = page_of(asker(app), made(asker(app), "P-1", area_ha=""))
    assert "15 XOF" in part(page, "costs")
    assert "one hectare" in page


def test_the_calendar_has_the_steps_of_all_in_one_course(app):
    page = page_of(asker(app), made(asker(app), "P-1"))
    calendar = part(page, "calendar")
    assert calendar.index("first_rains name") < calendar.index("sowing name")
    assert calendar.count('class="rain"') == 4
    assert "2 weeks later: sowing name" in part(page, "checklist")


def test_what_was_found_elsewhere_stands_with_evidence_and_source(app):
    more(app, 3, effects=[make.effect(comparator="before")])
    page = page_of(asker(app), made(asker(app), "P-3", "P-1"))
    assert "2.5" in part(page, "expected")
    assert "not measured against another way" in part(page, "expected")
    assert "E2 name" in part(page, "expected")
    assert "Someone 2020" in part(page, "sources")


def test_practices_that_do_not_go_together_are_told(app):
    with app.extensions["kb"].database.writing() as session:
        both = session.scalars(select(Record.id).where(Record.kind == "practice"))
        one, other = both.all()
        session.add(Relation(from_id=one, to_id=other, kind="conflicts_with"))
        session.commit()
    page = page_of(asker(app), made(asker(app), "P-1", "P-2"))
    assert "A does not go with B" in part(page, "chosen")


def test_where_nothing_is_known_of_the_land_every_limit_is_a_question(app):
    page = proposed(asker(app), country="", place="")
    assert "no limit could be held against it" in page
    assert "Does your land keep these limits?" in page
    assert "rainfall name" in page


@pytest.mark.thorough
def test_a_broken_limit_is_shown_with_the_reason_and_cannot_be_chosen(houses, tmp_path):
    """The map says that 300 mm of rain fall; cover crops ask for 700."""
    seeded = houses.house("sqlite", "seeded")
    home = shutil.copytree(seeded.settings.home, tmp_path / "home")
    settings = replace(seeded.settings, home=str(home))
    about = About("A map", "CC0", "Someone", "2020", "a.tif", {1: "300"}, kind="map")
    cells = [row_of(bytes([1]) * WIDTH)] * HEIGHT
    layer = layer_path(settings.regions_folder, "map")
    RunGrid.of_rows(about, WIDTH, cells).write(layer)
    visitor = asker(create_app(settings))
    visitor.browser.set_cookie("place", "country=BF&name=Yako&at=13+-2.3")
    page = proposed(visitor, goals=["build_carbon"])
    out = " ".join(page.partition("Not for your place")[2].split())
    assert "P-1" in out
    assert "too little rain here" in out
    assert 'value="P-1"' not in page
    given = AIM | {"goals": ["build_carbon"], "once": "0" * 32, "step": "keep"}
    reply = visitor.post("/plan", given | {"refs": ["P-1"]})
    assert reply.status_code == 422
    assert "P-1: not for your place" in reply.text
    assert rows(visitor.app, Plan) == []


def test_sent_twice_it_is_one(app):
    visitor = asker(app)
    once = hidden(proposed(visitor))["once"]
    given = AIM | {"once": once, "step": "keep", "refs": ["P-1"]}
    where = {visitor.post("/plan", given).headers["Location"] for _ in range(3)}
    assert len(where) == 1
    assert len(rows(app, Plan)) == len(rows(app, PlanPractice)) == 1


@pytest.mark.parametrize("once", ["", "a" * 31, "g" * 32, "\x00" * 32])
def test_a_sign_that_is_none_of_ours_makes_no_link(app, once):
    given = AIM | {"once": once, "step": "keep", "refs": ["P-1"]}
    assert asker(app).post("/plan", given, token_from="/plan").status_code == 409
    assert rows(app, Plan) == []


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("goals", []),
        ("goals", ["nothing"]),
        ("goals", ["'; drop table"]),
        ("goals", ["a", "b", "c", "d", "e"]),
        ("theme", "nothing"),
        ("theme", "\x00"),
        ("country", "Nowhere"),
        ("land_use", "moon"),
        ("area_ha", "0"),
        ("area_ha", "-1"),
        ("area_ha", "1e99"),
        ("area_ha", "much"),
        ("notes", "x" * 2001),
    ],
)
def test_what_cannot_be_is_asked_again_and_nothing_is_kept(app, field, given):
    visitor = asker(app)
    for step in ("", "keep"):
        form = AIM | {field: given, "step": step, "once": "0" * 32, "refs": ["P-1"]}
        reply = visitor.post("/plan", form, token_from="/plan")
        assert reply.status_code == 422
        assert "Yako" in reply.text
    assert rows(app, Plan) == []


@pytest.mark.parametrize(
    "refs",
    [[], ["P-99"], ["S-1"], ["'"], ["P-1", "P-2", "P-3", "P-4", "P-5", "P-6"]],
)
def test_a_choice_that_is_none_is_asked_again(app, refs):
    visitor = asker(app)
    given = AIM | {"once": "0" * 32, "step": "keep", "refs": refs}
    reply = visitor.post("/plan", given, token_from="/plan")
    assert reply.status_code == 422
    assert "What fits" in reply.text
    assert rows(app, Plan) == []


def test_by_the_link_it_can_be_changed(app):
    visitor = asker(app)
    secret = made(visitor, "P-1", notes="first")
    page = visitor.get(f"/plan/change?token={secret}").text
    assert re.search(r'value="hold_water"\s+checked', page)
    assert ">first</textarea>" in page
    given = AIM | {"token": secret, "refs": "P-1", "area_ha": "3", "notes": "second"}
    page = visitor.post("/plan", given).text
    assert re.search(r'value="P-1"\s+checked', page)
    keep = given | {"step": "keep", "refs": ["P-2", "P-1"], "once": "0" * 32}
    assert visitor.post("/plan", keep).status_code == 303
    (plan,) = rows(app, Plan)
    assert (plan.area_ha, plan.notes, plan.digest) == (3.0, "second", digest(secret))
    page = page_of(visitor, secret)
    assert page.index("More 2") < page.index("Zai Practice")
    wrong = keep | {"token": "x"}
    assert visitor.post("/plan", wrong).status_code == 404


def test_back_to_the_form_everything_still_stands(app):
    reply = asker(app).post("/plan", AIM | {"step": "change"}, token_from="/plan")
    assert reply.status_code == 200
    assert re.search(r'value="hold_water"\s+checked', reply.text)
    assert 'value="Yako"' in reply.text


def test_a_practice_withdrawn_since_is_named_and_counts_nothing(app):
    visitor = asker(app)
    secret = made(visitor, "P-1", "P-2")
    with app.extensions["kb"].database.writing() as session:
        first = session.scalar(select(Record).where(Record.ref == "P-1"))
        first.status = Status.WITHDRAWN
        session.commit()
    page = page_of(visitor, secret)
    assert "P-1 is not public any more" in page
    assert "Zai Practice" not in page
    assert "XOF" not in page
    assert "P-1" not in visitor.get(f"/plan/change?token={secret}").text


def test_handed_to_a_desk_it_is_a_question_and_the_expert_sees_the_plan(app):
    expert = at(app, "bf")
    visitor = asker(app)
    secret = made(visitor, "P-1", notes="Behind the school")
    assert "Desk bf" in page_of(visitor, secret)
    given = {"token": secret, "words": "Where do I begin with this plan?"}
    given |= {"language": "fr", "contact": ""}
    replies = [visitor.post("/plan/ask", given) for _twice in range(2)]
    assert {reply.status_code for reply in replies} == {303}
    question = newest(app)
    assert len(rows(app, Question)) == 1
    assert (question.desk_code, question.place) == ("bf", "Yako")
    assert len(rows(app, Shown)) == 1
    link = LINK.search(replies[0].headers["Location"])[1]
    assert visitor.get(f"/question?token={link}").status_code == 200
    assert f"token={link}" in page_of(visitor, secret)
    where = f"/desk/questions/{question.id}"
    assert f"{where}/plan" in expert.get(where).text
    seen = expert.get(f"{where}/plan").text
    for shown in ("Zai Practice", "Behind the school", "XOF"):
        assert shown in seen
    assert secret not in seen
    far = staff(app, "expert", ScopeKind.DESK, "india")
    assert far.get(f"{where}/plan").status_code == 404
    assert Visitor(app).get(f"{where}/plan").status_code == 302


@pytest.mark.parametrize(
    "wrong", [{"words": ""}, {"language": "xx"}, {"contact": "nobody"}]
)
def test_a_question_that_is_none_is_asked_again(app, wrong):
    visitor = asker(app)
    secret = made(visitor, "P-1")
    given = {"words": "Where do I begin with it?", "language": "en", "contact": ""}
    reply = visitor.post("/plan/ask", given | wrong | {"token": secret})
    assert reply.status_code == 422
    assert "Zai Practice" in reply.text
    assert rows(app, Question) == []


def test_thrown_away_it_is_gone_and_the_question_stays(app):
    expert = at(app, "bf")
    visitor = asker(app)
    secret = made(visitor, "P-1")
    given = {"words": "Where do I begin with it?", "language": "en", "contact": ""}
    visitor.post("/plan/ask", given | {"token": secret})
    assert visitor.post("/plan/forget", {"token": secret}).status_code == 200
    assert rows(app, Plan) == rows(app, PlanPractice) == []
    assert visitor.get(f"/plan/one?token={secret}").status_code == 404
    where = f"/desk/questions/{newest(app).id}"
    assert f"{where}/plan" not in expert.get(where).text
    assert expert.get(f"{where}/plan").status_code == 404
    assert visitor.post("/plan/forget", {"token": secret}).status_code == 404


def test_a_plan_of_somebody_signed_in_is_in_her_file_and_goes_with_her(app):
    visitor = Visitor(app).at_home()
    made(visitor, "P-1", notes="My own field")
    assert "My own field" in visitor.post("/account/export").text
    reply = visitor.post("/account/delete")
    assert "Your account is deleted" in reply.text
    assert rows(app, Plan) == rows(app, PlanPractice) == []


def test_after_two_years_without_a_change_it_goes(app):
    secret = made(asker(app), "P-1")
    old = datetime.now(UTC) - timedelta(days=PLAN_DAYS)
    for changed, left in ((old + timedelta(hours=1), 1), (old, 0)):
        change(app, Plan, changed=changed)
        with app.extensions["kb"].database.writing() as session:
            tidy(session)
            session.commit()
        assert len(rows(app, Plan)) == left
    assert asker(app).get(f"/plan/one?token={secret}").status_code == 404


def test_too_many_plans_from_one_address_wait(app):
    visitor = asker(app)
    form = AIM | {"form_token": visitor.token("/plan")}
    given = {"environ_base": {"REMOTE_ADDR": "192.0.2.1"}}
    codes = set()
    for _try in range(125):
        reply = visitor.browser.post("/en/plan", data=form, **given)
        codes.add(reply.status_code)
    assert codes == {200, 429}
    assert "Yako" in reply.text


def test_many_practices_ask_the_database_no_more_often(app):
    for number in (3, 4, 5):
        more(app, number, effects=[make.effect()])
    visitor, asked = asker(app), []
    few = made(visitor, "P-3")
    many = made(visitor, "P-1", "P-2", "P-3", "P-4", "P-5")

    def note(connection, cursor, statement, *rest):
        asked.append(statement)

    engine = app.extensions["kb"].database.engine
    counts = []
    page_of(visitor, few)
    event.listen(engine, "before_cursor_execute", note)
    for secret in (few, many):
        asked.clear()
        page_of(visitor, secret)
        counts.append(len(asked))
    event.remove(engine, "before_cursor_execute", note)
    assert counts[0] == counts[1]
    assert counts[1] <= 20
