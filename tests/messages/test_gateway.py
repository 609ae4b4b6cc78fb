"""Texts are handed over as the file of a gateway says, to a real peer."""

import json
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from urllib.parse import parse_qs

import pytest

from kb.messages.gateway import GatewaySender
from kb.outbox import NotSent
from kb.sms.outgoing import Handed, WantsNothing
from tests.cli.terminal import free_port
from tests.sms.post import gateway

TEXT = Handed("+22670123456", "Salut {to} عربي", "ref1", "fr")


@contextmanager
def peer(status=200, said=b"{}"):
    """Run a gateway that answers always the same; give its address, what it got."""
    got = []

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self):
            raw = self.rfile.read(int(self.headers["Content-Length"]))
            got.append((self.path, dict(self.headers), raw))
            self.send_response(status)
            if status == 302:
                self.send_header("Location", "/elsewhere")
            if said == b"cut":
                self.send_header("Content-Length", "100")
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_rest):
            pass

    server = HTTPServer(("127.0.0.1", 0), Answers)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/send", got
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def sender(folder, url, more=""):
    said = f'[send]\nurl = "{url}"\nstopped = "21610"\n{more}'
    return GatewaySender(gateway(folder, said))


def test_json_with_fields_in_fields(tmp_path):
    more = """id = "parts.*.id"
[send.headers]
Authorization = "Bearer hidden"
[send.fields]
"message.to" = "{to}"
"message.body" = "{text}"
sender = "{from}"
"""
    with peer(said=b'{"parts": [{"id": "a"}, {"id": 7}]}') as (url, got):
        assert sender(tmp_path, url, more).send(TEXT) == ["a", "7"]
    ((path, headers, raw),) = got
    assert path == "/send"
    assert headers["Authorization"] == "Bearer hidden"
    assert headers["Idempotency-Key"] == "ref1"
    assert json.loads(raw) == {
        "message": {"to": TEXT.to, "body": TEXT.text}, "sender": "+22670000000",
    }  # fmt: skip


def test_a_form(tmp_path):
    with peer(said=b"OK") as (url, got):
        assert sender(tmp_path, url, 'format = "form"\nid = "id"').send(TEXT) == []
    said = parse_qs(got[0][2].decode())
    assert said == {"to": [TEXT.to], "text": [TEXT.text], "id": ["ref1"]}


@pytest.mark.parametrize(
    ("status", "for_good"),
    [(500, False), (503, False), (429, False), (408, False), (302, False),
     (400, True), (401, True), (404, True)],
)  # fmt: skip
def test_what_passes_is_tried_again(tmp_path, status, for_good):
    with peer(status, b"no") as (url, got), pytest.raises(NotSent) as refused:
        sender(tmp_path, url).send(TEXT)
    assert refused.value.for_good == for_good
    assert len(got) == 1, "it leads nowhere else"
    assert TEXT.to not in str(refused.value)


def test_an_answer_that_breaks_off_is_an_answer(tmp_path):
    with peer(said=b"cut") as (url, got):
        assert sender(tmp_path, url, 'id = "id"').send(TEXT) == []
    assert len(got) == 1


def test_the_gateway_knows_that_a_number_wants_nothing(tmp_path):
    with peer(400, b'{"code": 21610}') as (url, _got), pytest.raises(WantsNothing):
        sender(tmp_path, url).send(TEXT)


def test_a_gateway_that_is_not_there(tmp_path):
    with pytest.raises(NotSent) as refused:
        sender(tmp_path, f"http://127.0.0.1:{free_port()}/").send(TEXT)
    assert not refused.value.for_good
