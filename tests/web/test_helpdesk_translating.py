"""An answer that the asker cannot read waits for a translator."""

from itertools import product

import pytest
from sqlalchemy import select

from kb.helpdesk.question_tables import Message, Question, State
from kb.helpdesk.translate_tables import Original, Untranslated
from kb.helpdesk.translating import RULES
from kb.outbox import Letter
from kb.people.models import Person, Role, ScopeKind
from tests.feedback.house import furnish, staff
from tests.helpdesk.asking import asker, furnish_desks, newest, sent
from tests.helpdesk.house import at
from tests.people.visitor import rows
from tests.test_access import assert_takes

RUSSIAN = {
    "words": "Копайте ямы шириной в один шаг.", "language": "ru", "cites": "P-1",
    "own": "yes",
}  # fmt: skip
FRENCH = "Creusez des trous larges d'un pas."
ASKED = {"contact": "awa@farm.example"}


@pytest.fixture
def app(either):
    furnish(either.app)
    furnish_desks(either.app)
    return either.app


def speaks(app, visitor, languages):
    """Let somebody say in her account which languages she knows."""
    with app.extensions["kb"].database.writing() as session:
        person = session.scalars(select(Person).where(Person.email == visitor.email))
        person.one().languages = languages
        session.commit()
    return visitor


@pytest.fixture
def translator(app):
    """Somebody who translates into French and reads Russian."""
    her = staff(app, "translator", ScopeKind.LANGUAGE, "fr", name="Olga")
    return speaks(app, her, "fr ru")


@pytest.fixture
def expert(app):
    """Somebody at the desk in Burkina Faso."""
    return at(app, "bf", name="Ivan")


@pytest.fixture
def asked(app, expert):
    """A farmer who reads French, with her private link."""
    farmer = asker(app)
    farmer.language = "fr"
    return farmer, sent(farmer, **ASKED)


@pytest.fixture
def where(app, expert, translator, asked):
    """Give the address of a question that was answered in Russian."""
    where = f"/desk/questions/{newest(app).id}"
    reply = expert.post(f"{where}/answer", RUSSIAN)
    assert reply.status_code == 303
    return where


def letters(app, purpose):
    return [row.recipient for row in rows(app, Letter) if row.purpose == purpose]


def test_the_asker_sees_nothing_before_it_is_translated(app, where, asked):
    farmer, secret = asked
    assert RUSSIAN["words"] not in farmer.get(f"/question?token={secret}").text
    assert rows(app, Message) == []
    assert newest(app).state == State.OPEN
    assert letters(app, "question-answered") == []
    assert letters(app, "answer-to-translate")[0] == "Olga@desk.example"


@pytest.mark.thorough
def test_the_desk_sees_that_it_waits_and_may_take_it_back(app, where):
    expert = at(app, "bf", "coordinator")
    page = expert.get(where).text
    assert "An answer that waits for a translator" in page
    assert RUSSIAN["words"] in page
    number = rows(app, Untranslated)[0].id
    for wrong in ("", "x", "99999", "-1"):
        expert.post(f"{where}/call-back", {"answer": wrong})
    assert len(rows(app, Untranslated)) == 1
    expert.post(f"{where}/call-back", {"answer": str(number)})
    assert rows(app, Untranslated) == []


def test_the_translator_sees_words_alone(app, where, translator):
    (row,) = rows(app, Untranslated)
    listed = translator.get("/desk/answers").text
    one = translator.get(f"/desk/answers/{row.id}").text
    assert "How far apart do zai pits stand" in one
    assert RUSSIAN["words"] in one
    code = newest(app).code
    for hidden in ("awa@farm.example", "Yako", "Ivan", code, code[:3] + "\xa0"):
        assert hidden not in listed + one
    assert translator.get(where).status_code == 404


def test_what_is_translated_reaches_her_with_the_original_beside_it(
    app, where, translator, asked
):
    (row,) = rows(app, Untranslated)
    reply = translator.post(f"/desk/answers/{row.id}", {"words": FRENCH})
    assert reply.status_code == 303
    (message,) = rows(app, Message)
    assert (message.words, message.language) == (FRENCH, "fr")
    assert message.own_experience
    farmer, secret = asked
    page = farmer.get(f"/question?token={secret}").text
    assert page.index("Creusez") < page.index(RUSSIAN["words"])
    assert "<details>" in page
    assert "P-1" in page
    assert letters(app, "question-answered") == ["awa@farm.example"]
    assert newest(app).state == State.WAITING
    assert rows(app, Untranslated) == []
    with app.extensions["kb"].database.reading() as session:
        kept = session.scalars(select(Original)).one()
        names = [session.get(Person, n).name for n in (message.by_id, kept.by_id)]
    assert names == ["Ivan", "Olga"]


def test_it_is_sent_once_whoever_else_translates_it(app, where, translator):
    (row,) = rows(app, Untranslated)
    page = f"/desk/answers/{row.id}"
    assert translator.post(page, {"words": FRENCH}).status_code == 303
    assert translator.post(page, {"words": FRENCH}).status_code == 404
    assert len(rows(app, Message)) == 1
    assert letters(app, "question-answered") == ["awa@farm.example"]


def test_without_words_nothing_is_sent(app, where, translator):
    (row,) = rows(app, Untranslated)
    reply = translator.post(f"/desk/answers/{row.id}", {"words": " "})
    assert reply.status_code == 422
    assert rows(app, Message) == []


@pytest.mark.parametrize(
    ("language", "languages"), [("fr", "fr"), ("ar", "ar ru"), ("fr", "fr en")]
)
def test_nobody_else_finds_or_sends_it(app, where, language, languages):
    other = staff(app, "translator", ScopeKind.LANGUAGE, language, name="Other")
    speaks(app, other, languages)
    (row,) = rows(app, Untranslated)
    assert RUSSIAN["words"] not in other.get("/desk/answers").text
    assert other.get(f"/desk/answers/{row.id}").status_code == 404
    reply = other.post(f"/desk/answers/{row.id}", {"words": FRENCH})
    assert reply.status_code == 404
    assert rows(app, Message) == []


@pytest.mark.parametrize("language", ["fr", "und"])
def test_what_she_reads_goes_at_once(app, expert, asked, language):
    where = f"/desk/questions/{newest(app).id}"
    said = RUSSIAN | {"words": FRENCH, "language": language}
    expert.post(f"{where}/answer", said)
    assert len(rows(app, Message)) == 1
    assert rows(app, Untranslated) == []


def test_the_same_answer_sent_twice_waits_once(app, expert, where):
    expert.post(f"{where}/answer", RUSSIAN)
    assert len(rows(app, Untranslated)) == 1


def test_if_nobody_can_translate_those_over_all_are_told(app, expert, asked):
    staff(app, "coordinator", name="Over all")
    where = f"/desk/questions/{newest(app).id}"
    expert.post(f"{where}/answer", RUSSIAN)
    assert letters(app, "answer-to-translate") == ["Over all@desk.example"]


MAY = {"translator", "expert", "coordinator", "administrator"}


@pytest.mark.parametrize(("role", "step"), list(product(Role, RULES.table)))
def test_who_may_translate(role, step):
    assert_takes(RULES, step, role, role in MAY)


def test_the_desk_page_counts_what_waits(app, where, translator):
    assert "Answers to translate" in translator.get("/desk").text
    assert newest(app).id == rows(app, Question)[-1].id
