"""While somebody types, titles and local names are suggested, and where they lead."""

import pytest

from kb.entrance.suggest import SUBJECTS
from kb.folding import fold
from kb.record.models import Status
from kb.search.suggestions import MOST
from tests.make import record, vocabularies, words
from tests.web.test_bad_input import ATTACKS, LONG


def suggested(client, typed, language="en"):
    reply = client.get(f"/{language}/suggest", query_string={"q": typed})
    assert reply.status_code == 200
    return reply.json["suggestions"]


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("typed", "language", "ref"),
    [
        ("zai", "en", "P-20"),
        ("ZAÏ pits", "en", "P-20"),
        ("tass", "fr", "P-20"),
        ("cordons", "fr", "P-19"),
        ("cordons", "en", "P-19"),
        ("crodons", "fr", "P-19"),
        ("زاي", "ar", "P-20"),
        ("石", "en", "P-19"),
    ],
)
def test_titles_and_local_names_are_suggested(client, typed, language, ref):
    found = suggested(client, typed, language)
    assert 0 < len(found) <= MOST
    first = found[0]
    assert first["url"].startswith(f"/{language}/practices/{ref}-")
    assert first["kind"] == "practice"
    assert first["title_language"] == language
    assert client.get(first["url"]).status_code == 200


def test_what_was_found_is_named_beside_the_title(client):
    (tassa,) = [s for s in suggested(client, "tassa") if s["words"] != s["title"]]
    assert "tassa" in tassa["words"].lower()
    assert tassa["kind_name"] == "Practice"


@pytest.mark.parametrize(
    ("typed", "language", "subject"),
    [
        ("crop rot", "en", "crop rotation"),
        ("carbone org", "fr", "carbone organique du sol"),
        ("erosión híd", "es", "erosión hídrica"),
        ("تعرية", "ar", "تعرية"),
    ],
)
def test_subjects_are_suggested_after_records(client, typed, language, subject):
    kinds = [one["kind"] for one in suggested(client, typed, language)]
    subjects = [x for x in suggested(client, typed, language) if x["kind"] == "subject"]
    assert 0 < len(subjects) <= SUBJECTS
    assert kinds[-len(subjects) :] == ["subject"] * len(subjects)
    assert any(subject in one["words"].lower() for one in subjects), subjects
    assert client.get(subjects[0]["url"]).status_code == 200


def test_a_subject_that_a_record_is_called_after_is_not_suggested_twice(client):
    words = [fold(one["words"]) for one in suggested(client, "compost")]
    assert len(words) == len(set(words))


@pytest.mark.parametrize("typed", ["", "z", " ", "%", "qwxzz"])
def test_too_little_or_nothing_alike_suggests_nothing(client, typed):
    assert suggested(client, typed) == []
    assert client.get("/en/suggest").json == {"suggestions": []}


@pytest.mark.parametrize("attack", [*ATTACKS, LONG, "\x00", "a" * 200_000])
def test_whatever_is_typed_is_answered(client, attack):
    assert len(suggested(client, attack[:100_000])) <= MOST


def test_an_answer_may_be_used_again_and_only_asks_for_changes(client, queries):
    first = client.get("/en/suggest?q=compo")
    assert first.headers["Cache-Control"] == "public, max-age=600"
    assert "Set-Cookie" not in first.headers
    queries.clear()
    again = client.get(
        "/en/suggest?q=compo", headers={"If-None-Match": first.headers["ETag"]}
    )
    assert again.status_code == 304
    records, concepts = queries
    assert "max(journal.id)" in records
    assert "max(thesaurus_concept.changed_at)" in concepts


@pytest.mark.parametrize("address", ["/xx/suggest?q=zai", "/suggest?q=zai"])
def test_other_addresses_are_none(client, address):
    assert client.get(address).status_code == 404


def test_only_what_is_public_is_suggested_and_a_change_is_seen(empty, session):
    known = vocabularies(session)
    drafted = words("Bandes enherbées", state="machine-drafted")
    both = {"en": words("Grass strips"), "fr": drafted}
    record(session, known, "grass", number=1, texts=both)
    draft = record(session, known, "grassy", number=2, texts=both)
    draft.status = Status.DRAFT
    session.commit()
    client = empty.app.test_client()
    assert [s["title"] for s in suggested(client, "gra")] == ["Grass strips"]
    assert [s["title"] for s in suggested(client, "gra", "ar")] == ["Grass strips"]
    record(session, known, "gravel", number=3)
    session.commit()
    assert len(suggested(client, "gra")) == 2
