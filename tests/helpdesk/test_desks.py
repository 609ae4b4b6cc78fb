"""Desks: what fits, who stands where, and the same again from a file."""

from datetime import UTC, date, datetime, timedelta

import pytest
from marshmallow import ValidationError
from sqlalchemy import select

from kb.errors import NotValid
from kb.exchange.files import read_yaml
from kb.helpdesk.desk_files import take_in_desks, write_desks
from kb.helpdesk.desk_given import DeskSchema, DutySchema, spans, written
from kb.helpdesk.desk_service import store
from kb.helpdesk.desk_tables import (
    Desk,
    DeskDuty,
    DeskHoliday,
    DeskHours,
    DeskName,
    DeskRule,
)
from kb.helpdesk.desks import away_on, read_desks
from kb.helpdesk.question_tables import Message, Question
from kb.language import INTERFACE
from kb.people.models import Person, Role, RoleGrant, ScopeKind
from kb.regions.holding import read_holding
from kb.settings import shipped
from tests.helpdesk.house import desk, said, world


def seen(session, now=None):
    return read_desks(session, read_holding(session), now)


TODAY = datetime.now(UTC).date()
ON_ONE = pytest.mark.parametrize("database", ["sqlite"])


def problems(**more):
    with pytest.raises(ValidationError) as refused:
        DeskSchema().load(said(**more))
    return set(refused.value.messages_dict)


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("code", ""),
        ("code", "West Africa"),
        ("code", "x" * 60),
        ("zone", ""),
        ("zone", "Africa/Nowhere"),
        ("zone", "../../etc/passwd"),
        ("zone", "\x00"),
        ("languages", ""),
        ("languages", "xx"),
        ("languages", "und"),
        ("themes", "no such,thing"),
        ("name_ar", "x" * 81),
        ("name_fr", "a\u202eb"),
        ("hours_mon", "8-12"),
        ("hours_mon", "08:00-07:00"),
        ("hours_mon", "08:00-25:00"),
        ("hours_mon", "08:00-12:00 11:00-13:00"),
        ("hours_mon", "08:60-12:00"),
        ("first_within", "0"),
        ("next_within", "two"),
        ("settled_within", "1001"),
        ("holidays", "Christmas"),
        ("holidays", "2026-02-30 no such day"),
        (
            "holidays",
            "\n".join(f"{date(2027, 1, 1) + timedelta(n)}" for n in range(367)),
        ),
    ],
)
def test_what_does_not_fit_is_named(field, given):
    assert problems(**{field: given}) == {field}


def test_a_desk_promises_so_many_hours_or_what_is_usual():
    desk = DeskSchema().load(said(first_within="7"))
    assert (desk["first_within"], desk["settled_within"]) == (7 * 60, 70 * 60)


def test_one_name_in_any_language_will_do():
    nameless = {f"name_{language}": "" for language in INTERFACE}
    assert problems(**nameless) == {"name_en"}
    DeskSchema().load(said(**nameless | {"name_sw": "Dawati la Magharibi"}))


def test_a_desk_is_named_as_well_as_it_can_be(session):
    world(session)
    desk(session, "west", "BF", name_en="", name_fr="Ouest")
    west = seen(session).by_code["west"]
    assert [west.name(x) for x in ("fr", "sw", "en")] == ["Ouest"] * 3


def test_a_desk_that_would_never_work_is_refused():
    closed = {f"hours_{day}": "" for day in ("mon", "tue", "wed", "thu", "fri")}
    assert problems(**closed) == {"hours_mon"}
    year = "\n".join(f"{TODAY + timedelta(n)} rest" for n in range(366))
    assert problems(holidays=year) == {"holidays"}
    but_one = "\n".join(f"{TODAY + timedelta(n)} rest" for n in range(7, 366))
    assert len(DeskSchema().load(said(holidays=but_one))["holidays"]) == 359


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("8:00-12:00", "08:00-12:00"),
        ("13:00-16:00 08:00-12:00", "08:00-12:00 13:00-16:00"),
        ("08:00\u201312:00", "08:00-12:00"),
        ("00:00-24:00", "00:00-24:00"),
        ("", ""),
    ],
)
def test_working_times_are_read_as_people_write_them(typed, kept):
    assert written(spans(typed)) == kept


@ON_ONE
@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"region": "nowhere"}, "region"),
        ({"parent": "nowhere"}, "parent"),
        ({"code": "top", "parent": "top", "region": "001"}, "parent"),
        ({"code": "top", "parent": "low", "region": "001"}, "parent"),
        ({"themes": "rice nonsense"}, "themes"),
    ],
)
def test_a_desk_fits_those_that_stand(session, change, field):
    world(session)
    top = desk(session, "top", "001")
    desk(session, "mid", "002", parent="top")
    desk(session, "low", "BF", parent="mid")
    stands = top if change.get("code") == "top" else None
    with pytest.raises(NotValid) as refused:
        store(session, DeskSchema().load(said("new") | change), stands)
    assert set(refused.value.problems) == {field}


def test_desks_around_a_place_come_nearest_first_each_with_those_it_turns_to(session):
    world(session)
    desk(session, "africa", "002")
    desk(session, "world", "001")
    desk(session, "sahel", "sahel", parent="world")
    desk(session, "bf", "BF", parent="sahel")
    desk(session, "india", "IN")
    around = {
        place: [each.code for each in seen(session).around(place)]
        for place in ("BF-10", "NE", "IN", "US", "", "XX")
    }
    assert around == {
        "BF-10": ["bf", "sahel", "world", "africa"],
        "NE": ["sahel", "world", "africa"],
        "IN": ["india", "world"],
        "US": ["world"],
        "": [],
        "XX": [],
    }


NOW = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
"""Half past eleven in Ouagadougou; in Niamey the next day has begun."""


def an_expert(session):
    """Give somebody at the desk ``bf``, and her role there."""
    person = Person(name="Awa", languages="fr", created=NOW, confirmed=NOW)
    session.add(person)
    session.flush()
    grant = RoleGrant(
        person_id=person.id, role=Role.EXPERT, scope_kind=ScopeKind.DESK, scope="bf",
        granted_by="x", granted=NOW,
    )  # fmt: skip
    session.add(grant)
    return person, grant


@ON_ONE
@pytest.mark.parametrize(
    ("zone", "away", "on_duty"),
    [
        ("Africa/Ouagadougou", None, True),
        ("Africa/Ouagadougou", (date(2026, 11, 1), date(2026, 11, 23)), False),
        ("Africa/Niamey", (date(2026, 11, 1), date(2026, 11, 23)), True),
        ("Africa/Niamey", (date(2026, 11, 24), None), False),
        ("Africa/Ouagadougou", (date(2026, 11, 24), None), True),
        ("Africa/Ouagadougou", (None, date(2026, 12, 1)), False),
    ],
)
def test_who_is_away_is_not_on_duty_in_the_days_of_her_desk(
    session, zone, away, on_duty
):
    world(session)
    desk(session, "bf", "BF", zone=zone)
    person, grant = an_expert(session)
    if away:
        first, last = away
        duty = DeskDuty(
            desk_code="bf", person_id=person.id, away_from=first, away_until=last
        )
        session.add(duty)
    session.flush()
    assert seen(session, NOW).by_code["bf"].on_duty == on_duty
    grant.revoked = NOW
    session.flush()
    assert not seen(session, NOW).by_code["bf"].on_duty


@ON_ONE
def test_who_answered_as_many_as_she_takes_gets_no_more_that_day(session):
    world(session)
    desk(session, "bf", "BF")
    person, _grant = an_expert(session)
    session.add(DeskDuty(desk_code="bf", person_id=person.id, daily_cap=1))
    question = Question(
        code="1", at=NOW, changed=NOW, words="?", language="fr", reader="fr",
        country="BF", place="", contact="",
    )  # fmt: skip
    session.add(question)
    session.flush()
    assert seen(session, NOW).by_code["bf"].on_duty
    said = Message(
        question_id=question.id, at=NOW, from_asker=False, by_id=person.id, words="!",
        language="fr", own_experience=True,
    )  # fmt: skip
    session.add(said)
    session.flush()
    assert not seen(session, NOW + timedelta(hours=23)).by_code["bf"].on_duty
    assert seen(session, NOW + timedelta(hours=25)).by_code["bf"].on_duty


def test_away_needs_a_first_or_a_last_day_in_order():
    assert not away_on(TODAY, DeskDuty())
    given = {"away_from": "2026-12-02", "away_until": "2026-12-01", "daily_cap": ""}
    for wrong in (given, {"daily_cap": "-1"}, {"daily_cap": "²"}, {"away_from": "x"}):
        with pytest.raises(ValidationError):
            DutySchema().load(wrong)


def all_rows(session):
    tables = (Desk, DeskName, DeskHours, DeskHoliday, DeskRule)
    return [
        sorted(
            tuple(str(v) for c, v in zip(t.__table__.columns, row, strict=True)
                  if c.name not in {"changed", "id"})
            for row in session.execute(select(*t.__table__.columns))
        )
        for t in tables
    ]  # fmt: skip


@ON_ONE
def test_written_and_taken_in_again_desks_are_the_same(session, tmp_path):
    world(session)
    desk(session, "west", "011", holidays="2026-12-25 Noël\n2027-01-01")
    desk(session, "bf", "BF", parent="west", themes="rice")
    desk(session, "ne", "NE", parent="bf")
    session.add(
        DeskRule(
            position=1, region_code="BF", language="", theme="rice", desk_code="ne"
        )
    )
    session.flush()
    stood = all_rows(session)
    assert write_desks(session, tmp_path) == 3
    for each in (DeskRule, DeskHoliday, DeskHours, DeskName):
        session.query(each).delete()
    for code in ("ne", "bf", "west"):
        session.query(Desk).filter_by(code=code).delete()
    session.expunge_all()
    assert take_in_desks(session, tmp_path) == 3
    assert all_rows(session) == stood
    assert take_in_desks(session, tmp_path) == 0


@ON_ONE
def test_a_file_of_desks_that_does_not_fit_is_refused_by_row_and_field(
    session, tmp_path
):
    world(session)
    desk(session, "west", "011")
    write_desks(session, tmp_path)
    path = tmp_path / "desks" / "desks.yaml"
    text = path.read_text().replace("code: west", "code: east")
    path.write_text(text.replace("Africa/Ouagadougou", "Mars/Base").replace("011", "X"))
    with pytest.raises(NotValid) as refused:
        take_in_desks(session, tmp_path)
    assert set(refused.value.problems) == {"desks/desks.yaml: desks.0.zone"}
    path.write_text("desks: [1]")
    with pytest.raises(NotValid):
        take_in_desks(session, tmp_path)


def test_the_desks_that_come_with_the_program_cover_where_records_come_from(seeded):
    with seeded.office.database.reading() as session:
        desks = seen(session)
    assert len(desks.regional()) == 5
    for record in (shipped("seeds") / "desks").parent.glob("*/*/record.yaml"):
        for site in read_yaml(record).get("sites", []):
            country = site.get("country", "US")
            if country != "US":
                assert desks.nearest(country).region == country, record
    assert all(set(d.names) == set(INTERFACE) for d in desks.by_code.values())
    assert desks.nearest("US") is None
    assert [d.code for d in desks.around("TN")] == ["tn", "near-east"]
