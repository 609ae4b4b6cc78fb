"""Files of pictures and their rows, also when the process is killed between the two."""

import os
import random
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from sqlalchemy import select

from kb.people.models import Person
from kb.pictures.files import GRACE_SECONDS, throw_away
from kb.pictures.models import Picture, State
from kb.pictures.rules import today
from kb.pictures.service import KEEP
from kb.pictures.sizes import SIZES, TYPES
from kb.record.models import Record
from kb.settings import ROOT
from kb.whole_file import write_whole
from kb.worker import tidy_pictures
from tests.conftest import often
from tests.pictures.gallery import NOW, Gallery, photo

EACH = len(SIZES) * len(TYPES)


@pytest.fixture
def gallery(either):
    return Gallery(either.app).stock()


def long_ago(gallery):
    old = time.time() - GRACE_SECONDS - 9
    for path in gallery.folder.rglob("*"):
        os.utime(path, (old, old))


def tidied(gallery):
    database = gallery.app.extensions["kb"].database
    tidy_pictures(database.writing, gallery.folder)


@pytest.mark.thorough
def test_files_go_an_hour_after_the_last_picture_that_needs_them(gallery):
    gallery.shown()
    gallery.send(path="/stories/S-8/pictures")
    gallery.send(data=photo(1))
    here, there, other = gallery.pictures()
    gallery.step("editor", "withdraw", here.id)
    gallery.step("editor", "withdraw", other.id)
    tidied(gallery)
    assert len(gallery.files()) == 2 * EACH
    long_ago(gallery)
    tidied(gallery)
    assert {name[:32] for name in gallery.files()} == {there.digest}
    gallery.set(state=State.WITHDRAWN)
    tidied(gallery)
    assert gallery.files() == []


@pytest.mark.thorough
def test_pictures_whose_consent_is_over_are_withdrawn(gallery):
    gallery.shown()
    gallery.set(consent_until=today())
    tidied(gallery)
    assert gallery.file().status_code == 200
    gallery.set(consent_until=today() - timedelta(days=1))
    long_ago(gallery)
    tidied(gallery)
    assert gallery.pictures()[0].state == State.WITHDRAWN
    assert gallery.file().status_code == 410
    assert gallery.files() == []


@pytest.mark.thorough
def test_what_was_withdrawn_long_ago_is_forgotten(gallery):
    gallery.shown()
    gallery.step("editor", "withdraw")
    gallery.set(since=NOW - KEEP - timedelta(days=400))
    tidied(gallery)
    assert gallery.pictures() == []


@pytest.mark.thorough
def test_nothing_but_old_files_nobody_needs_is_thrown_away(gallery):
    gallery.shown()
    write_whole(gallery.folder / "ab" / ".half-written", b"x")
    write_whole(gallery.folder / "readme", b"x")
    long_ago(gallery)
    write_whole(gallery.folder / "ab" / "just-come", b"x")
    with gallery.app.extensions["kb"].database.writing() as session:
        assert throw_away(session, gallery.folder) == 1
    assert {"just-come", "readme"} < set(gallery.files())
    assert len(gallery.files()) == EACH + 2


SENDER = """
import sys
from dataclasses import replace
from pathlib import Path
from sqlalchemy import select
from sqlalchemy.orm import selectinload
from kb import kinds
from kb.database import open_database
from kb.people.models import Person
from kb.pictures import service
from kb.pictures.taking_in import take_in
from kb.record.models import Record
from tests.pictures.gallery import SAID, photo

database, folder = open_database(sys.argv[1]), Path(sys.argv[2])
taken = take_in(photo())
given = {n: SAID[n] for n in SAID if n != "own"} | {"consent_until": None}
known = selectinload(Person.grants), selectinload(Person.factor)
for number in range(int(sys.argv[3]), 10**6):
    with database.writing() as session:
        record = session.scalars(select(Record).where(Record.kind == "practice")).one()
        who = session.scalars(select(Person).options(*known)).one()
        one = replace(taken, digest=f"{number:032x}")
        service.add(session, record, given, one, folder=folder, language="en", by=who)
        session.commit()
        print(number, flush=True)
        service.withdraw(session, session.scalars(select(service.Picture)
            .order_by(service.Picture.id.desc()).options(
            selectinload(service.Picture.record))).first(), by=who)
        session.commit()
"""


def killed(gallery, begin, after):
    """Send pictures until killed; give the last number that was acknowledged."""
    url = gallery.app.extensions["kb"].settings.database_url
    sending = subprocess.Popen(
        [sys.executable, "-c", SENDER, url, str(gallery.folder), str(begin)],
        cwd=ROOT, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    with sending:
        last = int(sending.stdout.readline())
        time.sleep(after)
        sending.kill()
        return max([last, *map(int, sending.stdout.read().split())])


@pytest.mark.thorough
def test_whoever_is_killed_leaves_at_most_files_that_nobody_needs(gallery):
    gallery.browser("sender")
    begin = 1
    for _ in range(often(1, 20)):
        last = killed(gallery, begin, random.random() / 10)
        known = {int(one.digest, 16) for one in gallery.pictures()}
        assert set(range(1, last + 1)) <= known
        assert max(known) <= last + 1
        files = gallery.files()
        for number in known:
            assert sum(name.startswith(f"{number:032x}") for name in files) == EACH
        begin = max(known) + 1
    gallery.set(state=State.WITHDRAWN)
    long_ago(gallery)
    tidied(gallery)
    assert gallery.files() == []


@pytest.mark.thorough
def test_rows_without_a_record_or_person_cannot_be(gallery):
    gallery.shown()
    with gallery.app.extensions["kb"].database.writing() as session:
        session.delete(session.scalars(select(Record).where(Record.ref == "P-7")).one())
        session.commit()
        assert session.scalars(select(Picture)).all() == []
        assert session.scalars(select(Person)).first() is not None
