"""Saying where her land is: every way, every part, and all that can go wrong."""

import logging
import re
import shutil
from dataclasses import replace
from urllib.parse import unquote

import pytest

from kb.app import create_app
from kb.regions import field_key, questions
from kb.regions.land_use import LAND_USES
from kb.regions.layers import HEIGHT, WIDTH, layer_path
from kb.regions.runs import About, RunGrid, row_of
from kb.regions.said import read
from kb.settings import Settings
from tests.web.html import Page

OUAHIGOUYA = {
    "latitude": "13.6",
    "longitude": "-2.4",
    "name": "Ouahigouya",
    "country": "BF",
}


@pytest.fixture
def seeded(houses):
    """The house with the real seeds; what is kept on a device needs one database."""
    return houses.house("sqlite", "seeded")


def said(client):
    """Give what the browser holds of her land."""
    cookie = client.get_cookie("place")
    return read(unquote(cookie.value)) if cookie else None


def post(client, way, language="en", **given):
    return client.post(f"/{language}/place/{way}", data=given)


def page(client, address="/en/place"):
    reply = client.get(address)
    assert reply.status_code == 200
    return " ".join(re.sub(r"<[^>]*>", " ", reply.text).split())


def tapped(name, x, y, sheet="0.0.0"):
    return {"sheet": sheet, f"{name}.x": str(x), f"{name}.y": str(y)}


def sheet_of(client):
    return re.search(r'name="sheet" value="([\d.]+)"', client.get("/en/place").text)[1]


def spot_of(client):
    return client.get_cookie("map").value


def test_the_page_offers_five_ways_and_says_that_nothing_is_told(client):
    text = client.get("/en/place").text
    for way in (
        'name="small"',
        'name="name"',
        'name="country"',
        'id="gps"',
        'name="frost"',
    ):
        assert way in text
    assert "kept on this device only" in text
    assert "Forget my place" not in text


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
def test_the_pages_are_whole_and_in_the_readers_language(client, language):
    post(client, "point", **OUAHIGOUYA)
    for address in ("place", "place/soil", "place/country?country=BF", ""):
        read_page = Page(client.get(f"/{language}/{address}").text)
        assert len(read_page.attributes["h1"]) == 1
        assert read_page.attributes["html"][0]["lang"] == language
    if language != "en":
        assert "This is what we understood" not in page(client, f"/{language}/place")


def test_a_map_of_any_size_is_tapped_until_the_place_is_known(client):
    for name, x, y in (("small", 158, 68), ("wide", 355, 153)):
        reply = client.post("/en/place/map", data=tapped(name, x, y))
        assert (reply.status_code, reply.location) == (303, "/en/place#map")
        assert "The cross is in" in page(client)
        assert said(client) is None
        reply = client.post("/en/place/map", data=tapped(name, x, y, sheet_of(client)))
        assert "Tap the very spot" in page(client)
        reply = client.post("/en/place/map", data=tapped(name, x, y, sheet_of(client)))
        assert reply.status_code == 303
        assert said(client).point is not None
        assert said(client).reach == 0
        post(client, "forget")


def test_what_is_tapped_is_where_the_map_says(client):
    """The 10° map around Ouahigouya goes from 15° N 7.5° W to 10° N 2.5° E."""
    west, north = -180 + 69 * 2.5, 90 - 59 * 1.25
    x, y = round((-2.4 - west) * 72), round((north - 13.6) * 72)
    client.post("/en/place/map", data=tapped("wide", x, y, "2.69.59"))
    assert (said(client).point.latitude, said(client).point.longitude) == (13.6, -2.4)
    assert said(client).country == "BF"


@pytest.mark.parametrize("language", ["fr", "es", "ar"])
@pytest.mark.parametrize("level", [1, 2])
def test_what_the_map_shows_is_said_in_the_readers_language(client, language, level):
    client.set_cookie("map", f"{level} 13.6 -2.4")
    status = re.search(
        r'<p role="status">([^<]*)<', client.get(f"/{language}/place").text
    )
    assert "cross" not in status[1]
    assert "Tap" not in status[1]


def test_a_name_in_latin_letters_does_not_turn_an_arabic_line(client):
    post(client, "point", **OUAHIGOUYA)
    assert "\u2068Ouahigouya\u2069، بوركينا فاسو" in page(client, "/ar/place")


def test_the_keyboard_alone_finds_a_place(client):
    reply = post(client, "map", go="north")
    assert reply.location == "/en/place"
    assert 'value="north" class="quiet north" autofocus' in " ".join(
        client.get("/en/place").text.split()
    )
    for button in ("closer", "west", "closer", "closer", "south", "east", "farther"):
        assert post(client, "map", go=button).status_code == 303
    level, latitude, longitude, pressed = spot_of(client).strip('"').split()
    assert (level, pressed) == ("2", "farther")
    post(client, "map", go="here")
    assert said(client).point.latitude == float(latitude)
    assert said(client).point.longitude == float(longitude)


def test_a_map_pressed_with_the_keyboard_is_no_tap(client):
    reply = client.post("/en/place/map", data=tapped("small", 0, 0))
    assert reply.status_code == 422
    assert "use the buttons beside the map" in reply.text
    assert client.get_cookie("map") is None


def test_here_without_a_spot_asks_for_one(client):
    reply = post(client, "map", go="here")
    assert reply.status_code == 422
    assert "tap on the map first" in reply.text


@pytest.mark.parametrize(
    "wrong",
    [
        tapped("small", "x", "1"),
        tapped("small", "-5", "1"),
        tapped("small", 5000, 1),
        tapped("small", "", ""),
        tapped("small", "9" * 400, 1),
        tapped("small", "٣", 1),
        tapped("small", 10, 10, "9.9.9"),
        tapped("small", 10, 10, "1.48.0"),
        tapped("small", 10, 10, "1"),
        tapped("small", 10, 10, ""),
        {"small.x": "10"},
        {"go": "up"},
        {},
    ],
)
def test_a_tap_that_cannot_be_is_said(client, wrong):
    reply = client.post("/en/place/map", data=wrong)
    assert reply.status_code == 422
    assert 'role="alert"' in reply.text
    assert "Say where it is" in reply.text


def test_a_map_goes_on_across_the_line_where_the_date_changes(client):
    """Fiji lies on both sides of it."""
    post(client, "point", latitude="-17.8", longitude="178")
    text = client.get("/en/place").text
    assert "Fiji" in text
    assert re.search(r"<text[^>]*>(Nasinu|Suva)<", text)
    post(client, "map", go="farther")
    for _ in range(3):
        post(client, "map", go="east")
    assert client.get("/en/place").status_code == 200
    assert spot_of(client).strip('"').split()[2].startswith("-17")


@pytest.mark.thorough
def test_pictures_of_the_world_are_kept_by_browsers(client):
    for address in ("/world/0/0/0.svg", "/world/1/45/26.svg", "/world/3/353/304.svg"):
        reply = client.get(address)
        assert reply.content_type == "image/svg+xml"
        assert "max-age=2592000" in reply.headers["Cache-Control"]
        assert "Cookie" not in reply.headers.get("Vary", "")
        assert reply.text.startswith("<svg")


@pytest.mark.parametrize(
    "address",
    ["/world/4/0/0.svg", "/world/0/1/0.svg", "/world/1/0/99.svg", "/world/a/0/0.svg"],
)
def test_there_are_no_other_pictures(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("name", ["Ouahigouya", "ouahigoya", "Wahiguya", "OUAHIGOUYA "])
def test_a_name_gives_places_to_choose_from(client, name):
    reply = post(client, "name", name=name)
    assert reply.status_code == 200
    assert "Nord, Burkina Faso" in reply.text
    fields = dict(
        re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', reply.text)
    )
    assert fields == OUAHIGOUYA
    post(client, "point", **fields)
    assert "Ouahigouya, Burkina Faso" in page(client)


def test_a_place_is_shown_in_the_script_it_was_asked_in(client):
    text = post(client, "name", language="ar", name="مرادي").text
    assert "<bdi>مرادي</bdi>" in text
    assert '<bdi lang="en">Maradi</bdi>' in text
    assert "النيجر" in text


@pytest.mark.parametrize(
    "name",
    ["Qqqqq", "东海市场镇", "Ыыыыы", "ፈፈፈፈፈ", "'; DROP TABLE place; --", "<b>x</b>"],
)
def test_a_name_that_is_not_known_gets_help(client, name):
    reply = post(client, "name", name=name)
    assert reply.status_code == 200
    assert "No place of that name" in reply.text
    assert "larger town nearby" in reply.text
    assert "<b>x</b>" not in reply.text


@pytest.mark.parametrize("name", ["", "   ", "!!! ...", "\x00", "-"])
def test_a_name_without_letters_is_asked_for_again(client, name):
    reply = post(client, "name", name=name)
    assert reply.status_code == 422
    assert "type the name of a place" in reply.text


@pytest.mark.parametrize("name", ["a" * 10_000, "Our\x00ga", "\u202eabc", "😀 x", "%"])
def test_a_name_of_any_kind_is_answered(client, name):
    reply = post(client, "name", name=name)
    assert reply.status_code in {200, 422}
    assert len(reply.data) < 50_000


def test_a_form_that_is_too_large_is_refused_with_a_page(client):
    reply = post(client, "name", name="a" * 100_000)
    assert reply.status_code == 413
    assert "<h1>" in reply.text


def test_a_country_and_a_district_are_chosen(client):
    text = client.get("/fr/place/country?country=BF").text
    assert '<option value="BF-10">Nord</option>' in text
    post(client, "region", language="fr", region="BF-10")
    kept = said(client)
    assert (kept.name, kept.country) == ("Nord", "BF")
    assert 13 < kept.point.latitude < 14
    assert 0.2 < kept.reach < 1
    assert "Nord, Burkina Faso" in page(client)
    post(client, "region", region="BF")
    assert said(client).name == ""
    assert said(client).reach > 3
    assert "Burkina Faso Known to about" in page(client)
    assert "فاسو" in page(client, "/ar/place")


def test_a_country_has_the_climates_of_its_land(client):
    """Half of Burkina Faso is steppe and a third savanna."""
    post(client, "region", region="BF")
    text = page(client)
    assert "The climate is" in text
    assert "None of them is sure enough" in text


def test_a_country_on_both_sides_of_the_date_line_is_a_place(client):
    post(client, "region", region="FJ")
    assert abs(said(client).point.longitude) > 170
    assert "hot" in page(client)


@pytest.mark.parametrize("code", ["ZZ", "", "BF-99", "x" * 5000, "'", "011x", "\x00"])
def test_a_region_that_does_not_exist_is_said(client, code):
    assert post(client, "region", region=code).status_code == 404
    reply = client.get("/en/place/country", query_string={"country": code})
    assert reply.status_code == (302 if code in {"", "\x00"} else 404)


@pytest.mark.parametrize("code", ["BF-10", "001", "sahel"])
def test_only_a_country_has_districts(client, code):
    assert client.get(f"/en/place/country?country={code}").status_code == 404


def test_a_region_that_is_no_place_is_refused(client):
    assert post(client, "region", region="AQ").status_code == 422
    assert post(client, "region", region="001").status_code == 422


def test_where_the_phone_is_is_kept_to_a_tenth_of_a_degree(client, caplog):
    caplog.set_level(logging.DEBUG)
    reply = post(client, "point", latitude="13.58273", longitude="-2.42164")
    assert said(client).point.latitude == 13.6
    text = client.get("/en/place").text
    for kept in (str(reply.headers), text, caplog.text, reply.text):
        assert "13.58" not in kept
        assert "2.42" not in kept
    assert "13.6" not in text
    assert "near Ouahigouya, Burkina Faso" in page(client)


@pytest.mark.parametrize(
    ("latitude", "longitude", "words"),
    [
        ("91", "0", "between -90 and 90"),
        ("-90.1", "0", "between -90 and 90"),
        ("NaN", "0", "must be a number"),
        ("0", "inf", "must be a number"),
        ("text", "0", "must be a number"),
        ("", "", "must be a number"),
        ("40", "-400", "This is the sea"),
        ("-40", "-100", "This is the sea"),
        ("0", "180", "This is the sea"),
        ("90", "0", "This is the sea"),
        ("9" * 400, "0", "must be a number"),
    ],
)
def test_what_is_no_place_on_land_is_said(client, latitude, longitude, words):
    reply = post(client, "point", latitude=latitude, longitude=longitude)
    assert reply.status_code == 422
    assert words in reply.text
    assert said(client) is None


def test_a_comma_in_a_number_and_a_way_round_the_globe_are_understood(client):
    post(client, "point", latitude="13,6", longitude="357.6")
    assert said(client).point.longitude == -2.4


@pytest.mark.thorough
def test_figures_that_are_loaded_are_what_the_zones_are_said_to_follow_from(
    client, seeded, tmp_path
):
    settings = replace(
        seeded.settings,
        home=shutil.copytree(seeded.settings.home, tmp_path / "home"),
        database=seeded.settings.database_url,
    )
    own = create_app(settings).test_client()
    assert post(own, "point", **OUAHIGOUYA).status_code == 303
    assert "maps of the climate alone" in page(own)
    cells = [row_of(bytes([1]) * WIDTH)] * HEIGHT
    about = About("A map", "CC0", "Someone", "2020", "a.tif", {1: "0.3"}, kind="ai")
    layer = layer_path(settings.regions_folder, "ai")
    RunGrid.of_rows(about, WIDTH, cells).write(layer)
    own = create_app(settings).test_client()
    assert post(own, "point", **OUAHIGOUYA).status_code == 303
    assert "maps that were loaded here" in page(own)
    assert "maps of the climate alone" not in page(own)


def test_antarctica_is_icy(client):
    post(client, "point", latitude="-85", longitude="0")
    assert "icy" in page(client)


@pytest.mark.parametrize(("longitude", "kept"), [("179.99", -180.0), ("-180", -180.0)])
def test_the_line_where_the_date_changes_is_a_place(client, longitude, kept):
    post(client, "point", latitude="68.5", longitude=longitude)
    assert said(client).point.longitude == kept
    assert "Russia" in page(client)


@pytest.mark.parametrize(
    ("latitude", "longitude", "country"),
    [("44.9572", "34.1108", "UA"), ("33.0", "35.8", "IL"), ("24.0", "-15.0", "MA")],
)
def test_a_disputed_place_comes_with_the_disclaimer(
    client, latitude, longitude, country
):
    post(client, "point", latitude=latitude, longitude=longitude, country=country)
    assert said(client).country == ""
    assert page(client).count("acceptance by the United Nations") == 2


def test_a_small_island_that_the_map_leaves_out_is_known(client):
    post(client, "point", latitude="-20.16", longitude="57.5", name="Port Louis")
    text = page(client)
    assert "Port Louis, Mauritius" in text
    assert "hot" in text


def test_a_country_that_does_not_exist_is_refused(client):
    reply = post(client, "point", latitude="13.6", longitude="-2.4", country="ZZ")
    assert reply.status_code == 404
    assert said(client) is None


@pytest.mark.parametrize("code", LAND_USES)
def test_each_land_use_can_be_chosen_from_its_picture(client, code):
    text = client.get("/en/place").text
    assert re.search(rf'land\.svg\?v=\w+#{code}"', text)
    assert f'id="{code}"' in client.get("/static/land.svg").text
    post(client, "use", land_use=code)
    assert said(client).land_use == code


@pytest.mark.parametrize("code", ["golf", "", "<b>", "\x00", "a" * 9000])
def test_a_land_use_that_does_not_exist_is_refused(client, code):
    assert post(client, "use", land_use=code).status_code == 422
    assert said(client) is None


def test_every_answer_of_the_soil_key_has_its_picture(client):
    text, drawn = client.get("/en/place/soil").text, client.get("/static/soil.svg").text
    for asked in field_key.QUESTIONS:
        for answer in asked.answers:
            assert f'#{asked.id}-{answer.id}"' in text
            assert f'<symbol id="{asked.id}-{answer.id}"' in drawn


def test_answers_are_understood_kept_and_shown_again(client):
    post(client, "questions", frost="never", months="semi_arid", rain="summer")
    text = page(client)
    assert "The climate is dry and hot." in text
    assert "one rainy season, in the hot months" in text
    assert "as you said" in text
    shown = " ".join(client.get("/en/place").text.split())
    assert 'name="frost" value="never" checked' in shown
    post(client, "soil", feel="sand")
    assert "sandy" in page(client)
    assert said(client).simple["frost"] == "never"


@pytest.mark.parametrize(
    ("way", "given"),
    [
        ("questions", {"frost": "maybe"}),
        ("questions", {"rain": "a" * 5000}),
        ("soil", {"feel": "soft"}),
        ("soil", {"ground": "\x00"}),
        ("without", {"part": "all"}),
        ("without", {}),
    ],
)
def test_an_answer_that_is_not_known_is_refused(client, way, given):
    reply = post(client, way, **given)
    assert reply.status_code == 422
    assert 'role="alert"' in reply.text
    assert said(client) is None


def test_no_question_has_to_be_answered(client):
    assert post(client, "questions").status_code == 303
    assert not said(client)
    assert "Forget my place" not in page(client)


def test_each_part_is_taken_back_by_itself(client):
    post(client, "point", **OUAHIGOUYA)
    post(client, "use", land_use="paddy")
    post(client, "questions", frost="never")
    post(client, "soil", feel="sand")
    for part in ("point", "land_use", "simple", "key"):
        assert post(client, "without", part=part).status_code == 303
    assert client.get_cookie("place") is None
    assert "Where is your land?" in page(client)


def test_one_button_forgets_everything(client):
    post(client, "point", **OUAHIGOUYA)
    post(client, "map", go="north")
    assert "Forget my place" in page(client)
    assert post(client, "forget").status_code == 303
    assert client.get_cookie("place") is None
    assert client.get_cookie("map") is None


def test_advisers_see_zones_with_their_shares_and_a_caveat(client):
    post(client, "point", latitude="13.58", longitude="-2.42")
    text = page(client)
    assert "Tropical dry: 66%" in text
    assert "Semi-arid: 65%" in text
    assert "None of them is sure enough" in text
    assert "Do not take a carbon factor" in text
    assert "(decided)" not in text


def test_a_zone_is_called_decided_where_the_numbers_allow_it(client):
    """In the Amazon 84 % of such land is wet tropics."""
    post(client, "point", latitude="-3.1", longitude="-60")
    assert "Tropical wet: 84% (decided)" in page(client)


def test_the_first_page_and_the_header_show_what_is_known(client):
    text = page(client, "/en/")
    assert "Say where your land is" in text
    post(client, "use", land_use="crop_livestock")
    assert "Crops and animals together" in page(client, "/en/")
    header = client.get("/en/about").text.partition("</header>")[0]
    assert "Your land" in header
    post(client, "point", **OUAHIGOUYA)
    home = client.get("/en/")
    assert "Ouahigouya, Burkina Faso" in home.text
    assert home.headers["Cache-Control"] == "private, no-cache"
    header = client.get("/en/about").text.partition("</header>")[0]
    assert "Ouahigouya" in header


def test_a_name_with_marks_of_html_is_shown_as_words(client):
    post(client, "point", **OUAHIGOUYA | {"name": "<script>alert(1)</script>"})
    for address in ("/en/place", "/en/", "/en/search"):
        assert "<script>alert" not in client.get(address).text


def test_without_cookies_the_page_says_that_nothing_was_kept(seeded):
    client = seeded.app.test_client(use_cookies=False)
    reply = post(client, "use", land_use="paddy")
    assert "allow cookies" in client.get(reply.location).text
    assert "allow cookies" not in client.get("/en/place").text


@pytest.mark.parametrize(
    "wrong",
    ["x", "at=91 0", "use=golf", "a" * 3000, "%00", "within=x&at=1 2", "within=-9"],
)
def test_a_cookie_from_elsewhere_counts_as_nothing_or_is_harmless(client, wrong):
    for name in ("place", "map"):
        client.set_cookie(name, wrong)
    assert client.get("/en/place").status_code == 200
    assert client.get("/en/").status_code == 200


@pytest.mark.parametrize(
    "wrong",
    ["9", "1", "2 91 0", "2 x y", "1 2 3 4", "2 1 2 up", "٣ 1 2", "-1 0 0", "1e9"],
)
def test_a_map_cookie_from_elsewhere_shows_the_world(client, wrong):
    client.set_cookie("map", wrong)
    assert "/world/0/0/0.svg" in client.get("/en/place").text


OWN = [
    {},
    {"Sec-Fetch-Site": "same-origin"},
    {"Sec-Fetch-Site": "none"},
    {"Origin": "http://localhost"},
]
FOREIGN = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Origin": "http://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://[::1"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
]
WAYS = {
    "use": {"land_use": "paddy"},
    "point": OUAHIGOUYA,
    "region": {"region": "BF"},
    "questions": {"frost": "never"},
    "soil": {"feel": "sand"},
    "without": {"part": "key"},
    "forget": {},
    "map": {"go": "north"},
}


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_a_form_of_another_site_changes_nothing(client, headers):
    post(client, "use", land_use="urban")
    for way, given in WAYS.items():
        reply = client.post(f"/en/place/{way}", data=given, headers=headers)
        assert reply.status_code == 403
        assert "another site" in reply.text
    assert said(client).land_use == "urban"
    assert client.get_cookie("map") is None


@pytest.mark.parametrize("headers", OWN, ids=str)
def test_a_form_of_our_own_is_taken(client, headers):
    for way, given in WAYS.items():
        reply = client.post(f"/en/place/{way}", data=given, headers=headers)
        assert reply.status_code == 303


def test_behind_a_proxy_the_public_address_is_our_own(houses, tmp_path):
    settings = Settings(
        home=str(tmp_path), address="https://humus.example", search="memory:"
    )
    app = create_app(settings)
    headers = {"Origin": "https://humus.example", "Host": "humus.example"}
    reply = app.test_client().post("/en/place/forget", headers=headers)
    assert reply.status_code == 303


def test_only_this_page_may_ask_where_the_phone_is(client):
    reply = client.get("/en/place")
    assert "script-src 'self'" in reply.headers["Content-Security-Policy"]
    assert "geolocation=(self)" in reply.headers["Permissions-Policy"]
    for address in ("/en/", "/en/place/soil", "/en/search", "/en/practices/P-20"):
        reply = client.get(address, follow_redirects=True)
        typed_on = address in {"/en/", "/en/search"}
        assert ("script-src" in reply.headers["Content-Security-Policy"]) == typed_on
        assert "geolocation=()" in reply.headers["Permissions-Policy"]
    script = client.get("/static/gps.js")
    assert script.content_type == "text/javascript; charset=utf-8"
    assert "Math.round(degrees * 10) / 10" in script.text


def test_the_address_of_a_form_leads_to_the_page(client):
    """As after choosing another language on an answer to a form."""
    for way in ("name", "use", "map", "point"):
        assert client.get(f"/fr/place/{way}").location == "/fr/place"


@pytest.fixture
def bare(seeded, tmp_path):
    """The seeded house before maps and list of places were made."""
    office = seeded.office
    none = type(office.settings)(home=str(tmp_path), secret_key="x")
    seeded.app.extensions["kb"] = type(office)(none, office.database, office.index)
    yield seeded.app.test_client()
    seeded.app.extensions["kb"] = office


def test_without_maps_the_page_offers_the_other_ways(bare):
    text = page(bare)
    assert "The map does not work just now" in text
    reply = post(bare, "name", name="Maradi")
    assert reply.status_code == 503
    assert "cannot be looked up just now" in reply.text
    assert bare.get("/world/0/0/0.svg").status_code == 503
    assert post(bare, "questions", frost="never", months="arid").status_code == 303
    assert "very dry and hot" in page(bare)
    assert post(bare, "region", region="BF").status_code == 303
    assert "Burkina Faso" in page(bare)
    assert post(bare, "point", **OUAHIGOUYA).status_code == 503


@pytest.mark.thorough
def test_the_map_page_weighs_at_most_60_kilobytes_in_all(client):
    address = "/ar/place"
    text = client.get(address).text
    files = set(re.findall(r'(?:src|href)="(/(?:static|world)/[^"#]+)', text))
    assert any("/world/" in file for file in files)
    weights = [
        len(client.get(name, headers={"Accept-Encoding": "gzip"}, buffered=True).data)
        for name in (address, *files)
    ]
    assert sum(weights) <= 60 * 1024


def test_all_questions_can_be_answered(client):
    text = client.get("/en/place").text
    for asked in questions.QUESTIONS:
        for answer in asked.answers:
            assert re.search(rf'name="{asked.id}"\s+value="{answer.id}"', text)
