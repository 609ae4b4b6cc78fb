"""The desk reads the mails about a question; nobody else does."""

import pytest

from kb.helpdesk.mail_tables import MailIn
from kb.stopping import is_dead
from tests.helpdesk.asking import asker, newest
from tests.helpdesk.house import at
from tests.helpdesk.test_mail_in import AWA, desk  # noqa: F401  (a fixture)
from tests.people.visitor import rows


@pytest.fixture
def where(desk):  # noqa: F811
    """A question that came by mail and lies with the desk in Burkina Faso."""
    desk.bring(desk.raw("photo-called-text").replace(b"help@", b"help+bf@"))
    return f"/desk/questions/{newest(desk.house.app).id}"


@pytest.mark.thorough
def test_the_desk_sees_what_came_and_what_was_left_out(desk, where):  # noqa: F811
    page = at(desk.house.app, "bf", "coordinator").get(where).text
    assert "A mail from the asker." in page
    assert "Left out: logo.png (a picture that is too small or damaged)" in page
    assert page.count('<img src="/media/') == 1
    assert AWA not in page


@pytest.mark.thorough
def test_the_whole_mail_is_plain_words_for_the_desk_alone(desk, where):  # noqa: F811
    mail = rows(desk.house.app, MailIn)[-1].id
    whole = f"{where}/mails/{mail}.txt"
    reply = at(desk.house.app, "bf", "coordinator").get(whole)
    assert reply.content_type == "text/plain; charset=utf-8"
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    assert reply.text == "Yellow leaves\n\nWhy do the leaves of my maize turn yellow?\n"
    assert at(desk.house.app, "india").get(whole).status_code == 404
    assert asker(desk.house.app).get(whole).status_code != 200


@pytest.mark.thorough
def test_a_mail_of_another_question_is_not_given(desk, where):  # noqa: F811
    other = f"/desk/questions/{desk.hers}"
    mail = rows(desk.house.app, MailIn)[-1].id
    coordinator = at(desk.house.app, "bf", "coordinator")
    assert coordinator.get(f"{other}/mails/{mail}.txt").status_code == 404


@pytest.mark.thorough
def test_the_desk_sees_that_mail_comes_back(desk, where):  # noqa: F811
    coordinator = at(desk.house.app, "bf", "coordinator")
    assert "comes back" not in coordinator.get(where).text
    with desk.sessions() as session:
        is_dead(session, AWA)
        session.commit()
    assert "Mail to the asker comes back" in coordinator.get(where).text


def test_words_from_another_address_are_marked(desk):  # noqa: F811
    desk.bring(desk.raw("reply-other-address"))
    page = at(desk.house.app, "bf", "coordinator").get(f"/desk/questions/{desk.hers}")
    assert "from another address than hers" in page.text
