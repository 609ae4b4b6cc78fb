"""Pictures in drafts: who sees them, before and after the draft is published."""

import pytest
from sqlalchemy import select

from kb.pictures.models import Picture, PictureSize, PictureWords, State
from kb.pictures.rules import today
from kb.pictures.service import KEEP, MOST_OF_A_RECORD
from kb.record.models import Record
from kb.worker import tidy_pictures
from kb.writing.models import Draft, DraftPicture
from kb.writing.versions import keep_version
from tests.people.visitor import rows
from tests.pictures.gallery import NOW, PEOPLE, Gallery, photo
from tests.web.test_people_pages import check
from tests.web.test_write import SHORT
from tests.writing.desk import document, known

HANDED_IN = {"sender", "reviewer", "editor", "administrator"}


@pytest.fixture
def gallery(either):
    either.office.vocabularies.clear()
    yield Gallery(either.app).stock()
    either.office.vocabularies.clear()


@pytest.fixture
def path(gallery):
    """A draft of a new practice, with a picture in it."""
    reply = gallery.browser("sender").post("/write", SHORT)
    assert reply.status_code == 303
    path = reply.headers["Location"].removeprefix("/en")
    assert sent(gallery, path).status_code == 303
    return path


def sent(gallery, path, who="sender", **said):
    return gallery.send(who, path=f"{path}/pictures", **said)


def review(path, step=""):
    return f"/review/{path.rpartition('/')[2]}{step}"


def see(gallery):
    """Say who gets the bytes; everybody else is told that there is nothing."""
    replies = {who: gallery.file(who).status_code for who in ["", *PEOPLE]}
    assert set(replies.values()) <= {200, 404}
    return {who for who, status in replies.items() if status == 200}


def submitted(gallery, path):
    assert gallery.browser("sender").post(f"{path}/submit").status_code == 303


def published(gallery, path):
    submitted(gallery, path)
    reply = gallery.browser("editor").post(review(path, "/publish"))
    assert reply.status_code == 303


def tidied(gallery):
    office = gallery.app.extensions["kb"]
    tidy_pictures(office.database.writing, gallery.folder)


def test_its_author_alone_sees_it_until_the_draft_is_handed_in(gallery, path):
    (picture,) = gallery.pictures()
    assert (picture.state, picture.record_id) == (State.DRAFTED, None)
    assert see(gallery) == {"sender"}
    assert gallery.file("sender").headers["Cache-Control"] == "no-store"
    submitted(gallery, path)
    assert see(gallery) == HANDED_IN
    gallery.browser("sender").post(f"{path}/take-back")
    assert see(gallery) == {"sender"}


@pytest.mark.thorough
def test_it_is_seen_where_the_draft_is_read_and_reviewed(gallery, path):
    (picture,) = gallery.pictures()
    sender = gallery.browser("sender")
    for page in (f"{path}/preview", f"{path}/pictures"):
        assert picture.digest in sender.get(page).text
        assert gallery.browser("reviewer").get(page).status_code == 404
    assert f"{path}/pictures" in sender.get(path).text
    submitted(gallery, path)
    shown = gallery.browser("reviewer").get(review(path)).text
    assert picture.digest in shown
    assert "Pits dug in a field" in shown
    assert "Nobody can be recognised." in shown


@pytest.mark.thorough
def test_it_is_shown_to_all_with_the_record(gallery, path):
    published(gallery, path)
    (picture,) = gallery.pictures()
    assert (picture.state, picture.position) == (State.PUBLISHED, 1)
    assert see(gallery) == {"", *PEOPLE}
    reply = gallery.browser("").browser.get("/en/practices/P-8-small-pits")
    assert picture.digest in reply.text
    assert rows(gallery.app, DraftPicture) == []
    assert picture.digest not in gallery.browser("sender").get(f"{path}/preview").text


@pytest.mark.thorough
@pytest.mark.parametrize("over", ["give-up", "turn-down"])
def test_it_goes_with_a_draft_that_is_over(gallery, path, over):
    if over == "give-up":
        gallery.browser("sender").post(f"{path}/give-up")
    else:
        submitted(gallery, path)
        gallery.browser("editor").post(review(path, "/turn-down"), note="Twice.")
    (picture,) = gallery.pictures()
    assert picture.state == State.WITHDRAWN
    assert {gallery.file(who).status_code for who in ["", *PEOPLE]} == {410}
    gallery.set(since=NOW - 2 * KEEP)
    tidied(gallery)
    assert gallery.pictures() == []
    assert rows(gallery.app, DraftPicture) == []


def test_a_draft_may_wait_longer_than_a_picture_that_nobody_uses(gallery, path):
    gallery.set(since=NOW - 2 * KEEP)
    tidied(gallery)
    assert len(gallery.pictures()) == 1
    assert len(gallery.files()) == 6


@pytest.mark.thorough
def test_a_change_brings_its_picture_behind_those_of_the_record(gallery):
    gallery.shown()
    sender = gallery.browser("sender")
    with gallery.app.extensions["kb"].database.writing() as session:
        record = session.scalars(select(Record).where(Record.ref == "P-7")).one()
        text = {"steps": ["Dig.", "Sow."], "how": "Dig pits."}
        steps = [{"season": "sowing"}, {"season": "first_rains"}]
        facts = {"ref": "P-7", "steps": steps}
        keep_version(session, record, document(facts=facts, **text), known(session))
        session.commit()
    change = sender.post("/write/change", ref="P-7", once="x", token_from="/write")
    assert change.status_code == 303
    path = change.headers["Location"].removeprefix("/en")
    sent(gallery, path, data=photo(3), place="step:2")
    text = gallery.browser("").browser.get("/en/practices/P-7-pits").text
    first, second = gallery.pictures()
    assert first.digest in text
    assert second.digest not in text
    page = sender.get("/practices/P-7/pictures").text
    assert second.digest not in page
    submitted(gallery, path)
    form = {"significance": "wording"}
    reply = gallery.browser("editor").post(review(path, "/publish"), form)
    assert reply.status_code == 303
    text = gallery.browser("").browser.get("/en/practices/P-7-pits").text
    assert first.digest in text
    assert second.digest in text
    assert gallery.pictures()[1].position == 2


@pytest.mark.thorough
def test_with_a_step_that_is_no_more_it_stands_among_the_drawings(gallery, path):
    gallery.set(place="step:4")
    published(gallery, path)
    assert gallery.pictures()[0].place == "drawing"


@pytest.mark.thorough
def test_without_consent_it_is_not_shown_with_the_record(gallery, path):
    gallery.set(consent_until=today().replace(year=2020))
    published(gallery, path)
    (picture,) = gallery.pictures()
    assert picture.state == State.WITHDRAWN
    assert rows(gallery.app, Record)[-1].status == "published"


@pytest.mark.thorough
@pytest.mark.parametrize("who", [*PEOPLE])
def test_who_writes_the_draft_adds_describes_and_takes_away(gallery, path, who):
    number = gallery.pictures()[0].id
    submitted(gallery, path)
    may = who in HANDED_IN - {"sender"}
    one = f"{path}/pictures/{number}"
    browser = gallery.browser(who)
    told = {
        browser.post(f"{one}/words", alt="Deep pits", caption="").status_code,
        sent(gallery, path, who, data=photo(5)).status_code,
        browser.post(f"{one}/away").status_code,
    }
    assert told == ({303} if may else {403} if who == "sender" else {404})
    states = [one.state for one in gallery.pictures()]
    assert states == (["withdrawn", "drafted"] if may else ["drafted"])


def test_nobody_takes_a_step_with_the_picture_of_another_draft(gallery, path):
    number = gallery.pictures()[0].id
    other = gallery.browser("contributor").post("/write", SHORT).headers["Location"]
    other = other.removeprefix("/en")
    reply = gallery.browser("contributor").post(f"{other}/pictures/{number}/away")
    assert reply.status_code == 404
    assert gallery.pictures()[0].state == State.DRAFTED
    assert gallery.step("editor", "publish", number).status_code == 404


@pytest.mark.thorough
def test_the_same_picture_twice_is_there_once_and_there_are_not_too_many(gallery, path):
    sent(gallery, path)
    assert len(gallery.pictures()) == 1
    with gallery.app.extensions["kb"].database.writing() as session:
        first = session.scalars(select(Picture)).one()
        link = session.scalars(select(DraftPicture)).one()
        kept = ("place", "credit", "licence", "consent", "sent", "since", "state")
        for n in range(MOST_OF_A_RECORD - 1):
            said = {name: getattr(first, name) for name in kept}
            more = Picture(digest=f"{n:032}", position=0, **said)
            more.words = [PictureWords(language="en", alt="x", caption="")]
            more.sizes = [
                PictureSize(name="step", width=9, height=9, webp_bytes=1, jpg_bytes=1)
            ]
            session.add(more)
            session.flush()
            session.add(DraftPicture(picture_id=more.id, draft_id=link.draft_id))
        session.commit()
    assert sent(gallery, path, data=photo(2)).status_code == 409


@pytest.mark.thorough
def test_a_form_that_lacks_something_is_shown_again(gallery, path):
    reply = sent(gallery, path, data=photo(2), alt="")
    assert reply.status_code == 422
    assert "Awa Traoré" in reply.text
    assert len(gallery.pictures()) == 1
    number = gallery.pictures()[0].id
    reply = gallery.browser("sender").post(f"{path}/pictures/{number}/words", alt="")
    assert reply.status_code == 422
    assert sent(gallery, path, place="step:9").status_code == 422


def test_deleting_the_account_takes_pictures_and_draft_along(gallery, path):
    sender = gallery.browser("sender")
    sender.post("/account/delete", token_from="/account", email=sender.email)
    assert [one.state for one in gallery.pictures()] == [State.WITHDRAWN]
    assert rows(gallery.app, Draft) == []
    assert gallery.file("editor").status_code == 410


def test_the_page_is_whole_in_every_language(gallery, path):
    sender = gallery.browser("sender")
    for language in ("en", "ar"):
        sender.language = language
        check(sender.get(f"{path}/pictures").text, language)
