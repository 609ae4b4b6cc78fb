"""A photo with what somebody tried: it waits with the trial, and goes with it."""

from io import BytesIO

import pytest

from kb.feedback.models import Tried
from kb.people.models import Person
from kb.people.pace import PICTURE_ADDRESS
from kb.pictures.models import Picture
from kb.record.models import Record
from tests.feedback.house import furnish, staff
from tests.people.visitor import PASSWORD, Visitor, change, rows
from tests.pictures.gallery import photo
from tests.web.test_feedback import ZAI, record_page, send
from tests.web.test_feedback_tried import TOLD, decide

ABOUT = {
    "alt": "Straw in a dry pit",
    "caption": "",
    "credit": "Awa",
    "licence": "CC BY 4.0",
    "consent": "given",
    "consent_for": "my neighbour",
    "consent_by": "herself",
    "consent_until": "",
    "own": "yes",
}


@pytest.fixture
def visitor(either):
    furnish(either.app)
    return Visitor(either.app)


def tell(visitor, data=None, **said):
    sent = {"picture": (BytesIO(photo() if data is None else data), "a.jpg")}
    return send(visitor, "tried", **(TOLD | ABOUT | said), **sent)


def told(visitor):
    assert tell(visitor).status_code == 303
    return rows(visitor.app, Tried)[-1], rows(visitor.app, Picture)[-1]


def file(browser, picture):
    return browser.browser.get(f"/media/{picture.digest}-page.webp").status_code


@pytest.mark.thorough
def test_a_photo_waits_with_its_trial_and_needs_no_account(visitor):
    trial, picture = told(visitor)
    assert (trial.picture_id, picture.person_id) == (picture.id, None)
    assert (picture.state, picture.place, picture.credit) == ("held", "tried", "Awa")
    assert file(visitor, picture) == 404
    assert picture.digest not in record_page(visitor).text


@pytest.mark.thorough
def test_it_is_shown_once_somebody_checked_the_trial_and_let_it(visitor):
    trial, picture = told(visitor)
    expert = staff(visitor.app, "expert")
    seen = expert.get(f"/desk/trials/{trial.id}").text
    assert "my neighbour" in seen
    assert picture.digest in seen
    assert file(expert, picture) == 200
    decide(expert, "check", trial.id, note="Seen", pictured="yes")
    assert file(visitor, picture) == 200
    page = record_page(visitor).text
    assert picture.digest in page
    assert 'alt="Straw in a dry pit"' in page
    assert "my neighbour" not in page
    decide(expert, "refuse", trial.id, refusal="It was another field.")
    assert file(visitor, picture) == 410
    assert picture.digest not in record_page(visitor).text


@pytest.mark.thorough
def test_a_trial_may_count_without_its_photo(visitor):
    trial, picture = told(visitor)
    decide(staff(visitor.app, "expert"), "check", trial.id, note="Seen")
    assert "Termites" in record_page(visitor).text
    assert file(visitor, picture) == 410


@pytest.mark.thorough
def test_nobody_shows_it_before_the_trial_is_checked(visitor):
    _trial, picture = told(visitor)
    editor = staff(visitor.app, "editor")
    page = f"{ZAI}/pictures"
    assert editor.post(f"{page}/{picture.id}/publish").status_code == 403
    assert editor.post(f"{page}/{picture.id}/later").status_code == 403
    assert editor.get(page).status_code == 200
    assert editor.post(f"{page}/{picture.id}/withdraw").status_code == 303
    assert file(editor, picture) == 410


@pytest.mark.parametrize("role", ["contributor", "translator", "coordinator", "jury"])
def test_whoever_checks_no_trials_does_not_see_it(visitor, role):
    _trial, picture = told(visitor)
    assert file(staff(visitor.app, role), picture) == 404


@pytest.mark.thorough
def test_the_author_of_the_record_does_not_see_it_before(visitor):
    _trial, picture = told(visitor)
    author = Visitor(visitor.app, email="author@farm.example").at_home()
    change(visitor.app, Record, author_id=rows(visitor.app, Person)[0].id)
    assert file(author, picture) == 404


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"data": b"<svg/>"}, "picture-said"),
        ({"alt": "", "consent": ""}, "Please say what is to be seen."),
        ({"own": ""}, "Without this we may not show the picture."),
        ({"consent_by": ""}, "Please say who agreed."),
        ({"done": ""}, "Please choose the picture once more."),
        ({"data": b""}, "Please choose a picture."),
    ],
)
def test_what_is_wrong_with_it_is_said_and_the_words_stay(visitor, wrong, said):
    reply = tell(visitor, **wrong)
    assert reply.status_code == 422
    assert said in reply.text
    assert "Termites ate the straw." in reply.text
    assert rows(visitor.app, Picture) == rows(visitor.app, Tried) == []


@pytest.mark.thorough
def test_sent_twice_it_is_kept_once(visitor):
    told(visitor)
    told(visitor)
    assert len(rows(visitor.app, Picture)) == len(rows(visitor.app, Tried)) == 1


@pytest.mark.thorough
def test_photos_of_users_leave_room_for_those_of_the_record(visitor):
    _trial, picture = told(visitor)
    with visitor.app.extensions["kb"].database.writing() as session:
        same = {"record_id": picture.record_id, "place": "tried", "position": 0}
        about = {"credit": "", "licence": "x", "consent": "nobody", "digest": "x"}
        when = {"sent": picture.sent, "since": picture.since}
        session.add_all(Picture(**same, **about, **when) for _ in range(20))
        session.commit()
    sent = {"picture": (BytesIO(photo(3)), "a.jpg"), "place": "card"}
    contributor = staff(visitor.app, "contributor")
    assert contributor.post(f"{ZAI}/pictures", ABOUT | sent).status_code == 303


@pytest.mark.thorough
def test_from_one_address_only_so_many_photos_come(visitor):
    replies = [tell(visitor, data=b"x").status_code for _ in range(21)]
    assert replies == [422] * PICTURE_ADDRESS.burst + [429]


@pytest.mark.thorough
def test_her_photo_goes_with_her_account_if_nobody_has_checked_it(visitor):
    awa = visitor.at_home()
    _trial, picture = told(awa)
    assert file(awa, picture) == 200
    awa.post("/account/delete", password=PASSWORD, sure="yes")
    assert [one.state for one in rows(visitor.app, Picture)] == ["withdrawn"]
    assert rows(visitor.app, Tried) == []


def test_the_form_names_licences_and_asks_for_consent(visitor):
    page = visitor.get(f"{ZAI}/tried").text
    assert ">CC BY 4.0</option>" in page
    assert 'enctype="multipart/form-data"' in page
    for name in ("picture", "alt", "credit", "licence", "consent", "own"):
        assert f'name="{name}"' in page
