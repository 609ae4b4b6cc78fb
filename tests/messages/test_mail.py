"""Mail goes to a folder, the terminal or a server, and no header can be forged."""

import socketserver
import threading
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default

import pytest

from kb.errors import Unavailable
from kb.messages.mail import Console, Folder, Smtp, as_mail
from kb.messages.open import open_sender
from kb.outbox import Letter, NotSent
from kb.settings import Settings
from kb.stopping import Links, read_token


def letter(**said):
    usual = {
        "message_id": "a1",
        "recipient": "awa@farm.example",
        "language": "ar",
        "purpose": "reset",
        "subject": "كلمة سر جديدة",
        "text": "مرحبًا\n\nhttps://h.example/ar/reset/new?token=x\n",
        "written": datetime(2026, 11, 23, tzinfo=UTC),
    }
    return Letter(**(usual | said))


class Conversation(socketserver.StreamRequestHandler):
    """Speaks as much SMTP as a client needs; the server says how it answers."""

    def handle(self):
        self.say("220 post.example")
        while line := self.rfile.readline().decode().strip():
            verb = line.split(" ")[0].split(":")[0].upper()
            if verb == "DATA":
                self.say("354 go on")
                self.server.mails.append(self.mail())
            self.server.heard.append(line)
            self.say(self.server.answers.get(verb, "250 fine"))
            if verb == "QUIT":
                return

    def say(self, line):
        self.wfile.write(f"{line}\r\n".encode())

    def mail(self):
        lines = iter(self.rfile.readline, b".\r\n")
        return message_from_bytes(b"".join(lines), policy=default)


@pytest.fixture
def server():
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Conversation) as server:
        server.daemon_threads = True
        server.answers, server.mails, server.heard = {"QUIT": "221 bye"}, [], []
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server
        server.shutdown()


def smtp(server, more="tls=no&from=help@humus.example"):
    port = server.server_address[1]
    return open_sender(Settings(mail=f"smtp://127.0.0.1:{port}?{more}"))


def test_a_server_gets_the_message_whole(server):
    smtp(server).send(letter())
    (mail,) = server.mails
    assert mail["To"] == "awa@farm.example"
    assert mail["From"] == "Humus <help@humus.example>"
    assert mail["Subject"] == "كلمة سر جديدة"
    assert mail["Message-ID"] == "<a1@humus.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert "token=x" in mail.get_content()


@pytest.mark.parametrize(
    ("verb", "said", "for_good", "dead"),
    [
        ("RCPT", "550 no such mailbox", True, False),
        ("RCPT", "550 5.1.1 no such mailbox", True, True),
        ("RCPT", "550 5.1.10", True, True),
        ("RCPT", "550", True, False),
        ("RCPT", "554 5.7.1 not from you", True, False),
        ("RCPT", "552 5.2.2 mailbox full", True, False),
        ("RCPT", "450 4.1.1 mailbox busy", False, False),
        ("RCPT", "450 5.1.1 undecided", False, False),
        ("MAIL", "451 try later", False, False),
        ("DATA", "354 go on", False, False),
    ],
)
def test_what_a_server_refuses_is_known(server, verb, said, for_good, dead):
    server.answers[verb] = said
    with pytest.raises(NotSent) as refused:
        smtp(server).send(letter())
    assert (refused.value.for_good, refused.value.dead) == (for_good, dead)


def test_no_password_goes_over_an_open_line(server):
    sender = replace(smtp(server), tls="start", user="u", password="hidden")
    with pytest.raises(NotSent) as refused:
        sender.send(letter())
    assert not [line for line in server.heard if "AUTH" in line]
    assert "hidden" not in f"{refused.value} {sender!r}"


def test_a_server_that_is_gone_is_said(server):
    server.server_close()
    with pytest.raises(NotSent, match="127"):
        smtp(server).send(letter())


@pytest.mark.parametrize("part", ["recipient", "subject"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_a_line_break_never_reaches_a_header(tmp_path, part, end):
    forged = letter(**{part: f"x{end}Bcc: all@farm.example"})
    with pytest.raises(NotSent) as refused:
        Folder(tmp_path, "a@b.example").send(forged)
    assert refused.value.for_good
    assert list(tmp_path.iterdir()) == []


def test_a_folder_keeps_messages_for_its_owner_only(tmp_path):
    sender = open_sender(Settings(home=str(tmp_path)))
    sender.send(letter())
    (kept,) = (tmp_path / "mail").iterdir()
    assert kept.stat().st_mode & 0o077 == 0
    mail = message_from_bytes(kept.read_bytes(), policy=default)
    assert mail["Subject"] == "كلمة سر جديدة"


def test_a_folder_that_cannot_be_is_said(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(NotSent):
        Folder(tmp_path / "file", "a@b.example").send(letter())


def test_the_terminal_shows_messages(capsys):
    Console("a@b.example").send(letter())
    assert "token=x" in capsys.readouterr().out


@pytest.mark.parametrize(
    "url",
    [
        "folder:",
        "pigeon:x",
        "smtp://",
        "smtp://h:port",
        "smtp://h?tls=maybe",
        "smtp://h?x=1",
        "smtp://[h",
    ],
)
def test_a_way_that_is_none_is_refused(url):
    with pytest.raises(Unavailable, match="KB_MAIL"):
        open_sender(Settings(mail=url))


def test_a_server_is_spoken_to_in_secret_unless_told_otherwise():
    sender = open_sender(Settings(mail="smtp://u%40x:p%2Fw@mail.example"))
    assert sender == Smtp("mail.example", 587, "u@x", "p/w", "start", "humus@localhost")
    assert open_sender(Settings(mail="smtp://m.example?tls=yes")).port == 465


LINKS = Links("https://humus.example/", "a key")
ONE_CLICK = "List-Unsubscribe=One-Click"


@pytest.mark.parametrize("purpose", ["review-due", "question-waits", "following-news"])
def test_what_nobody_asked_for_names_where_it_ends(server, purpose):
    port = server.server_address[1]
    url = f"smtp://127.0.0.1:{port}?tls=no&from=help@humus.example"
    settings = Settings(mail=url, address=LINKS.site, secret_key=LINKS.key)
    open_sender(settings).send(letter(purpose=purpose))
    (mail,) = server.mails
    assert mail["List-Unsubscribe-Post"] == ONE_CLICK
    address = mail["List-Unsubscribe"]
    assert address.startswith("<https://humus.example/ar/mail/stop?token=")
    stop = read_token("a key", address.strip("<>").partition("token=")[2])
    assert purpose == "question-waits" or stop.topic in {"reminders", "following"}
    assert "awa" not in address


def test_its_line_is_never_broken():
    raw = as_mail(letter(purpose="review-due"), "h@x.example", LINKS).as_bytes()
    (line,) = [one for one in raw.split(b"\r\n") if one.startswith(b"List-Unsub")][:1]
    assert line.endswith(b">")
    assert 100 < len(line) < 998
    assert b"=?" not in line


@pytest.mark.parametrize("purpose", ["sign-in", "reset", "confirm", "question-asked"])
def test_what_was_asked_for_just_now_names_none(purpose):
    mail = as_mail(letter(purpose=purpose), "help@humus.example", LINKS)
    assert mail["List-Unsubscribe"] is None
    assert mail["List-Unsubscribe-Post"] is None


def test_without_https_no_program_is_asked_to_click():
    links = Links("http://127.0.0.1:8000", "a key")
    mail = as_mail(letter(purpose="review-due"), "help@humus.example", links)
    assert mail["List-Unsubscribe"].startswith("<http://127.0.0.1:8000/ar/mail/stop?")
    assert mail["List-Unsubscribe-Post"] is None


@pytest.mark.parametrize("links", [Links(), Links("https://x.example"), Links("", "k")])
def test_without_key_or_address_there_is_none(links):
    mail = as_mail(letter(purpose="review-due"), "help@humus.example", links)
    assert mail["List-Unsubscribe"] is None
