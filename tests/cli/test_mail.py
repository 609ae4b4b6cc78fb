"""Mail comes in by a real door: from a mail server's pipe, and from a mailbox."""

import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from sqlalchemy import select

from kb.cli.doctor import examine
from kb.cli.mail import fetch, take_in
from kb.cli.office import Desk
from kb.errors import Unavailable
from kb.helpdesk.mail_tables import MailIn
from kb.helpdesk.question_tables import Message, Question
from kb.inbox import box
from kb.messages.imap import open_mailbox
from kb.messages.open import open_sender
from kb.migrations.apply import upgrade
from kb.outbox import Letter, LetterState
from kb.settings import Settings
from kb.worker import send_due
from tests.messages.peers import mail_server, mailbox

KEY = "a key for the tests of mail"
RAW = (
    b"From: awa@farm.example\nTo: help@humus.example\nMessage-ID: <one@farm.example>\n"
    b"Subject: Zai pits\n\nHow far apart do zai pits stand?\n"
)


@pytest.fixture
def desk(tmp_path):
    desk = Desk(
        Settings(
            home=str(tmp_path), address="https://humus.example", secret_key=KEY,
            help_address="help@humus.example",
        )
    )  # fmt: skip
    upgrade(desk.database.engine)
    yield desk
    desk.database.engine.dispose()


def rows(desk, table):
    with desk.database.reading() as session:
        return session.scalars(select(table).order_by(table.id)).all()


def received(raw, home, *words, **settings):
    """Hand a mail over as Postfix and Exim do; give exit code and what was said."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("KB_")}
    done = subprocess.run(
        [sys.executable, "-m", "kb.cli", *words, "mail", "receive"],
        input=raw, capture_output=True, check=False,
        env=kept | {"KB_HOME": str(home)} | settings,
    )  # fmt: skip
    return done.returncode, done.stderr.decode()


def test_a_mail_handed_over_is_on_the_disk_and_then_a_question(desk):
    assert received(RAW, desk.settings.home) == (os.EX_OK, "")
    (path,) = box.lying(desk.settings.letterbox)
    assert path.read_bytes() == RAW
    assert path.stat().st_mode & 0o077 == 0
    assert take_in(desk) == 1
    assert [row.contact for row in rows(desk, Question)] == ["awa@farm.example"]
    assert box.lying(desk.settings.letterbox) == []


@pytest.mark.thorough
def test_the_folder_may_be_named_before_the_command(desk, tmp_path):
    code, _said = received(RAW, "/nowhere", "--home", str(tmp_path))
    assert code == os.EX_OK
    assert len(box.lying(tmp_path / "mail-in")) == 1


@pytest.mark.thorough
@pytest.mark.parametrize("raw", [b"", b" \n\n"])
def test_an_empty_mail_goes_back(desk, raw):
    code, said = received(raw, desk.settings.home)
    assert (code, said) == (os.EX_DATAERR, "this mail is empty\n")


@pytest.mark.thorough
def test_a_mail_that_is_too_large_goes_back(desk):
    code, said = received(RAW + b"x" * box.MOST_BYTES, desk.settings.home)
    assert code == os.EX_DATAERR
    assert "larger" in said
    assert not desk.settings.letterbox.exists()


@pytest.mark.thorough
def test_whatever_else_is_wrong_the_mail_server_keeps_the_mail(desk, tmp_path):
    (tmp_path / "file").touch()
    assert received(RAW, tmp_path / "file")[0] == os.EX_TEMPFAIL
    code, said = received(RAW, tmp_path, KB_HOUSE="x")
    assert code == os.EX_TEMPFAIL
    assert "KB_HOUSE" in said


@pytest.mark.thorough
def test_a_mail_at_which_the_program_breaks_off_stops_no_other(desk):
    bad = box.put(desk.settings.letterbox, RAW)
    for _each in range(box.MOST_TRIES):
        bad = box.begin(bad)
    box.put(desk.settings.letterbox, RAW.replace(b"<one", b"<two"))
    assert take_in(desk) == 1
    assert [row.name for row in rows(desk, MailIn)] == ["<two@farm.example>"]
    assert box.given_up(desk.settings.letterbox) == [bad]
    wrong = [said for well, said, _mend in examine(desk) if not well]
    assert any("1 cannot be" in said for said in wrong)


@pytest.mark.thorough
def test_only_one_empties_the_box(desk):
    box.put(desk.settings.letterbox, RAW)
    with box.emptying(desk.settings.letterbox) as alone:
        assert alone
        assert take_in(desk) == 0
    assert take_in(desk) == 1


@pytest.mark.thorough
def test_what_was_taken_in_before_a_crash_is_known_after_it(desk):
    path = box.put(desk.settings.letterbox, RAW)
    child = os.fork()
    if not child:
        try:
            box.done = lambda _path: os.kill(os.getpid(), signal.SIGKILL)
            take_in(Desk(desk.settings))
        finally:
            os._exit(0)
    assert os.waitpid(child, 0)[1] == signal.SIGKILL
    assert not path.exists()
    assert len(box.lying(desk.settings.letterbox)) == 1
    assert take_in(desk) == 1
    assert len(rows(desk, Question)) == 1
    assert len(rows(desk, Letter)) == 1


@pytest.mark.thorough
def test_a_mailbox_is_emptied_and_each_mail_is_a_question(desk):
    with mailbox() as there:
        mine = Desk(replace(desk.settings, mail_in=there.url))
        for number in range(3):
            there.deliver(RAW.replace(b"<one", f"<{number}".encode()))
        there.deliver(RAW.replace(b"<one", b"<2"))
        assert fetch(mine) == 4
        assert there.left() == 0
        assert fetch(mine) == 0
        there.deliver(RAW + b"Once more\n" * 2_000_000)
        assert fetch(mine) == 1
    assert take_in(mine) == 5
    assert [row.suspect for row in rows(desk, Question)] == [False] * 4
    mine.database.engine.dispose()


@pytest.mark.thorough
def test_a_mailbox_keeps_what_could_not_be_put_on_the_disk(desk):
    def full(_raw):
        raise OSError(28, "No space left on device")

    with mailbox() as there:
        there.deliver(RAW)
        box_ = open_mailbox(there.url)
        with pytest.raises(Unavailable, match="No space"):
            box_.fetch(full, most_bytes=1000)
        assert there.left() == 1
        assert box_.fetch(bytes, most_bytes=1000) == 1


def test_a_mailbox_that_refuses_is_said_without_the_password():
    with mailbox() as there:
        wrong = open_mailbox(there.url.replace("hidden", "mistaken"))
        with pytest.raises(Unavailable) as refused:
            wrong.fetch(bytes, most_bytes=1000)
        nowhere = open_mailbox(f"{there.url}&folder=Nowhere")
        with pytest.raises(Unavailable, match="no folder"):
            nowhere.fetch(bytes, most_bytes=1000)
    assert "mistaken" not in f"{refused.value} {wrong!r}"
    with pytest.raises(Unavailable, match=r"127\.0\.0\.1"):
        open_mailbox(there.url).fetch(bytes, most_bytes=1000)


@pytest.mark.parametrize(
    "url",
    ["imap://", "imap://host", "pop://u:p@host", "imap://u@h?tls=maybe", "imap://u@h:x",
     'imap://u@h?folder="', "imap://u@h?more=1"],
)  # fmt: skip
def test_a_mailbox_that_is_none_is_refused(url):
    with pytest.raises(Unavailable, match="KB_MAIL_IN"):
        open_mailbox(url)


def test_a_mailbox_is_spoken_to_in_secret_unless_told_otherwise():
    there = open_mailbox("imap://u%40x:p%2Fw@mail.example?folder=Help")
    said = (there.port, there.tls, there.user, there.password, there.folder)
    assert said == (993, "yes", "u@x", "p/w", "Help")


def sending(desk, port):
    url = f"smtp://127.0.0.1:{port}?tls=no&from=robot@humus.example"
    return open_sender(replace(desk.settings, mail=url))


def test_an_answer_to_our_mail_comes_back_to_its_question(desk):
    box.put(desk.settings.letterbox, RAW)
    take_in(desk)
    mails = []
    with mail_server(lambda e: mails.append(e.content)) as port:
        assert send_due(desk.database.writing, sending(desk, port)) == 1
    ours = message_from_bytes(mails[0], policy=default)
    assert ours["Reply-To"] == "help@humus.example"
    assert ours["In-Reply-To"] == "<one@farm.example>"
    assert ours["References"].split()[-1] == "<one@farm.example>"
    assert all(len(line) < 998 for line in mails[0].splitlines())
    reply = EmailMessage()
    reply["From"], reply["To"] = "awa@farm.example", ours["Reply-To"]
    reply["Subject"], reply["Message-ID"] = (
        f"Re: {ours['Subject']}",
        "<two@farm.example>",
    )
    reply["In-Reply-To"] = ours["Message-ID"]
    reply["References"] = f"{ours['References']} {ours['Message-ID']}"
    quoted = "".join(f"> {line}\n" for line in ours.get_content().splitlines())
    reply.set_content(
        f"And on sand?\n\nOn Tue, Humus <robot@humus.example> wrote:\n{quoted}"
    )
    box.put(desk.settings.letterbox, reply.as_bytes())
    take_in(desk)
    assert [row.words for row in rows(desk, Message)] == ["And on sand?"]
    assert len(rows(desk, Question)) == 1


@pytest.mark.thorough
def test_our_own_mail_that_comes_back_goes_no_further(desk):
    box.put(desk.settings.letterbox, RAW)
    take_in(desk)
    mails = []
    with mail_server(lambda e: mails.append(e.content)) as port:
        send_due(desk.database.writing, sending(desk, port))
        for _round in range(3):
            box.put(desk.settings.letterbox, mails[0])
            take_in(desk)
            assert send_due(desk.database.writing, sending(desk, port)) == 0
    assert len(mails) == 1
    assert len(rows(desk, Question)) == 1


@pytest.mark.thorough
def test_a_worker_killed_between_sent_and_recorded_sends_at_most_once_more(desk):
    """None is lost: the one that was on its way goes again, under the same name."""
    for number in range(3):
        box.put(desk.settings.letterbox, RAW.replace(b"awa@", f"a{number}@".encode()))
    take_in(desk)
    mails, child = [], 0

    def taken(envelope):
        mails.append((envelope.rcpt_tos[0], message_from_bytes(envelope.content)))
        if len(mails) == 2:
            os.kill(child, signal.SIGKILL)  # it has the mail, and the worker no answer

    with mail_server(taken) as port:
        child = os.fork()
        if not child:
            try:
                mine = Desk(desk.settings)
                send_due(mine.database.writing, sending(mine, port))
            finally:
                os._exit(0)
        assert os.waitpid(child, 0)[1] == signal.SIGKILL
        with desk.database.writing() as session:
            for letter in session.scalars(select(Letter)):
                letter.next_try = datetime.now(UTC)
            session.commit()
        assert send_due(desk.database.writing, sending(desk, port)) == 2
    names = [(to, mail["Message-ID"]) for to, mail in mails]
    assert len(names) == 4
    assert len(set(names)) == 3
    assert {row.state for row in rows(desk, Letter)} == {LetterState.SENT}


def test_the_way_in_loads_no_database():
    said = "import sys; import kb.cli.receive; print('sqlalchemy' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", said], capture_output=True, check=True, text=True,
        cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert done.stdout == "False\n"
