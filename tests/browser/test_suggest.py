"""Titles suggested while somebody types: by thumb, by keyboard, from right to left."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.hands import follow, follow_enter

pytestmark = pytest.mark.browser


def typing(open_page, words, language="en", **how):
    """Open the first page under its own policy; type, and wait for what is suggested.

    All at once, so that no answer to half a word comes later.
    """
    page = open_page(f"/{language}/", scripts=True, policy=True, **how)
    box = page.get_by_role("combobox")
    expect(box).to_have_attribute("aria-expanded", "false")
    box.fill(words)
    expect(page.get_by_role("option").first).to_be_visible()
    return page, box, page.get_by_role("option")


@pytest.mark.parametrize(
    ("language", "width", "words", "title"),
    [
        ("en", 360, "ston", "Stone lines and stone bunds"),
        ("fr", 1200, "cordons p", "Cordons pierreux"),
        ("ar", 360, "حواجز", "الحواجز الحجرية"),
    ],
)
def test_a_thumb_chooses_a_title(open_page, language, width, words, title):
    page, _box, options = typing(open_page, words, language, width=width)
    wanted = options.filter(has_text=title).first
    expect(wanted).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert wanted.bounding_box()["height"] >= 47.5
    follow(page, wanted)
    assert re.search(rf"/{language}/practices/P-19-", page.url)
    assert page.foreign == []


def test_the_keyboard_alone_chooses_closes_and_goes(open_page):
    page, box, options = typing(open_page, "compost")
    chosen = page.locator("[aria-selected=true]")
    for key, which in [("ArrowDown", 0), ("ArrowDown", 1), ("ArrowUp", 0)]:
        page.keyboard.press(key)
        expect(chosen).to_have_id(f"suggestion-{which}")
        expect(box).to_have_attribute("aria-activedescendant", f"suggestion-{which}")
    page.keyboard.press("ArrowUp")
    expect(chosen).to_have_count(0)
    page.keyboard.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(options.first).to_be_hidden()
    assert box.input_value() == "compost"
    box.press_sequentially("i")
    expect(options.first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(chosen).to_have_count(1)
    follow_enter(page)
    assert "/en/practices/" in page.url


def test_enter_without_a_choice_searches_as_ever(open_page):
    page, _box, _options = typing(open_page, "compost")
    follow_enter(page)
    assert page.url.endswith("/en/search?q=compost")


def test_leaving_the_box_closes_the_list(open_page):
    page, _box, options = typing(open_page, "compost")
    page.keyboard.press("Tab")
    expect(options.first).to_be_hidden()


def test_no_more_is_asked_than_is_needed(open_page):
    page = open_page("/en/", scripts=True, policy=True)
    asked = []
    page.on("request", lambda r: asked.append(r.url) if "/suggest" in r.url else 0)
    box = page.get_by_role("combobox")
    box.fill("z")
    with page.expect_response(re.compile("suggest")):
        box.fill("zai p")
    expect(page.get_by_role("option").first).to_be_visible()
    assert [url.partition("=")[2] for url in asked] == ["zai%20p"]
    with page.expect_response(re.compile("suggest")):
        box.fill("石")
    expect(page.get_by_role("option").first).to_contain_text("石")


def test_an_answer_that_comes_late_is_not_shown(open_page):
    page = open_page("/en/", scripts=True, policy=True)
    late = []

    def hold(route):
        late.append(route)

    page.route("**/suggest?q=zai", hold)
    box = page.get_by_role("combobox")
    with page.expect_request("**/suggest?q=zai"):
        box.fill("zai")
    box.fill("compost")
    expect(page.get_by_role("option").first).to_contain_text("Compost")
    assert len(late) == 1
    late[0].abort()
    expect(page.get_by_role("option").first).to_contain_text("Compost")


def test_without_scripts_it_is_a_plain_search_box(open_page):
    page = open_page("/en/")
    assert page.get_by_role("combobox").count() == 0
    page.get_by_role("searchbox").fill("zai")
    follow(page, page.get_by_role("button", name="Search"))
    assert page.url.endswith("/en/search?q=zai")


@pytest.mark.parametrize(("language", "words"), [("en", "compost"), ("ar", "تربة")])
def test_axe_finds_no_barrier_in_the_open_list(open_page, language, words):
    page = open_page(f"/{language}/search", scripts=True)
    page.get_by_role("combobox").fill(words)
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(page.locator("[aria-selected=true]")).to_have_count(1)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
