"""Citations are read by programs that are not ours, whatever people are called."""

import json
from datetime import date

import pytest
from hypothesis import given, settings, strategies
from pybtex.database import parse_string

from kb.credit.citation import Cited, as_bibtex, as_cff, as_csl, as_text
from kb.credit.contributors import Named
from tests.conftest import often

PLACE = "https://humus.example/en/practices/P-20/versions/3"
ORCID = "0000-0002-1825-0097"
PEOPLE = [
    Named("reviewer", "Rita"),
    Named("compiler", "Carl"),
    Named("author", "Awa Ouédraogo", ORCID),
    Named("author", ""),
    Named("land_user", "Moussa"),
    Named("compiler", "Moussa"),
    Named("translator", "Fatou", "", "fr"),
    Named("translator", "Sara", "", "ar"),
]


def cited(**said):
    usual = {
        "ref": "P-20",
        "title": "Zaï pits",
        "language": "en",
        "version": 3,
        "on": date(2026, 11, 23),
        "licence": "CC BY 4.0",
        "credit": "The editors",
        "address": PLACE,
        "contributors": PEOPLE,
    }
    return Cited(**(usual | said))


def entry(one):
    entries = parse_string(as_bibtex(one), "bibtex").entries
    assert list(entries) == [one.key]
    return entries[one.key]


def names(found, role="author"):
    return [str(person).strip("{}") for person in found.persons.get(role, [])]


def test_a_sentence_names_who_made_it_and_where_it_stays():
    assert as_text(cited()) == (
        "Awa Ouédraogo, Moussa, Carl (2026): Zaï pits. Humus, P-20, Version 3,"
        f" 2026-11-23. CC BY 4.0. {PLACE}"
    )


def test_translators_are_named_with_their_language_alone():
    assert ". Translated by Fatou. Humus" in as_text(cited(language="fr"))
    assert "Translated" not in as_text(cited(language="es"))


def test_where_nobody_is_named_the_credit_line_is_cited():
    for people in ([], [Named("author", "")]):
        one = cited(contributors=people)
        assert as_text(one).startswith("The editors (2026): ")
        assert names(entry(one)) == ["The editors"]


def test_a_day_is_not_turned_round_after_arabic_letters():
    assert ", \u200e2026-11-23. " in as_text(cited(title="حفر الزاي"))
    assert "\u200e" not in as_text(cited())


def test_a_version_nobody_kept_is_not_named():
    one = cited(version=0, on=None)
    assert as_text(one).endswith(f"Zaï pits. Humus, P-20. CC BY 4.0. {PLACE}")
    for made in (as_cff(one), as_csl(one)):
        assert not {"version", "date-released", "issued"} & set(made)


def test_bibtex_says_the_same():
    found = entry(cited(language="fr"))
    assert names(found) == ["Awa Ouédraogo", "Moussa", "Carl"]
    assert found.fields["translator"] == "{Fatou}"
    said = {name: found.fields[name] for name in ("year", "date", "version", "url")}
    assert said == {"year": "2026", "date": "2026-11-23", "version": "3", "url": PLACE}
    assert found.fields["title"] == "{Zaï pits}"


NASTY = ["a and b", "Smith, John", r"\input{x}", "}}", "{", "50% & $2_#^~", "@a{b,\n"]


@pytest.mark.parametrize("words", NASTY)
def test_what_means_something_to_tex_is_only_words(words):
    one = cited(
        title=words, contributors=[Named("author", words), Named("author", "B")]
    )
    found = entry(one)
    assert len(found.persons["author"]) == 2
    assert set(found.fields) == {
        *("title", "year", "date", "version", "number", "publisher", "language"),
        *("url", "note"),
    }


WORDS = strategies.text(min_size=1, max_size=30).filter(str.split)


@pytest.mark.thorough
@given(WORDS, WORDS, WORDS)
@settings(max_examples=often(40, 300), deadline=None)
def test_any_words_make_an_entry_that_can_be_read(title, name, credit):
    one = cited(title=title, credit=credit, contributors=[Named("author", name)])
    assert len(entry(one).persons["author"]) == 1
    for made in (as_cff(one), as_csl(one)):
        assert json.loads(json.dumps(made))


def test_cff_and_csl_hold_names_whole():
    cff, csl = as_cff(cited(language="fr")), as_csl(cited(language="fr"))
    awa = {"name": "Awa Ouédraogo", "orcid": f"https://orcid.org/{ORCID}"}
    assert cff["authors"] == [awa, {"name": "Moussa"}, {"name": "Carl"}]
    assert (cff["license"], cff["version"]) == ("CC-BY-4.0", "3")
    assert csl["author"][0] == {"literal": "Awa Ouédraogo"}
    assert csl["issued"] == {"date-parts": [[2026, 11, 23]]}
    assert csl["translator"] == [{"literal": "Fatou"}]
    assert cff["translators"] == [{"name": "Fatou"}]
