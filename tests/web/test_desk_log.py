"""What was done with rights is read by administrators, and changed by nobody."""

import re

import pytest
from sqlalchemy import select

from kb.people import log
from kb.people.models import PrivilegedAct, Role
from kb.settings import ROOT
from kb.web.desk_log import ON_A_PAGE, WORDS
from tests.feedback.house import staff
from tests.people.visitor import PASSWORD, Visitor, rows


def test_it_says_who_got_which_role_and_who_did_what(either):
    awa = Visitor(either.app).at_home()
    awa.post("/account/password", {"password": PASSWORD, "new": "rain in the cow shed"})
    text = staff(either.app, "administrator").get("/desk/log").text
    rows_ = re.findall(r"<tr>(.*?)</tr>", text, flags=re.S)
    said = [re.sub(r"<[^>]+>|\s+", " ", row) for row in rows_[1:]]
    assert any("The administrator" in x and "got a role" in x for x in said)
    assert "a test" in said[0]


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_other_roles_do_not_see_it(either, role):
    visitor = staff(either.app, role)
    assert visitor.get("/desk/log").status_code == 403
    assert "/desk/log" not in visitor.get("/desk").text


def test_strangers_are_led_to_where_they_sign_in(either):
    assert Visitor(either.app).get("/desk/log").status_code == 302


def test_it_has_pages(either):
    chief = staff(either.app, "administrator")
    with either.office.database.writing() as session:
        session.add_all(
            PrivilegedAct(at=one.at, what=f"act {n}", done_by="x", person_id=1, note="")
            for one in log.lines(session, limit=1)
            for n in range(ON_A_PAGE + 20)
        )
        session.commit()
    first = chief.get("/desk/log").text
    (older,) = re.findall(r'href="/en(/desk/log\?before=\d+)"', first)
    seen = re.findall(r"act (\d+)", first + chief.get(older).text)
    assert [int(n) for n in seen] == list(reversed(range(ON_A_PAGE + 20)))
    for wrong in ("x", "-1", "9" * 30, "\u0663"):
        assert chief.get(f"/desk/log?before={wrong}").status_code == 200


def test_a_line_is_never_changed_nor_taken_out(either):
    staff(either.app, "administrator")
    with either.office.database.writing() as session:
        line = session.scalars(select(PrivilegedAct)).first()
        line.note = "never was"
        with pytest.raises(TypeError, match="never changed"):
            session.flush()
        session.rollback()
        session.delete(session.scalars(select(PrivilegedAct)).first())
        with pytest.raises(TypeError, match="never changed"):
            session.flush()
    assert "never was" not in {one.note for one in rows(either.app, PrivilegedAct)}


def test_all_that_is_written_down_has_words():
    found = set()
    for path in (ROOT / "kb").rglob("*.py"):
        found |= set(re.findall(r'log\.write\(\s*session, "([^"]+)"', path.read_text()))
    assert found >= {"granted", "disabled", "token made"}
    assert found <= set(WORDS)
