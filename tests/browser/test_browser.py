"""A real Chromium does what readers do: search, filter, switch, print; no scripts."""

import re
import shutil
from contextlib import suppress
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error

from tests.browser.hands import follow
from tests.browser.wire import weight_of

pytestmark = pytest.mark.browser
HERE = Path(__file__).parent
PAGES = {
    "home": "/en/",
    "results": "/en/search?q=erosion",
    "nothing found": "/en/search?q=xyzzy",
    "practice": "/en/practices/P-3",
    "story": "/en/stories/S-5",
    "answer": "/en/answers/A-1",
    "place": "/en/place",
    "soil key": "/en/place/soil",
    "themes": "/en/themes/",
    "theme": "/en/themes/rice",
    "sources": "/en/sources",
    "compare": "/en/compare?ref=P-20&ref=P-19&ref=P-21&ref=S-3",
    "what to compare": "/en/compare?ref=P-20",
    "map": "/en/map?kind=practice",
    "zones": "/en/zones",
    "zone": "/en/zones/hot-semi_arid-weathered",
    "about": "/en/about",
    "not found": "/en/nothing-here",
    "api": "/api/v1/",
}


def test_searching_and_opening_a_practice(open_page):
    page = open_page("/en/")
    page.get_by_role("searchbox").fill("stone lines")
    follow(page, page.get_by_role("button", name="Search"))
    assert page.locator("mark").first.inner_text().lower() == "stone lines"
    follow(page, page.get_by_role("link", name=re.compile("Stone")).first)
    assert re.search(r"/en/practices/P-19-", page.url)
    assert page.locator("h1").count() == 1
    assert page.foreign == []


def test_filtering_and_lifting_a_filter(open_page):
    page = open_page("/en/search?q=soil")
    before = total(page)
    page.get_by_text("Narrow down").click()
    page.locator("summary", has_text="Kind").click()
    page.get_by_label(re.compile("Success stories")).check()
    follow(page, page.get_by_role("button", name="Apply"))
    assert "kind=story" in page.url
    assert 0 < total(page) < before
    follow(page, page.get_by_role("link", name=re.compile("Remove this filter")))
    assert total(page) == before


def total(page):
    return int(re.search(r"\d+", page.locator(".total").inner_text())[0])


def test_switching_to_arabic_keeps_the_page_and_turns_it_round(open_page):
    page = open_page("/en/practices/P-20")
    page.locator(".languages summary").click()
    follow(page, page.locator(".languages").get_by_text("العربية"))
    assert re.search(r"/ar/practices/P-20-", page.url)
    assert page.locator("html").get_attribute("dir") == "rtl"
    brand = page.locator(".brand").bounding_box()
    languages = page.locator(".languages").bounding_box()
    assert brand["x"] > languages["x"]


def test_where_is_your_land_leads_to_what_suits(open_page):
    page = open_page("/en/")
    follow(page, page.get_by_role("button", name="Flooded rice"))
    assert "/en/place" in page.url
    follow(page, page.get_by_role("link", name="See what worked in places like mine"))
    assert total(page) > 0


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(
    ("width", "language"), [(320, "en"), (320, "ar"), (1200, "fr")]
)
def test_nothing_is_cut_off(open_page, name, width, language):
    page = open_page(
        PAGES[name].replace("/en/", f"/{language}/"), width=width, scripts=True
    )
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= width
    assert page.foreign == []


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_no_barrier(open_page, name, language):
    page = open_page(PAGES[name].replace("/en/", f"/{language}/"), scripts=True)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("name", ["home", "results", "practice", "place"])
def test_targets_are_large_enough_for_a_thumb(open_page, name):
    page = open_page(PAGES[name], width=360, scripts=True)
    small = page.evaluate(
        """() => [...document.querySelectorAll('button, select, summary, .tiles a,'
             + '.top a, .bottom a, .chips a, .pages a, .sort a, .ask input')]
             .filter(e => e.checkVisibility())
             .map(e => [e.innerText || e.tagName, e.getBoundingClientRect().height])
             .filter(([, height]) => height < 47.5)"""
    )
    assert small == []


def test_the_keyboard_alone_is_enough(open_page):
    page = open_page("/en/", scripts=True)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/#main")


def test_a_practice_prints_as_a_clean_handout(open_page, tmp_path):
    page = open_page("/en/practices/P-20")
    page.emulate_media(media="print")
    assert not page.locator(".top").is_visible()
    assert not page.locator(".bottom").is_visible()
    assert page.locator(".steps").is_visible()
    assert page.locator(".print-only").is_visible()
    assert page.locator(".print-only").inner_text().endswith("/en/P-20")
    pdf = page.pdf(format="A4")
    assert pdf.startswith(b"%PDF")
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", pdf)) <= 4


def test_a_browser_that_broke_down_is_begun_anew(open_page, chromium):
    gone = open_page("/healthz").context.browser
    with suppress(Error):
        gone.new_browser_cdp_session().send("Browser.crash")
    open_page("/healthz")
    assert not gone.is_connected()
    assert chromium.is_there


@pytest.mark.parametrize("name", ["home", "results", "practice"])
def test_a_first_view_weighs_at_most_100_kilobytes_on_the_wire(open_page, name):
    assert 0 < weight_of(open_page("/healthz"), PAGES[name]) <= 100 * 1024


def test_the_picture_of_the_readme_is_made(open_page, tmp_path):
    """Draw it anew; the one in the repository is replaced only when it is missing."""
    desktop = open_page("/en/practices/P-20", width=900, height=820)
    phone = open_page("/ar/practices/P-20", width=360, height=820)
    desktop.screenshot(path=tmp_path / "desktop.png")
    phone.screenshot(path=tmp_path / "phone.png")
    side_by_side = desktop.context.new_page()
    side_by_side.set_viewport_size({"width": 1300, "height": 840})
    side_by_side.goto(f"file://{_sheet(tmp_path)}")
    target = HERE / "pages.png"
    picture = tmp_path / "pages.png"
    side_by_side.screenshot(path=picture)
    assert picture.stat().st_size > 50_000
    if not target.exists():
        shutil.copy(picture, target)


def _sheet(folder):
    sheet = folder / "sheet.html"
    sheet.write_text(
        '<body style="margin:0;background:#ddd;display:flex;gap:20px;padding:10px">'
        '<img src="phone.png" height="820"><img src="desktop.png" height="820">'
    )
    return sheet
