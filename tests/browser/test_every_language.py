"""Every sort of page on the narrowest phone, in all ten languages: nothing is cut off.

One Chromium goes from page to page.
"""

from datetime import UTC, datetime

import pytest

from kb.database import open_database
from kb.entrance.person import COOKIE
from kb.language import INTERFACE, direction
from kb.people import accounts, roles, sessions
from kb.people.models import Role, ScopeKind, SecondFactor
from kb.settings import Settings
from tests.browser.hands import follow
from tests.conftest import CHEAP
from tests.people.visitor import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.thorough]

NARROW = 320


def addresses(*rows):
    """Give the addresses in rows of them."""
    return [address for row in rows for address in row.split()]


READ = addresses(
    "/ /search?q=soil /search?q=xyzzy /search?theme=rice&kind=practice",
    "/search/why?q=zai&ref=P-20 /practices/P-20 /practices/P-3 /stories/S-5",
    "/answers/A-1 /themes/ /themes/rice /land-uses/ /land-uses/paddy /problems/",
    "/problems/restore_land /place /place/soil /place/country?country=BF",
    "/map?kind=practice /zones /zones/hot-semi_arid-weathered",
    "/compare?ref=P-20&ref=P-19&ref=P-21&ref=S-3 /compare?ref=P-20 /concepts",
    "/concepts/composting /concepts/composting/versions /sources /about /impact",
    "/privacy /nothing-here /practices/P-20/versions /practices/P-20/versions/1",
    "/practices/P-20/report /practices/P-20/comment /practices/P-20/tried",
    "/practices/P-20/use /practices/P-20/thanks/helpful",
    "/practices/P-20/thanks/report /ask /question /follow-up /following/end",
    "/mail/stop /join /certificate/none /sign-in /sign-in/sent /sign-in/code",
    "/sign-up /sign-up/sent /sign-up/confirm /reset /reset/new",
)
"""What whoever comes is shown."""
WRITTEN = addresses(
    "/account /account/certificates /account/credit /account/delete",
    "/account/following /account/following/new?q=soil /account/mails",
    "/account/second-factor /account/token /communities /desk /desk/answers",
    "/desk/assessments /desk/assessments/report /desk/desks /desk/desks/new",
    "/desk/desks/africa /desk/feedback /desk/gaps /desk/log /desk/questions",
    "/desk/questions/1 /desk/questions/nobody /desk/questions/report /desk/routing",
    "/desk/women /desk/reports/1 /practices/P-20/assess /practices/P-20/community",
    "/practices/P-20/credit /practices/P-20/pictures /practices/P-20/follow-up",
    "/review /withdraw?ref=P-20 /write /write/answer /write/change?ref=P-20",
    "/write/1 /write/1/basics /write/1/words /write/1/steps /write/1/tags",
    "/write/1/limits /write/1/effects /write/1/costs /write/1/work /write/1/sites",
    "/write/1/names /write/1/relations /write/1/sources /write/1/preview",
    "/write/1/pictures /write/1/difference /write/1/community /thesaurus/new",
    "/thesaurus/waiting /concepts/composting/change /concepts/composting/merge",
    "/translate /translate/P-20?into=ar",
    "/translate/P-20/discussion?into=ar&field=title /translate/P-20/languages",
    "/translate/P-20/review?into=ar /translate/coverage /translate/next",
    "/translate/invitations",
)
"""What those are shown who write, review, answer, translate and look after it."""

REFUSED = addresses(
    "/nothing-here /certificate/none /compare?ref=P-20 /follow-up /following/end",
    "/join /mail/stop /question",
)
"""Pages that say what is not there, or what was left out of an address."""

ODD = """() => {
  const wide = document.documentElement.scrollWidth - innerWidth;
  const over = wide > 0 ? [...document.querySelectorAll('body *')]
    .filter(e => { const box = e.getBoundingClientRect();
                   return box.right > innerWidth + 1 || box.left < -1; })
    .slice(0, 3).map(e => e.tagName + '.' + e.className + e.innerText.slice(0, 40))
    : [];
  const wrong = [...document.querySelectorAll('[lang]')]
    .filter(e => e.checkVisibility() && e.getAttribute('dir') !== 'auto')
    .filter(e => /^(ar|en|fr|es|pt|sw|hi|bn|zh|ru)$/.test(e.lang))
    .filter(e => (e.lang === 'ar') !== (getComputedStyle(e).direction === 'rtl'))
    .slice(0, 3).map(e => e.lang + ': ' + e.innerText.slice(0, 40));
  return [wide, over, wrong, document.documentElement.lang,
          getComputedStyle(document.body).direction];
}"""
"""What is wider than the page, what runs the wrong way, and how the page runs."""


@pytest.fixture(scope="module")
def administrator(home, site):
    """Let somebody in who may see all there is; give her cookie."""
    database = open_database(Settings(home=str(home)).database_url)
    with database.writing() as session:
        email = "ada@office.example"
        person = accounts.add_person(session, name="Ada", email=email, language="en")
        person.confirmed = now = datetime.now(UTC)
        accounts.set_password(session, person, CHEAP.accept(PASSWORD))
        session.commit()
        right = sessions.check_password(session, email, PASSWORD, CHEAP)
        opened = sessions.sign_in(session, right, device="a test")
        person = accounts.by_email(session, email)
        for role in (Role.ADMINISTRATOR, Role.EXPERT, Role.TRANSLATOR):
            roles.grant(
                session, person, role, by="a test",
                scope_kind=ScopeKind.EVERYWHERE, scope="",
            )  # fmt: skip
        session.add(
            SecondFactor(person_id=person.id, secret="x", confirmed=now, last_step=0)
        )
        session.commit()
    database.engine.dispose()
    return {"name": COOKIE, "value": opened.secret, "url": site}


@pytest.fixture(scope="module")
def at_work(administrator, chromium, site):
    """Leave a draft, a question and a report behind for the pages that show one."""
    context = chromium.new_context(base_url=site, java_script_enabled=False)
    context.add_cookies([administrator])
    page = context.new_page()
    page.goto("/en/write")
    for name in ("title", "done", "place", "changed"):
        page.fill(f"#{name}", f"A long {name} " + "Wasserrückhaltebecken" * 3)
    follow(page, page.get_by_role("button", name="Keep it as a draft"))
    page.goto("/en/ask")
    page.fill("#words", "Why does xyzzy not grow? " + "Wasserrückhaltebecken" * 3)
    follow(page, page.get_by_role("button", name="See what is known"))
    follow(page, page.get_by_role("button", name="Send my question"))
    page.goto("/en/practices/P-20/report")
    page.check("#kind-error")
    page.fill("#words", "A figure is wrong. " + "Wasserrückhaltebecken" * 3)
    follow(page, page.get_by_role("button", name="Send it"))
    context.close()
    return administrator


@pytest.mark.parametrize("language", INTERFACE)
@pytest.mark.parametrize("pages", [READ, WRITTEN], ids=["read", "written"])
def test_no_page_is_cut_off_or_runs_the_wrong_way(
    chromium, site, at_work, language, pages
):
    context = chromium.new_context(
        base_url=site, bypass_csp=True, viewport={"width": NARROW, "height": 800}
    )
    if pages is WRITTEN:
        context.add_cookies([at_work])
    page, odd, answered = context.new_page(), {}, set()
    for address in pages:
        reply = page.goto(f"/{language}{address}")
        answered.add((address, reply.status))
        wide, over, wrong, *ran = page.evaluate(ODD)
        if wide > 0 or wrong or ran != [language, direction(language)]:
            odd[address] = (wide, over, wrong, ran)
    context.close()
    assert odd == {}
    refused = {address for address, status in answered if status >= 400}
    assert refused <= set(REFUSED)


@pytest.mark.parametrize("language", INTERFACE)
def test_tables_fit_at_every_width(chromium, site, language):
    context = chromium.new_context(base_url=site, bypass_csp=True)
    page, wide = context.new_page(), {}
    for address in ("/practices/P-20", "/compare?ref=P-20&ref=P-19&ref=P-21&ref=S-3"):
        page.goto(f"/{language}{address}")
        for width in (480, 768, 800, 1024, 1025, 1100, 1200):
            page.set_viewport_size({"width": width, "height": 800})
            over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            if over > 0:
                wide[address, width] = over
    context.close()
    assert wide == {}
