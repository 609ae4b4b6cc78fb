"""What a reader sees on each kind of page."""

import json
import re
from html import unescape

import pytest

from kb.language import INTERFACE
from kb.search.asked import Said, read
from tests.web.html import Page


def get(client, address):
    reply = client.get(address, follow_redirects=True)
    assert reply.status_code == 200, address
    return reply.text


def test_the_first_page_leads_to_the_browsers_language(client):
    for asked, led in [
        ("fr-CH, fr;q=0.9", "/fr/"),
        ("ha", "/en/"),
        ("fr;q=0, es;q=0.1", "/es/"),
        ("sw-KE, en;q=0.8", "/sw/"),
        ("zh-CN,zh;q=0.9", "/zh/"),
        ("ar,en;q=0.5", "/ar/"),
    ]:
        reply = client.get("/", headers={"Accept-Language": asked})
        assert reply.headers["Location"] == led
        assert "Accept-Language" in reply.headers["Vary"]


def test_home_offers_search_problems_land_and_land_uses(client):
    text = get(client, "/en/")
    assert 'name="q"' in text
    assert "My soil washes or blows away" in text
    assert "Where is your land?" in text
    assert 'href="/en/place"' in text
    assert 'value="paddy"' in text
    assert "46" in text


def test_a_practice_shows_card_steps_sheet_failures_and_sources(client):
    text = get(client, "/en/practices/P-20")
    for said in (
        "Zai planting pits",
        "zaï",
        "towalen",
        "Very hard work",
        "Little money",
        "How to do it",
        "With the first rains",
        "Where it does not suit",
        "Hard limits",
        "What failed, and why",
        "Who can do it",
        "What was measured",
        "Sources",
        "from 125 to 388",
        "kg/ha",
        "not said",
        "CC BY 4.0",
        "November 22, 2027",
        "Completeness",
        "%",
    ):
        assert said in text, said


def test_every_effect_shows_unit_years_depth_n_evidence_and_source(client):
    page = get(client, "/en/practices/P-3")
    rows = re.findall(r"<tr>(.*?)</tr>", page.partition("<tbody>")[2], flags=re.S)
    assert len(rows) >= 3
    for row in rows:
        for label in ("Result", "Years", "Depth", "Number", "Evidence", "Source"):
            cell = re.search(rf'<td data-label="{label}">(.*?)</td>', row, flags=re.S)
            assert re.sub(r"<[^>]*>", "", cell[1]).strip(), label
        assert 'href="#source-' in row
    assert any("0 to 15 cm" in row and "g/kg" in row for row in rows)


def test_evidence_stands_in_words_and_as_dots(client):
    text = get(client, "/en/practices/P-3")
    assert re.search(
        r'<span class="dots" aria-hidden="true">●●●●●</span>\s+Review', text
    )


def test_what_is_disputed_is_said(client):
    text = get(client, "/en/practices/P-38")
    assert "What is disputed" in text
    assert "disputed" in text


def test_a_story_shows_context_results_against_a_baseline_and_who_gained(client):
    text = get(client, "/en/stories/S-5")
    for said in (
        "How things were",
        "What was done",
        "What made it work",
        "What came of it",
        "from 17 to 34",
        "Money",
        "Who gained",
        "What is not proven",
        "1994",
    ):
        assert said in text, said


def test_an_answer_shows_the_question_and_the_practices_it_cites(client):
    text = get(client, "/en/answers/A-1")
    for said in ("The question", "The answer", "Keep in mind", "What it rests on"):
        assert said in text, said
    assert "/en/practices/P-" in text


def test_a_practice_names_the_stories_and_answers_that_rest_on_it(client):
    text = get(client, "/en/practices/P-20")
    assert "/en/stories/S-" in text
    assert "Where it is used" in text


def test_texts_that_no_native_speaker_read_say_so(client):
    assert "non relue par une personne de langue maternelle" in get(
        client, "/fr/practices/P-20"
    ) or "locuteur natif" in get(client, "/fr/practices/P-20")
    assert (
        "not yet reviewed by a native speaker"
        not in get(client, "/en/practices/P-20").partition("About this record")[0]
    )


def test_a_text_in_another_language_can_be_chosen(client):
    text = get(client, "/en/practices/P-1?text=pt")
    page = Page(text)
    assert ("pt", "Culturas de cobertura") in page.words or any(
        spoken == "pt" for spoken, _ in page.words
    )
    assert "you read it in Portuguese" in text


def test_parts_that_are_missing_come_in_another_language_and_say_so(client):
    text = get(client, "/en/practices/P-20?text=pt")
    assert "Some parts are not translated yet" in text
    assert 'lang="pt"' in text


@pytest.mark.parametrize("language", INTERFACE)
def test_the_language_switch_keeps_the_page(client, language):
    page = Page(get(client, f"/{language}/search?q=erosion&kind=practice&page=1"))
    for other in INTERFACE:
        assert f"/{other}/search?q=erosion&kind=practice&page=1" in page.links
    page = Page(get(client, f"/{language}/practices/P-20"))
    assert any(link.startswith("/ar/practices/P-20") for link in page.links)


def test_pages_name_their_other_languages_for_search_engines(client):
    page = Page(get(client, "/fr/practices/P-20"))
    alternates = {
        a["hreflang"]: a["href"] for a in page.attributes["link"] if "hreflang" in a
    }
    assert set(alternates) == set(INTERFACE)
    assert alternates["en"] == "http://localhost/en/practices/P-20-zai-planting-pits"


def test_an_address_with_an_old_title_leads_to_todays(client):
    reply = client.get("/en/practices/P-20-holes")
    assert (reply.status_code, reply.headers["Location"]) == (
        301,
        "/en/practices/P-20-zai-planting-pits",
    )


@pytest.mark.parametrize("address", ["/P-20", "/p-20", "/en/P-20"])
def test_a_code_leads_to_its_record(client, address):
    text = get(client, address)
    assert "Zai planting pits" in text


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("/en/practices/P-20", "HowTo"),
        ("/en/stories/S-1", "Article"),
        ("/fr/answers/A-1", "QAPage"),
    ],
)
def test_search_engines_get_the_record_in_their_words(client, address, kind):
    (about,) = Page(get(client, address)).data
    assert about["@type"] == kind
    assert about["license"] == "https://creativecommons.org/licenses/by/4.0/"
    if kind == "HowTo":
        assert len(about["step"]) == 7
    if kind == "QAPage":
        assert about["mainEntity"]["acceptedAnswer"]["text"]


def test_results_show_counts_marks_and_filters(client):
    text = get(client, "/en/search?q=erosion&kind=practice")
    assert "<mark>erosion</mark>" in text
    assert re.search(r'name="kind"\s+value="practice"', text)
    assert re.search(r"\d+ results", text)
    assert "Remove this filter" in text


def test_one_search_box_finds_every_kind(client):
    text = get(client, "/en/search?q=zai")
    for plural in ("practices", "stories", "answers", "guidelines"):
        assert f"/en/{plural}/" in text, plural


@pytest.mark.parametrize(
    ("language", "words", "ref"),
    [
        ("fr", "cordons pierreux", "P-19"),
        ("fr", "vegetaux couverts", "P-1"),
        ("es", "siembra directa", "P-3"),
        ("ar", "محاصيل التغطية", "P-1"),
        ("ar", "السماد الأخضر", "P-2"),
        ("en", "tassa", "P-20"),
        ("en", "覆盖作物", "P-1"),
        ("fr", "mboji", "P-7"),
        ("en", "हरी खाद", "P-2"),
        ("en", "навоз", "P-8"),
    ],
)
def test_a_practice_is_found_by_its_name_in_any_language(client, language, words, ref):
    text = get(client, f"/{language}/search?q={words}")
    first = re.findall(r'<span class="ref">([PSA]-\d+)</span>', text)[:3]
    assert ref in first


def told(client, address):
    """Give the notices of a page of results."""
    page = get(client, address)
    (said,) = re.findall(r'<div role="status">(.*?)<p class="total">', page, flags=re.S)
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", said))).strip()


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("q=zai", ""),
        ("q=zai+qwxzz", "Without: qwxzz (found nowhere)."),
        ("q=climbing+beans+zai", "Nothing holds all these words. These hold most"),
        ("q=zai+mangrove", "Nothing holds all these words. These hold some"),
        ("q=the+of+and", "These words are too common to search for."),
        (
            "q=zaai&sort=title",
            "Nothing holds “zaai”. Shown: results for “zai”. Search instead for zaai",
        ),
        ("q=steadily", "Did you mean: steadier"),
    ],
)
def test_what_was_done_to_a_search_is_told(client, address, said):
    assert told(client, f"/en/search?{address}").startswith(said)
    assert told(client, f"/en/map?{address}").startswith(said)


def test_words_can_be_searched_for_as_they_are_spelt(client):
    page = Page(get(client, "/en/search?q=zaai&kind=practice&sort=title"))
    (exact,) = [link for link in page.links if link.endswith("exact=1")]
    assert exact == "?q=zaai&kind=practice&sort=title&exact=1"
    page = get(client, f"/en/search{exact}")
    assert "Nothing found" in page
    assert re.search(r'name="exact"\s+value="1"\s+checked', page)
    assert "exact=1" in Page(get(client, "/en/search?q=zai&exact=1")).text


@pytest.mark.parametrize("language", INTERFACE)
@pytest.mark.parametrize("words", ["zai", "qwxzz"])
def test_every_example_of_how_to_ask_does_what_is_said(client, language, words):
    text = get(client, f"/{language}/search?q={words}")
    (ways,) = re.findall(r'<ul class="asking">(.*?)</ul>', text, flags=re.S)
    examples = [
        re.split("[:：]", way)[-1] for way in re.findall(r"<li>(.*?)</li>", ways)
    ]
    row, minus, either = (
        read(unescape(one).strip(" .。।"), language) for one in examples[:3]
    )
    assert [said.quoted for need in row.needs for said in need] == [True]
    assert (len(minus.needs), len(minus.without)) == (1, 1)
    assert [[type(said) for said in need] for need in either.needs] == [[Said, Said]]


def facet(text, label):
    """Give the part of a page that one list to narrow down by stands in."""
    return text.partition(f"<summary>{label}</summary>")[2].partition("<summary>Evid")[
        0
    ]


def test_regions_unfold_to_countries_and_show_what_is_chosen(client):
    text = get(client, "/en/search?region=BF&theme=rice")
    assert text.count("<details open>") == 4, "region, Africa, its west; theme"
    part = facet(text, "Region")
    for name in ("Africa", "Western Africa", "Burkina Faso"):
        assert f"<span>{name}</span>" in part, name
    assert part.index("Africa") < part.index("Western Africa") < part.index("Burkina")
    assert "World" not in part
    assert "<summary>Country</summary>" not in text
    assert "<summary>Country</summary>" in get(client, "/en/search?country=BF")


def test_a_group_of_land_uses_finds_what_lies_in_it(client):
    whole, part = (
        int(re.search(r"(\d+) results?", get(client, f"/en/search?land_use={code}"))[1])
        for code in ("grazing", "pastoral")
    )
    assert whole > part > 0
    assert "Grazing land" in get(client, "/en/search?land_use=grazing")


def test_a_range_is_typed_in_or_ticked(client):
    typed = get(client, "/en/search?year-from=1980&year-to=1989")
    assert "1980 to 1989" in typed
    ticked = get(client, "/en/search?year=1980..1989")
    count = re.compile(r"\d+ results?")
    assert count.search(typed)[0] == count.search(ticked)[0] != "0 results"
    other = get(client, "/en/search?kind=story&year-from=1985")
    assert re.search(r'name="year-from"\s+value="1985"', other)
    assert re.search(r'name="year-to"\s+value=""', other)
    assert 'href="?kind=story"' in other, "the range can be lifted"
    assert "1985 or more" in other
    assert "year=1985.." in other, "other orders keep it"


def test_a_range_that_no_record_has_is_not_offered(client):
    text = get(client, "/en/search")
    assert "<summary>Year</summary>" in text
    for label in ("Rain in a year", "Height above the sea", "Money needed"):
        assert label not in text


@pytest.mark.parametrize(
    "asked", ["year-from=soon", "year-from=2000&year-to=1990", "year=x", "year=3..1"]
)
def test_a_range_that_is_none_is_refused_by_name(client, asked):
    reply = client.get(f"/en/search?{asked}")
    assert reply.status_code == 422
    assert "<code>year</code>" in reply.text


def test_the_nearest_are_an_order_only_where_a_place_was_said(client):
    text = get(client, "/en/search?sort=nearest")
    assert "once you have said where your land is" in text
    assert "most like your place" not in text
    assert "tried in most places" in text
    client.set_cookie("place", "at=13.6+-2.4")
    text = get(client, "/en/search?sort=nearest")
    assert "once you have said where your land is" not in text
    assert re.search(r'aria-current="true">most like your place', text)


def test_results_say_as_what_else_was_searched(client):
    text = get(client, "/fr/search?q=mazao+funika")
    also = text.partition('class="also"')[2].partition("</div>")[0]
    assert "culture de couverture" in also
    assert '<li lang="zh" dir="ltr">中文: 覆盖作物</li>' in also
    assert '<li lang="ar" dir="rtl">' in also
    assert 'class="also"' not in get(client, "/fr/search?q=xyzzy")
    assert 'class="also"' not in get(client, "/fr/search?q=%22mazao+funika%22")
    assert 'class="also"' not in get(client, "/fr/search")


def test_theme_land_use_and_problem_pages_list_records(client):
    for address in (
        "/en/themes/rice",
        "/fr/land-uses/paddy",
        "/ar/problems/stop_erosion",
    ):
        assert '<ul class="cards">' in get(client, address)


def test_the_sources_page_says_who_cites_what(client):
    text = get(client, "/en/sources")
    assert "Bolinder et al. 2020" in text
    assert "doi:10.1007/s11027-020-09916-3" in text
    assert "Cited by" in text


def test_about_says_how_far_to_trust_it(client):
    text = get(client, "/fr/about")
    assert "CC BY 4.0" in text
    assert "●●●●●" in text


def test_arabic_is_right_to_left_with_figures_that_keep_their_minus(client):
    text = get(client, "/ar/practices/P-20")
    assert '<html lang="ar" dir="rtl">' in text
    assert "\u200e-58.66" in text


def test_numbers_and_dates_follow_the_language(client):
    assert "-58,66" in get(client, "/fr/practices/P-20")
    assert "22 novembre 2026" in get(client, "/fr/practices/P-20")
    assert "22 de noviembre de 2026" in get(client, "/es/practices/P-20")


def test_pages_tell_the_browser_what_they_may_do(client):
    reply = client.get("/en/")
    policy = reply.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in reply.headers


def test_an_unchanged_page_is_not_sent_again(client):
    for address in ("/en/", "/api/v1/records/P-20"):
        first = client.get(address, headers={"Accept-Encoding": "gzip"})
        assert "max-age" in first.headers["Cache-Control"]
        again = client.get(
            address,
            headers={"If-None-Match": first.headers["ETag"], "Accept-Encoding": "gzip"},
        )
        assert again.status_code == 304


def test_json_ld_cannot_break_out_of_the_page(client):
    (about,) = Page(get(client, "/en/practices/P-20")).data
    assert json.dumps(about)
    assert "</script" not in json.dumps(about)
