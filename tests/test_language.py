import pytest
from babel import Locale
from babel.localedata import locale_identifiers

from kb.language import best_of, chain, country_name, direction, name_of, offered
from kb.markdown import slug, to_html, to_words
from kb.search.words import ANALYSED


@pytest.mark.parametrize(("code", "way"), [("ar", "rtl"), ("fr", "ltr"), ("xx", "ltr")])
def test_direction(code, way):
    assert direction(code) == way


@pytest.mark.thorough
def test_the_direction_is_that_of_cldr_for_every_language_it_knows():
    for name in locale_identifiers():
        from_right = Locale.parse(name).text_direction == "rtl"
        assert (direction(name.replace("_", "-")) == "rtl") == from_right, name


@pytest.mark.parametrize(
    ("available", "reader", "source", "best"),
    [
        ({"en", "fr"}, "fr", "en", "fr"),
        ({"en", "fr"}, "ar", "fr", "en"),
        ({"sw", "fr"}, "ar", "fr", "fr"),
        ({"pt", "en"}, "pt-BR", "en", "pt"),
        ({"sw"}, "ar", "fr", "sw"),
    ],
)
def test_a_reader_never_gets_nothing(available, reader, source, best):
    assert best_of(available, reader=reader, source=source) == best


def test_names_come_in_the_readers_language():
    assert name_of("ar") == "العربية"
    assert {x: name_of(x) for x in ANALYSED} == {
        x: Locale.parse(x).languages[x] for x in ANALYSED
    }
    assert name_of("pt", in_language="fr") == "portugais"
    assert country_name("BF", in_language="es") == "Burkina Faso"
    assert country_name("NE", in_language="fr") == "Niger"
    assert name_of("qqq") == "qqq"


def test_the_chain_says_nothing_twice():
    assert chain("en", "en") == ("en",)


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "![x](http://evil.example/x.png)",
        '<img src=x onerror="alert(1)">',
        "<a href='http://evil.example'>x</a>",
        "<iframe src=//evil.example></iframe>",
    ],
)
def test_markdown_lets_nothing_through_that_could_act(attack):
    html = to_html(attack)
    for bad in ("<script", "<img", "<a ", "<iframe", "href=", "src="):
        assert bad not in html.replace("&lt;", "") or "<" not in html.replace(
            "<p>", ""
        ).replace("</p>", "")


def test_markdown_keeps_what_records_use():
    assert "<li>one</li>" in to_html("- one\n- **two**")
    assert to_words("- one\n- **two** _x_") == "one two x"


@pytest.mark.parametrize(
    ("title", "end"),
    [
        ("Zai: pits & more!", "zai-pits-more"),
        ("حفر الزاي", "حفر-الزاي"),
        ("覆盖作物", "覆盖作物"),
        ("हरी खाद", "हरी-खाद"),
        ("???", ""),
    ],
)
def test_slugs_keep_every_script(title, end):
    assert slug(title) == end


def test_we_write_to_people_in_a_language_that_is_complete():
    assert [offered(one) for one in ("fr", "ar", "ha", "", None)] == [
        "fr",
        "ar",
        "en",
        "en",
        "en",
    ]
