"""Whatever is kept of people is in their file, told to all, and ends in time."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from kb.belongings import BELONGINGS, KEPT
from kb.credit.models import Certificate, CertificateLine
from kb.database import Base
from kb.directory.models import Listing
from kb.feedback.models import Comment, FollowUp, Helpful, Report, Result, Tried
from kb.helpdesk.mail_tables import MailIn
from kb.helpdesk.question_tables import Question
from kb.helpdesk.text_tables import Talk, TextIn
from kb.outbox import Letter
from kb.people.about_me import everything_about
from kb.people.models import ApiToken, Link, Pace, Person, SignedIn
from kb.pictures.models import Picture
from kb.planning.models import Plan, PlanPractice
from kb.search.gaps import Sought
from kb.sms.tables import EarlyReceipt, Phone, SeenPost, TextPart
from kb.worker import tidy
from tests import make
from tests.writing import desk

PERSONAL = {"person_id", "email", "contact", "recipient", "address", "voter", "done_by"}
PERSONAL |= {"phone", "phone_id"}
"""Columns that point at a person though no key does."""


def about_people():
    """Give the tables that hold anything of a person."""
    for table in Base.metadata.sorted_tables:
        keys = {key.target_fullname for key in table.foreign_keys}
        if "person.id" in keys or PERSONAL & set(table.columns.keys()):
            yield table.name


def test_no_table_with_a_person_is_forgotten():
    told = {table.__tablename__ for kept in KEPT for table in kept.tables}
    assert set(about_people()) <= told


def test_every_part_that_is_told_of_is_in_her_file(session):
    everything = everything_about(session, desk.person(session, "Awa"), BELONGINGS)
    for kept in KEPT:
        for part in kept.parts:
            found = everything
            for name in part.split("."):
                assert name in found, part
                found = found[name]


def test_her_file_names_no_part_that_is_not_told_of(session):
    everything = everything_about(session, desk.person(session, "Awa"), BELONGINGS)
    rooms = {room.name for room in BELONGINGS}
    parts = {name for name in everything if name not in rooms}
    for room in rooms:
        shown = everything[room]
        parts |= {f"{room}.{n}" for n in shown} if isinstance(shown, dict) else {room}
    assert parts == {part for kept in KEPT for part in kept.parts}


def test_what_is_in_nobodys_file_points_at_nobody():
    for kept in KEPT:
        for table in kept.tables if not kept.parts else ():
            keys = {key.target_fullname for key in table.__table__.foreign_keys}
            assert "person.id" not in keys, table


PLANTED = {
    SignedIn: 30,
    Link: 30,
    ApiToken: 30,
    Pace: 0,
    Letter: 30,
    Comment: 90,
    FollowUp: 0,
    Certificate: 30,
    Sought: 400,
    EarlyReceipt: 2,
    SeenPost: 2,
    Plan: 730,
    Listing: 180,
}
"""What is tried here: table → days after which a row of it goes."""
TRIED_THERE = {
    Person,
    Helpful,
    Tried,
    Report,
    Result,
    CertificateLine,
    Picture,
    Question,
    MailIn,
    Phone,
    TextIn,
    Talk,
    TextPart,
    PlanPractice,
}
"""What is tried beside its room, for more than a row that goes belongs to it."""


def test_all_that_has_a_day_to_end_on_is_tried():
    clocked = {table for kept in KEPT if kept.days is not None for table in kept.tables}
    assert clocked == set(PLANTED) | TRIED_THERE


def planted(session):
    """Put in one row of each that is just too old, and one that is not."""
    number = make.record(session, make.vocabularies(session), "zai").id
    person = desk.person(session, "Awa")
    now = datetime.now(UTC)
    for table, days in PLANTED.items():
        old, new = now - timedelta(days=days + 1), now + timedelta(hours=1)
        session.add(aged(table, "old", old, number, person.id))
        session.add(aged(table, "new", new, number, person.id))
    session.flush()


def aged(table, name, at, number, person_id):
    """Give a row that ended then."""
    by = {"person_id": person_id}
    said = {"record_id": number, "language": "en"}
    rows = {
        SignedIn: {
            "digest": name, "device": "", "whole": True, "created": at,
            "last_used": at, "revoked": at, **by,
        },
        Link: {"digest": name, "purpose": "reset", "expires": at, **by},
        ApiToken: {
            "name": name, "digest": name, "scope": "read", "created": at,
            "expires": at, **by,
        },
        Pace: {"key": name, "due": at},
        Letter: {
            "purpose": "reset", "recipient": f"{name}@x.example", "language": "en",
            "message_id": name, "subject": "", "text": "", "state": "sent",
            "written": at, "next_try": at,
        },
        EarlyReceipt: {"gateway_id": name, "state": "sent", "at": at},
        SeenPost: {"digest": name, "at": at},
        Comment: {"state": "refused", "decided": at, "at": at, "words": name,
            "name": "", "contact": "", **said},
        Certificate: {"token": name, "name": name, "made": at, "revoked": at, **by},
        Sought: {
            "day": at.date(), "language": "en", "zone": "", "words": name,
            "times": 1, "in_vain": 0, "opened": 0,
        },
        Plan: {
            "digest": name, "made": at, "changed": at, "said": "", "country": "",
            "place": "", "goals": [], "notes": name, **by,
        },
        Listing: {
            "digest": name, "kind": "institution", "state": "waiting", "made": at,
            "name": name, "about": name, "country": "", "languages": [],
            "themes": [], "website": "", "email": f"{name}@x.example",
            "shows_email": False, "wording": "", "language": "en",
        },
        FollowUp: {
            "address": f"{name}@x.example", "begun": at, "due": at, "digest": name,
            "expires": at, "state": "asked", **said,
        },
    }  # fmt: skip
    return table(**rows[table])


@pytest.mark.parametrize("again", [False, True])
def test_the_worker_keeps_to_every_day_that_is_promised(empty, again):
    sessions = empty.office.database.writing
    with sessions() as session:
        planted(session)
        session.commit()
    tidy(sessions)
    if again:
        tidy(sessions)
    with sessions() as session:
        for table in PLANTED:
            assert len(session.scalars(select(table)).all()) == 1, table
