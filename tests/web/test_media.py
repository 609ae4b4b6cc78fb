"""Who gets the files of pictures, and how browsers are told to treat them."""

from datetime import timedelta
from io import BytesIO
from itertools import product

import pytest
from PIL import Image

from kb.people.models import Person
from kb.pictures.models import State
from kb.pictures.rules import today
from kb.pictures.sizes import SIZES
from kb.record.models import Status
from tests.pictures.gallery import NOW, PEOPLE, Gallery

INSIDERS = {"sender", "reviewer", "editor", "administrator"}


@pytest.fixture
def gallery(either):
    return Gallery(either.app).stock()


@pytest.mark.thorough
def test_every_file_is_a_picture_of_the_size_that_is_said(gallery):
    gallery.shown()
    for size, (ending, kind) in product(SIZES, {"webp": "WEBP", "jpg": "JPEG"}.items()):
        reply = gallery.file(size=size.name, ending=ending)
        assert reply.status_code == 200
        assert reply.content_type == {"webp": "image/webp", "jpg": "image/jpeg"}[ending]
        assert len(reply.data) <= size.most_bytes
        assert Image.open(BytesIO(reply.data)).format == kind


@pytest.mark.thorough
def test_a_file_may_do_nothing_and_is_kept_for_a_year(gallery):
    told = gallery.shown().file().headers
    assert told["Cache-Control"] == "public, max-age=31536000, immutable"
    assert told["X-Content-Type-Options"] == "nosniff"
    assert told["Content-Disposition"].startswith('inline; filename="humus-')
    assert "default-src 'none'" in told["Content-Security-Policy"]
    assert "sandbox" in told["Content-Security-Policy"]
    assert "Set-Cookie" not in told
    assert told["Vary"] == "Accept-Encoding"
    assert told["Cross-Origin-Resource-Policy"] == "cross-origin"


@pytest.mark.thorough
def test_a_file_is_kept_no_longer_than_was_agreed(gallery):
    gallery.shown()
    gallery.set(consent_until=today() + timedelta(days=3))
    assert "max-age=259200" in gallery.file().headers["Cache-Control"]


def test_what_an_insider_is_shown_is_kept_nowhere(gallery):
    gallery.send()
    told = gallery.file("editor").headers
    assert told["Cache-Control"] == "no-store"
    assert "Cookie" in told["Vary"]
    assert told["Cross-Origin-Resource-Policy"] == "same-origin"


STATES = {
    "held": {"state": State.HELD},
    "published": {"state": State.PUBLISHED},
    "withdrawn": {"state": State.WITHDRAWN},
    "over": {"state": State.PUBLISHED, "consent_until": today() - timedelta(days=1)},
}


WHOLE = {(Status.PUBLISHED, "held"), (Status.DRAFT, "published")}
"""Where every role is tried; elsewhere some are enough."""


def expected(who, record, picture):
    if picture == "withdrawn":
        return 410
    if (record, picture) == (Status.PUBLISHED, "published"):
        return 200
    return 200 if who in INSIDERS else 404


@pytest.mark.thorough
def test_each_role_gets_what_the_rules_say(gallery):
    gallery.send()
    for record, (picture, values) in product(Status, STATES.items()):
        gallery.set_record(status=record)
        gallery.set(**({"consent_until": None} | values))
        whole = (record, picture) in {
            (Status.PUBLISHED, "held"),
            (Status.DRAFT, "published"),
        }
        for who in ("", *PEOPLE) if whole else ("", "jury", "far editor", "editor"):
            status = gallery.file(who).status_code
            assert status == expected(who, record, picture), (who, record, picture)


@pytest.mark.thorough
def test_who_lost_her_account_is_a_stranger(gallery):
    gallery.send()
    assert gallery.file("sender").status_code == 200
    with gallery.app.extensions["kb"].database.writing() as session:
        from_here = gallery.pictures()[0].person_id
        session.get_one(Person, from_here).disabled = NOW
        session.commit()
    assert gallery.file("sender").status_code == 404


@pytest.mark.parametrize(
    "name",
    [
        "x",
        "..%2f..%2fkb.sqlite",
        "../../etc/passwd",
        "0" * 32 + "-page.webp",
        "0" * 32 + "-page.svg",
        "0" * 32 + "-huge.webp",
        "A" * 32 + "-page.webp",
        "0" * 32 + "-page.webp\n",
        "٠" * 32 + "-page.webp",
        "0" * 5000,
    ],
)
def test_what_is_no_name_of_ours_is_not_there(gallery, name):
    assert gallery.browser("").browser.get(f"/media/{name}").status_code == 404


@pytest.mark.thorough
def test_a_file_that_was_lost_is_not_there(gallery):
    gallery.shown()
    for path in gallery.folder.rglob("*.webp"):
        path.unlink()
    assert gallery.file().status_code == 404
    assert gallery.file(ending="jpg").status_code == 200


@pytest.mark.thorough
def test_a_picture_withdrawn_here_and_shown_there_is_shown(gallery):
    gallery.shown()
    gallery.send(path="/stories/S-8/pictures")
    assert gallery.pictures()[0].digest == gallery.pictures()[1].digest
    gallery.step("editor", "withdraw")
    assert gallery.file().status_code == 404
    assert gallery.file("sender").status_code == 200
