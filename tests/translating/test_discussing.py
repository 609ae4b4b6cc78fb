"""What is said of a field: who may, who is told, and when it is settled."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from kb.errors import NotAllowed, NotFound, NotValid
from kb.outbox import Letter
from kb.people.models import Person
from kb.stopping import Stop, digest_of, stop
from kb.translating.discussing import counted, say, settle, thread
from kb.translating.listing import lacking
from kb.translating.models import TranslationComment
from tests.translating.house import COMMENT, Team
from tests.writing.desk import person

SITE = "https://humus.example/"


@pytest.fixture
def team(session):
    return Team(session)


def speak(team, by, words="Fosse or trou?", field="how", site=SITE):
    return say(team.session, team.bench(), field, words, by=by, site=site)


def letters(team):
    return [one.recipient for one in written(team)]


def written(team):
    mine = select(Letter).where(Letter.purpose == "translation-commented")
    return team.session.scalars(mine.order_by(Letter.id)).all()


def test_the_team_and_who_wrote_the_record_speak_others_do_not(team):
    for who in (team.translator, team.reviewer, team.editor, team.author):
        speak(team, who)
    spanish = person(team.session, "Luz", ("translator", "language", "es"))
    for other in (spanish, person(team.session, "Zoe")):
        with pytest.raises(NotAllowed):
            speak(team, other)
        with pytest.raises(NotAllowed):
            settle(team.session, team.bench(), "how", by=other, settled=True)
    assert counted(team.session, team.bench()) == {"how": (4, 4)}


@pytest.mark.parametrize("words", ["", " \n ", "x" * 2001])
def test_nothing_and_too_much_are_refused(team, words):
    with pytest.raises(NotValid):
        speak(team, team.translator, words)
    assert team.session.scalars(select(TranslationComment)).all() == []


def test_only_a_field_that_there_is_can_be_spoken_of(team):
    with pytest.raises(NotFound):
        speak(team, team.translator, field="costs")


def test_what_is_settled_is_open_again_once_more_is_said(team):
    speak(team, team.translator)
    speak(team, team.translator, field="title")
    settle(team.session, team.bench(), "how", by=team.author, settled=True)
    assert counted(team.session, team.bench()) == {"how": (1, 0), "title": (1, 1)}
    (line,) = lacking(team.session, team.translator, "fr")
    assert line.discussed == 1
    speak(team, team.reviewer, "Fosse.")
    assert counted(team.session, team.bench())["how"] == (2, 1)
    settle(team.session, team.bench(), "how", by=team.translator, settled=True)
    assert counted(team.session, team.bench())["how"] == (2, 0)
    settle(team.session, team.bench(), "how", by=team.translator, settled=False)
    assert counted(team.session, team.bench())["how"] == (2, 2)
    words = [one.words for one in thread(team.session, team.bench(), "how")]
    assert words == ["Fosse or trou?", "Fosse."]


def test_each_language_has_its_own_thread(team):
    speak(team, team.editor)
    assert counted(team.session, team.bench("sw")) == {}


def test_those_who_took_part_or_translate_the_field_are_told(team):
    speak(team, team.author)
    assert letters(team) == []
    team.hand_in(how=COMMENT)
    speak(team, team.reviewer)
    assert letters(team) == ["awa@farm.example", "ali@farm.example"]
    team.accept("how", by=team.editor)
    speak(team, team.author)
    told = ["ali@farm.example", "ida@farm.example"]
    assert letters(team)[2:] == told
    letter = written(team)[0]
    assert "/translate/" in letter.text
    assert "into=fr&field=how" in letter.text
    assert "Fosse" not in letter.subject + letter.text


def test_nobody_is_told_who_wants_no_such_mail_left_or_may_no_more(team):
    for who in (team.author, team.reviewer, team.editor, team.translator):
        speak(team, who, site="")
    stop(team.session, Stop("translations", digest_of(team.author.email)))
    team.reviewer.disabled = datetime.now(UTC)
    for given in team.translator.grants:
        given.revoked = datetime.now(UTC)
    speak(team, team.author)
    assert letters(team) == ["eva@farm.example"]


def test_whoever_was_told_often_of_a_record_is_left_in_peace(team):
    speak(team, team.author)
    for _each in range(9):
        speak(team, team.reviewer)
    assert letters(team) == ["awa@farm.example"] * 3
    assert team.session.get(Person, team.author.id).active
