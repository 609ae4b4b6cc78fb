"""The thesaurus as the doors see it: a changed label works at once."""

from kb.vocabulary.sowing import store
from kb.vocabulary.thesaurus_lookups import NamedConcept
from kb.worker import run_once
from tests.make import record, vocabularies, words


def put(empty, digest, **names):
    with empty.office.database.writing() as session:
        said = {language: (name,) for language, name in names.items()}
        store(session, {digest: NamedConcept("cover_crop", said, meaning="It is.")})
        session.commit()


def refs(empty, words):
    reply = empty.app.test_client().get(
        "/api/v1/search", query_string={"q": words, "lang": "fr"}
    )
    return [(one["ref"], one["matched_in"]) for one in reply.json["results"]]


def test_a_changed_label_works_at_once_and_in_texts_after_the_worker(empty, session):
    swahili = words("Mazao funika", summary="Panda mapema.")
    known = vocabularies(session)
    record(session, known, "cover", number=7, texts={"sw": swahili}, names=[])
    session.commit()
    assert refs(empty, "culture de couverture") == []
    put(empty, "one", fr="culture de couverture", sw="mazao funika")
    assert refs(empty, "culture de couverture") == []
    run_once(empty.office.database, empty.office.index)
    assert refs(empty, "culture de couverture") == [("P-7", "sw")]
    assert refs(empty, "plante de couverture") == []
    put(empty, "two", fr="plante de couverture", sw="mazao funika")
    assert refs(empty, "plante de couverture") == [("P-7", "sw")]
    assert refs(empty, "culture de couverture") == []
    put(empty, "three", fr="plante de couverture", sw="ndizi")
    run_once(empty.office.database, empty.office.index)
    assert refs(empty, "plante de couverture") == []
