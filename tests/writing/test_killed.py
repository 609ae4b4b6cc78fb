"""A web process killed while drafts are saved: every save it acknowledged is there."""

import gc
import os
import signal
from http.client import HTTPConnection, HTTPException
from random import Random
from threading import Thread, Timer
from urllib.parse import urlencode

import pytest
from sqlalchemy import text
from werkzeug.serving import WSGIRequestHandler, make_server

from kb.writing.models import Draft, DraftSave
from kb.writing.service import NEWEST_KEPT
from tests.conftest import often
from tests.people.visitor import Visitor, rows
from tests.web.test_write import SHORT

ROUNDS = often(2, 20)
DRAFTS = 2
COOKIES = ("signed-in", "form")
LATEST_SECONDS = 0.4
"""After so long at the latest it is killed; it makes some twenty saves in that time."""


class Quiet(WSGIRequestHandler):
    """Answers without a line in the log."""

    def log(self, *said):
        """Say nothing."""


class Writer:
    """Saves one draft again and again, and knows what was acknowledged."""

    def __init__(self, visitor, number):
        self.number, self.token = number, visitor.token("/write")
        known = {name: visitor.browser.get_cookie(name) for name in COOKIES}
        self.cookies = "; ".join(f"{n}={c.value}" for n, c in known.items() if c)
        self.revision, self.saves, self.kept = 1, 0, {}

    def save_until_killed(self, port):
        try:
            while True:
                self.save(port)
        except (OSError, HTTPException):
            pass

    def save(self, port):
        self.saves += 1
        words = f"Save {self.saves}."
        form = {"form_token": self.token, "revision": self.revision, "text.how": words}
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        headers = {
            "Cookie": self.cookies,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        path = f"/en/write/{self.number}/words"
        connection.request("POST", path, urlencode(form), headers)
        reply = connection.getresponse()
        assert reply.status == 303, reply.read()
        self.revision += 1
        self.kept[self.revision] = words

    def find_all_kept(self, session):
        """Look for each save; go on from what stands there now."""
        draft = session.get(Draft, self.number)
        assert self.revision <= draft.revision <= self.revision + 1
        for revision, words in self.kept.items():
            if revision > draft.revision - NEWEST_KEPT:
                saved = session.get(DraftSave, (self.number, revision))
                assert saved.document["texts"]["en"]["how"] == words
        assert (
            draft.document
            == session.get(DraftSave, (self.number, draft.revision)).document
        )
        self.revision = draft.revision


@pytest.fixture
def writers(either):
    visitor = Visitor(either.app).at_home()
    for number in range(DRAFTS):
        visitor.post("/write", SHORT | {"once": f"form{number}"})
    return [Writer(visitor, draft.id) for draft in rows(either.app, Draft)]


def killed_while_saving(house, writers, after):
    """Serve in a process of its own, save until it is killed."""
    server = make_server("127.0.0.1", 0, house.app, True, request_handler=Quiet)
    house.engine.dispose()
    child = os.fork()
    if not child:
        gc.disable()
        server.serve_forever()
    port = server.server_port
    server.server_close()
    writers[0].save(port)
    saving = [Thread(target=w.save_until_killed, args=[port]) for w in writers]
    for one in saving:
        one.start()
    kill = Timer(after, os.kill, (child, signal.SIGKILL))
    kill.start()
    for one in (*saving, kill):
        one.join()
    os.waitpid(child, 0)


@pytest.mark.thorough
def test_a_web_process_killed_at_any_moment_loses_no_save_it_acknowledged(
    either, writers
):
    chance = Random(5)
    for _ in range(ROUNDS):
        killed_while_saving(either, writers, chance.uniform(0.02, LATEST_SECONDS))
        with either.office.database.reading() as session:
            for writer in writers:
                writer.find_all_kept(session)
    assert sum(len(writer.kept) for writer in writers) >= ROUNDS
    if either.engine.dialect.name == "sqlite":
        with either.engine.connect() as connection:
            assert connection.scalar(text("PRAGMA integrity_check")) == "ok"
