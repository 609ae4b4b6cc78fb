"""A form sent twice, by two clicks or a retry, at once or a moment later, is one."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from kb.communities.models import Agreement
from kb.credit.models import Certificate, Contribution
from kb.helpdesk.desk_tables import DeskRule
from kb.people.models import ApiToken
from tests.communities.house import STEWARD, TODAY, Elders
from tests.feedback.house import furnish, staff
from tests.helpdesk.asking import furnish_desks
from tests.people.visitor import Visitor, rows

AT_ONCE = 6
TOKEN = {"name": "My program", "scope": "read", "days": "9"}
RULE = {"region": "BF", "language": "fr", "theme": "", "desk": "bf"}
CONSENT = {
    "given_by": "The council",
    "form": "meeting",
    "given_on": TODAY.isoformat(),
    "until": "",
    "covers": "text",
}


def at_once(visitor, path, form):
    """Send one form from one browser several times at the same moment."""
    data = {"form_token": visitor.token("/account")} | form
    cookie = visitor.browser.get_cookie("signed-in").value
    header = {"Cookie": f"signed-in={cookie}"}

    def send(_number):
        browser = visitor.app.test_client(use_cookies=False)
        return browser.post(f"/en{path}", data=data, headers=header)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        replies = list(pool.map(send, range(AT_ONCE)))
    assert {reply.status_code for reply in replies} <= {200, 303}
    return replies


@pytest.fixture
def admin(empty):
    furnish(empty.app)
    furnish_desks(empty.app)
    return staff(empty.app, "administrator")


def test_a_token_made_twice_is_one_and_the_secret_seen_last_works(admin):
    path = "/account/token"
    first, last = (admin.post(path, TOKEN).text for _ in range(2))
    assert len(rows(admin.app, ApiToken)) == 1
    old, new = (re.search("humus_[A-Za-z0-9_-]{20,}", x)[0] for x in (first, last))
    for secret, status in ((old, 401), (new, 200)):
        given = {"Authorization": f"Bearer {secret}"}
        browser = admin.app.test_client()
        assert browser.get("/api/v1/me", headers=given).status_code == status
    admin.post(path, TOKEN | {"name": "Another"})
    assert len(rows(admin.app, ApiToken)) == 2


@pytest.mark.thorough
def test_a_token_made_at_once_is_one(admin):
    at_once(admin, "/account/token", TOKEN)
    assert len(rows(admin.app, ApiToken)) == 1


@pytest.mark.thorough
def test_a_certificate_made_at_once_is_one(admin):
    admin.post("/practices/P-1/credit", role="compiler", me="yes")
    (part,) = rows(admin.app, Contribution)
    form = {"name": "Awa O.", "shown": str(part.id)}
    at_once(admin, "/account/certificates", form)
    admin.post("/account/certificates", form)
    assert len(rows(admin.app, Certificate)) == 1
    admin.post("/account/certificates", form | {"name": "Awa"})
    assert len(rows(admin.app, Certificate)) == 2


@pytest.mark.thorough
def test_a_rule_made_at_once_is_one(admin):
    at_once(admin, "/desk/routing", RULE)
    admin.post("/desk/routing", RULE)
    assert len(rows(admin.app, DeskRule)) == 1
    admin.post("/desk/routing", RULE | {"language": "en"})
    assert len(rows(admin.app, DeskRule)) == 2


@pytest.mark.thorough
def test_consent_written_down_at_once_is_one_and_can_be_given_again(empty):
    elders = Elders(empty).hold()
    steward = Visitor(empty.app, STEWARD)
    steward.sign_in()
    path = f"/communities/elders/{elders.number()}/consent"
    at_once(steward, path, CONSENT)
    (one,) = rows(empty.app, Agreement)
    steward.post(f"{path}/{one.id}/end", reason="They changed their mind.")
    assert steward.post(path, CONSENT).status_code == 303
    assert len(rows(empty.app, Agreement)) == 2
