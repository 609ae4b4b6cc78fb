"""Texts by commands: trying them, sending them, forgetting a number."""

from dataclasses import replace

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from kb.cli.doctor import examine
from kb.cli.main import main
from kb.cli.office import Desk
from kb.cli.sms import send_by_gateway
from kb.helpdesk.desks import read_desks
from kb.helpdesk.question_tables import Question
from kb.helpdesk.text_tables import TextIn
from kb.inbox.texting import Door, Posted, take_post
from kb.migrations.apply import upgrade
from kb.outbox import Letter
from kb.regions.holding import read_holding
from kb.settings import Settings
from kb.sms.tables import PartState, Phone, TextPart
from tests.messages.test_gateway import peer
from tests.sms.post import AWA, body, gateway, signed

ASKED = "How far apart do zai pits stand on a gentle slope?"


@pytest.fixture
def desk(tmp_path):
    desk = Desk(Settings(home=str(tmp_path)))
    upgrade(desk.database.engine)
    yield desk
    desk.database.engine.dispose()


def run(desk, *words, said=""):
    result = CliRunner().invoke(main, ["--home", desk.settings.home, *words], said)
    return result.exit_code, result.output


def rows(desk, table):
    with desk.database.reading() as session:
        return session.scalars(select(table)).all()


def asked(desk, folder):
    """Let a text come in."""
    raw = body(ASKED)
    with desk.database.writing() as session:
        desks = read_desks(session, read_holding(session))
        posted = Posted(Door.RECEIVE, signed(raw), raw)
        take_post(session, posted, gateway(folder), desks, "")
        session.commit()


def test_a_talk_is_tried_on_the_terminal_and_nothing_is_left(desk):
    code, said = run(desk, "sms", "try", said=f"{ASKED}\nYako\n/As deep as a hand.\n")
    assert code == 0, said
    assert "village" in said
    assert "As deep as a hand." in said
    assert "[1/1 GSM-7 " in said
    assert "parts charged so far: 3" in said
    for table in (Question, Phone, TextIn, Letter):
        assert rows(desk, table) == []


def test_the_worker_hands_texts_over_and_the_number_can_be_forgotten(desk, tmp_path):
    asked(desk, tmp_path)
    assert send_by_gateway(desk) == 0, "there is no gateway"
    with peer(said=b'{"id": "g1"}') as (url, got):
        gateway(tmp_path, f'[send]\nurl = "{url}"\nid = "id"')
        sms = str(tmp_path / "gateway.toml")
        assert send_by_gateway(Desk(replace(desk.settings, sms=sms))) == 1
    assert len(got) == 1
    (part,) = rows(desk, TextPart)
    assert (part.state, part.gateway_id) == (PartState.SENT, "g1")
    assert run(desk, "sms", "forget", AWA) == (0, "forgotten\n")
    assert run(desk, "sms", "forget", AWA) == (0, "this number is not known\n")
    for table in (Phone, TextIn, TextPart, Letter):
        assert rows(desk, table) == []
    assert [row.phone_id for row in rows(desk, Question)] == [None]


def test_the_doctor_reads_the_file(desk, tmp_path):
    path = tmp_path / "gateway.toml"
    path.write_text('key = "short"', "utf-8")
    ill = Desk(replace(desk.settings, sms=str(path)))
    assert any("KB_SMS" in said for well, said, _mend in examine(ill) if not well)
    gateway(tmp_path)
    assert not any("KB_SMS" in said for well, said, _mend in examine(ill) if not well)
