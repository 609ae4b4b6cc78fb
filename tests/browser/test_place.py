"""Saying where her land is, as hands do it: thumb, mouse, keyboard, phone."""

import re
from urllib.parse import parse_qs

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.hands import follow, follow_enter
from tests.browser.wire import weight_of

pytestmark = pytest.mark.browser

OUAHIGOUYA = (13.58, -2.42)
"""Latitude and longitude."""
SAID = "name=Ouahigouya&country=BF&at=13.6+-2.4&use=crop_livestock&key-feel=sand"
BUTTON = "Without tapping"


def tap(page, latitude, longitude):
    """Tap where a point is on the map that is shown."""
    level, column, row = map(
        int, page.locator('[name="sheet"]').input_value().split(".")
    )
    width, snap = ((360, 360), (45, 7.5), (10, 2.5), (2, 0.5))[level]
    across = (longitude + 180 - column * snap) / width
    down = (90 - row * snap / 2 - latitude) / (width / 2)
    picture = page.locator(".world input:visible")
    box = picture.bounding_box()
    there = {"x": across * box["width"], "y": down * box["height"]}
    follow(page, picture, position=there)


def holding(page, site, said=SAID):
    page.context.add_cookies([{"name": "place", "value": said, "url": site}])
    page.reload()
    return page


@pytest.mark.parametrize(
    ("width", "language", "words"),
    [(360, "en", "near Ouahigouya"), (360, "ar", "قرب"), (1200, "fr", "près de")],
)
def test_three_taps_say_the_place(open_page, width, language, words):
    page = open_page(f"/{language}/place", width=width)
    for _ in range(2):
        tap(page, *OUAHIGOUYA)
        assert page.locator(".cross").is_visible()
        assert page.url.endswith("/place#map")
    assert page.locator(".world text").count() >= 1
    tap(page, *OUAHIGOUYA)
    assert words in page.locator(".understood").inner_text()
    assert "Ouahigouya" in page.locator(".understood").inner_text()
    assert page.foreign == []
    assert page.url.partition("/place")[2] == "?kept=1"


@pytest.mark.parametrize(
    ("language", "width", "size"), [("ar", 360, (320, 160)), ("en", 1200, (720, 360))]
)
def test_the_cross_stands_where_it_was_tapped(open_page, language, width, size):
    page = open_page(f"/{language}/place", width=width)
    map_ = page.locator(".world input:visible").bounding_box()
    assert (map_["width"], map_["height"]) == size
    tap(page, *OUAHIGOUYA)
    tap(page, *OUAHIGOUYA)
    map_ = page.locator(".world input:visible").bounding_box()
    cross = page.locator(".cross circle").bounding_box()
    _level, column, row = map(
        int, page.locator('[name="sheet"]').input_value().split(".")
    )
    x = map_["x"] + (-2.4 + 180 - column * 2.5) / 10 * map_["width"]
    y = map_["y"] + (90 - row * 1.25 - 13.6) / 5 * map_["height"]
    assert abs(cross["x"] + cross["width"] / 2 - x) < 2
    assert abs(cross["y"] + cross["height"] / 2 - y) < 2


def test_the_keyboard_alone_says_the_place(open_page):
    page = open_page("/en/place", scripts=True)
    press(page, "summary", BUTTON)
    page.keyboard.press("Tab")
    focused(page, "North")
    for _ in range(2):
        follow_enter(page)
        focused(page, "North")
    press(page, "button", "Closer")
    focused(page, "Closer")
    assert page.locator(".cross").is_visible()
    press(page, "button", "My land is here")
    assert page.locator(".understood").is_visible()


def focused(page, words):
    """Hold that something has the focus; a button that was pressed keeps it."""
    page.wait_for_function(
        "words => document.activeElement.innerText === words", arg=words
    )


def press(page, tag, words):
    """Walk there with the tab key, and press."""
    for _ in range(200):
        page.keyboard.press("Tab")
        here = page.evaluate(
            "[document.activeElement.localName, document.activeElement.innerText]"
        )
        if here[0] == tag and here[1].startswith(words):
            if tag == "button":
                follow_enter(page)
            else:
                page.keyboard.press("Enter")
            return
    raise AssertionError(f"no {tag} {words!r} within reach of the keyboard")


def test_the_map_itself_is_no_stop_for_the_keyboard(open_page):
    page = open_page("/en/place")
    assert page.locator('.world input[tabindex="-1"]').count() == 2


def test_a_name_is_typed_and_chosen(open_page):
    page = open_page("/en/place", width=360)
    page.get_by_label(re.compile("Name of a town")).fill("ouahigoya")
    follow(page, page.get_by_role("button", name="Find"))
    follow(page, page.get_by_role("button", name=re.compile("Ouahigouya")))
    assert "Ouahigouya, Burkina Faso" in page.locator(".understood").inner_text()
    follow(page, page.get_by_role("button", name="Forget my place"))
    assert page.locator(".understood").count() == 0


def test_country_and_district_are_chosen(open_page):
    page = open_page("/ar/place", width=360)
    page.locator("#country").select_option("BF")
    follow(page, page.locator("#country + button"))
    page.locator("#region").select_option("BF-10")
    follow(page, page.locator("#region + button"))
    assert "Nord" in page.locator(".understood").inner_text()


def test_a_picture_says_the_land_use(open_page):
    page = open_page("/fr/place", width=360)
    picture = page.locator("label", has_text="Riz inondé")
    assert picture.locator("use").count() == 1
    picture.click()
    follow(page, page.get_by_role("button", name="Garder", exact=True))
    assert "Riz inondé" in page.locator(".understood").inner_text()


def test_pictures_are_drawn_under_the_policy_of_the_page(open_page):
    """A drawing that was blocked has no size of its own."""
    page = open_page("/en/place", scripts=True, policy=True)
    drawn = page.locator("use").first
    assert drawn.evaluate("e => e.getBBox().width") > 10


def test_the_phone_is_asked_only_when_the_button_is_pressed(open_page):
    page = open_page(
        "/en/place",
        scripts=True,
        policy=True,
        geolocation={"latitude": 13.58273, "longitude": -2.42164},
        permissions=["geolocation"],
    )
    sent = []
    page.on("request", lambda r: sent.append(r.post_data) if r.method == "POST" else 0)
    page.get_by_role("button", name="I am on my land now").click()
    page.wait_for_selector(".understood")
    assert "near Ouahigouya" in page.locator(".understood").inner_text()
    assert [parse_qs(body) for body in sent] == [
        {"latitude": ["13.6"], "longitude": ["-2.4"]}
    ]


def test_a_phone_that_does_not_tell_is_no_dead_end(open_page):
    page = open_page("/en/place", scripts=True, policy=True, permissions=[])
    page.get_by_role("button", name="I am on my land now").click()
    page.wait_for_function(
        "document.querySelector('#gps [role=status]').innerText.includes('another way')"
    )
    assert page.get_by_role("button", name="I am on my land now").is_enabled()


def test_without_scripts_there_is_no_button_that_does_nothing(open_page):
    page = open_page("/en/place")
    assert not page.locator("#gps").is_visible()


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("page_of", ["answer", "map", "name", "country"])
def test_axe_finds_no_barrier_on_the_way(open_page, site, language, page_of):
    page = open_page(f"/{language}/place", scripts=True, width=360)
    if page_of == "answer":
        holding(page, site)
        page.locator(".panel summary").click()
    elif page_of == "map":
        tap(page, *OUAHIGOUYA)
        page.locator(".compass").locator("xpath=../summary").click()
    elif page_of == "name":
        page.locator("#name").fill("San Antonio")
        follow(page, page.locator("#name + button"))
    else:
        page.goto(f"/{language}/place/country?country=BF")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize(
    ("width", "language"), [(320, "ar"), (360, "en"), (1200, "fr")]
)
def test_no_answer_is_cut_off(open_page, site, width, language):
    page = open_page(f"/{language}/place", scripts=True, width=width)
    for address in (f"/{language}/place", f"/{language}/"):
        holding(page, site)
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_map_page_weighs_at_most_60_kilobytes_on_the_wire(open_page):
    assert 0 < weight_of(open_page("/healthz"), "/ar/place") <= 60 * 1024
