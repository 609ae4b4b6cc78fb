"""A shape with the words of a record: any language, either direction, or none."""

from xml.etree.ElementTree import fromstring

import pytest

from kb.pictures.drawn import drawn
from kb.record.models import Part, Record, Text
from kb.record.reading import Reading
from kb.vocabulary.shapes import read_shape
from tests.make import PIT

SVG = "{http://www.w3.org/2000/svg}"
WORDS = {
    "en": {"drawing:pit": "A pit.", "label:pit-hole": "Rain runs into the pit"},
    "ar": {"label:pit-hole": "يجري المطر إلى الحفرة"},
    "zh": {"label:pit-hole": "雨水流进坑里坑里坑里", "label:pit-rim": "边"},
}


@pytest.fixture
def record():
    record = Record(source_language="en")
    for language, parts in WORDS.items():
        text = Text(language=language, state="source", apart={})
        text.parts = [Part(name=name, words=words) for name, words in parts.items()]
        record.texts.append(text)
    return record


def labels(record, language, **more):
    """Give the labels as drawn: id → attributes and lines."""
    svg, _names = read_shape(PIT.encode())
    root = fromstring(drawn(svg, "pit", Reading(record, language), **more))
    return root, {
        text.get("id"): (text, [line.text for line in text])
        for text in root.iter(f"{SVG}text")
    }


def test_words_stand_in_lines_where_the_shape_has_their_place(record):
    root, found = labels(record, "en")
    text, lines = found["hole"]
    assert lines == ["Rain runs", "into the pit"]
    assert {line.get("x") for line in text} == {"20"}
    assert [float(line.get("y")) for line in text] == [91.5, 108.5]
    assert text.get("direction") == "ltr"
    assert text.get("text-anchor") == "start"
    assert root.find(f"{SVG}title").text == "A pit."
    assert "rim" not in found


def test_arabic_ends_where_english_begins_so_that_it_stands_in_the_same_room(record):
    text, lines = labels(record, "ar")[1]["hole"]
    assert " ".join(lines) == WORDS["ar"]["label:pit-hole"]
    assert text.get("direction") == "rtl"
    assert text.get("text-anchor") == "end"
    assert text.get("lang") == "ar"


def test_what_is_not_translated_is_drawn_in_the_original_and_says_so(record):
    root, _found = labels(record, "ar")
    assert root.find(f"{SVG}title").get("lang") == "en"
    assert labels(record, "fr")[1]["hole"][0].get("lang") == "en"


def test_signs_without_spaces_break_where_the_room_ends(record):
    _text, lines = labels(record, "zh")[1]["hole"]
    assert lines == ["雨水流进坑里", "坑里坑里"]


def test_without_words_there_are_none_and_nothing_leads_to_them(record):
    root, found = labels(record, "en", words=False)
    assert found == {}
    assert [path.get("id") for path in root.iter(f"{SVG}path")] == [None]
    record.texts.clear()
    record.texts.append(Text(language="en", state="source", apart={}))
    root, found = labels(record, "en")
    assert found == {}
    assert len([*root.iter(f"{SVG}path")]) == 1


def test_words_are_words_whatever_they_look_like(record):
    record.texts[0].parts[1].words = "<script>&"
    _text, lines = labels(record, "en")[1]["hole"]
    assert lines == ["<script>&"]
