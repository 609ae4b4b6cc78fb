"""The workbench: works without scripts, loses nothing, and stays small."""

import re
import shutil
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event, select

from kb.language import INTERFACE
from kb.record.marks import digest
from kb.record.models import Record
from kb.translating.models import Rendering, TranslationPen
from kb.vocabulary.sowing import store
from kb.vocabulary.thesaurus_lookups import Mark, NamedConcept
from kb.writing import publishing, service
from kb.writing.publishing import Said
from kb.writing.versions import newest
from tests.conftest import QUIET, House
from tests.people.visitor import Visitor, add_person, change, rows
from tests.translating.house import COMMENT, HOW, PRACTICE, Team
from tests.web.test_people_pages import check
from tests.writing.desk import POST, put

KB = 1024
MOST_QUERIES = 20


@contextmanager
def counted(engine):
    seen = []

    def note(connection, cursor, statement, *rest):
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


@pytest.fixture
def team(either):
    with either.office.database.writing() as session:
        team = Team(session)
        session.commit()
        yield team


@pytest.fixture
def visitor(either, team):
    add_person(either.app, "zoe@farm.example", ("translator", "language", "fr"))
    visitor = Visitor(either.app, email="zoe@farm.example", language="fr")
    visitor.let_in()
    return visitor


@pytest.fixture
def reviewer(either, team):
    add_person(either.app, "ana@farm.example", ("reviewer", "language", "fr"))
    visitor = Visitor(either.app, email="ana@farm.example", language="fr")
    visitor.let_in()
    return visitor


def here(team, more=""):
    return f"/translate/{team.record.ref}{more}"


def send(visitor, team, then="stay", shown=None, **words):
    form = {"then": then}
    for name, said in words.items():
        field = name.replace("__", ":")
        form |= {f"words.{field}": said, f"was.{field}": (shown or {}).get(name, "")}
    return visitor.post(here(team), form, token_from=here(team))


def in_hand(house):
    with house.office.database.reading() as session:
        rows = session.scalars(select(Rendering)).all()
        return {row.field: (row.words, row.state) for row in rows}


def test_from_nothing_to_published(either, team, visitor, reviewer):
    assert f'href="/fr{here(team)}?into=fr"' in visitor.get("/translate").text
    assert send(visitor, team, how=COMMENT).status_code == 303
    assert in_hand(either) == {"how": (COMMENT, "draft")}
    assert COMMENT in visitor.get(here(team)).text
    send(visitor, team, "submit")
    assert in_hand(either) == {"how": (COMMENT, "in-review")}
    page = reviewer.get(here(team, "/review"))
    assert COMMENT in page.text
    form = {"do.how": "accept", "was.how": digest(COMMENT)}
    done = reviewer.post(here(team, "/review"), form, token_from=here(team))
    assert done.status_code == 303
    assert in_hand(either) == {}
    shown = reviewer.browser.get(
        f"/fr/practices/{team.record.ref}", follow_redirects=True
    )
    assert COMMENT in shown.text


def test_readers_are_told_at_the_part_that_is_behind(team, visitor):
    session = team.session
    team.hand_in(how=COMMENT)
    team.accept("how")
    last = newest(session, team.record.id)
    draft = service.begin_change(
        session, team.record, last, last.number, by=team.author, once="x"
    )
    service.save(
        session, draft, put("en", how="Dig 40 cm."), by=team.author, revision=1
    )
    service.submit(session, draft, by=team.author, note="", post=POST)
    publishing.publish(
        session, PRACTICE, draft, Said("meaning"), by=team.editor, post=POST
    )
    session.commit()
    address = f"/practices/{team.record.ref}"
    text = visitor.get(address, follow_redirects=True).text
    _before, _mark, after = text.partition('class="note behind"')
    assert COMMENT.partition(" ")[0] in after.partition("</section>")[0]
    assert "?text=en" in after.partition("</section>")[0]
    assert text.count('class="note behind"') == 1
    page = visitor.get(here(team)).text
    assert "<ins>40</ins>" in page


def test_changed_numbers_are_kept_but_not_handed_in(either, team, visitor):
    wrong = COMMENT.replace("25", "52")
    reply = send(visitor, team, "submit", how=wrong)
    assert reply.status_code == 422
    assert in_hand(either) == {"how": (wrong, "draft")}


def test_a_word_that_the_team_does_not_use_is_not_handed_in(either, team, visitor):
    names = {"en": ("manure",), "fr": ("fumier", "fumure")}
    avoid = {("fr", "fumure"): Mark(forbidden=True)}
    concept = NamedConcept("manure", names, meaning="Dung.", marks=avoid)
    store(team.session, {"digest": concept})
    team.session.commit()
    assert "fumure" in visitor.get(here(team)).text, "the terms say so before"
    wrong = COMMENT.replace("fumier", "fumure")
    reply = send(visitor, team, "submit", how=wrong)
    assert reply.status_code == 422
    assert in_hand(either) == {"how": (wrong, "draft")}
    right = {"how": digest(wrong)}
    assert send(visitor, team, "submit", right, how=COMMENT).status_code == 303
    assert in_hand(either) == {"how": (COMMENT, "in-review")}


def test_warnings_are_asked_about_once(either, team, visitor):
    same = {"words.step:2": "Dig.", "was.step:2": "", "then": "submit"}
    assert visitor.post(here(team), same, token_from=here(team)).status_code == 303
    long = "Mark the line."
    form = {"words.step:1": long, "was.step:1": digest("Tracez la ligne.")}
    form["then"] = "submit"
    reply = visitor.post(here(team), form, token_from=here(team))
    assert reply.status_code == 422
    (asked,) = re.findall(r'name="asked.step:1"\s+value="(\w+)"', reply.text)
    again = {"then": "submit", "asked.step:1": asked}
    assert visitor.post(here(team), again, token_from=here(team)).status_code == 303
    assert in_hand(either)["step:1"] == (long, "in-review")


def test_what_two_wrote_is_shown_beside_each_other(either, team, visitor, reviewer):
    send(visitor, team, how="Un")
    reply = send(reviewer, team, how="Deux")
    assert reply.status_code == 409
    assert "Un</div>" in reply.text
    assert "Deux</textarea>" in reply.text
    assert in_hand(either) == {"how": ("Un", "draft")}
    (shown,) = re.findall(r'name="was.how"\s+value="(\w+)"', reply.text)
    assert send(reviewer, team, how="Deux", shown={"how": shown}).status_code == 303
    assert in_hand(either) == {"how": ("Deux", "draft")}


def by_itself(visitor, team, field, words, **more):
    """Send what the script sends of one field."""
    form = {"by_itself": "yes", f"words.{field}": words} | more
    return visitor.post(here(team), form, token_from=here(team))


def test_what_the_script_keeps_is_a_draft_and_says_what_the_form_shows_now(
    either, team, visitor
):
    first = by_itself(visitor, team, "how", COMMENT, **{"was.how": ""})
    assert first.json == {"was.how": digest(COMMENT)}
    assert in_hand(either) == {"how": (COMMENT, "draft")}
    more = f"{COMMENT} Fin."
    again = by_itself(visitor, team, "how", more, **first.json)
    assert again.json == {"was.how": digest(more)}
    assert send(visitor, team, shown={"how": digest(more)}, how=more).status_code == 303
    assert in_hand(either) == {"how": (more, "draft")}


def test_the_script_takes_no_pen_and_overwrites_nobody(either, team, visitor, reviewer):
    visitor.get(here(team))
    other = {"by_itself": "yes", "words.how": "Autre.", "was.how": ""}
    locked = reviewer.post(here(team), other, token_from="/account")
    assert locked.status_code in {403, 409}
    assert in_hand(either) == {}
    send(visitor, team, how=COMMENT)
    late = by_itself(visitor, team, "how", "Trop tard.", **{"was.how": ""})
    assert late.status_code == 409
    assert in_hand(either) == {"how": (COMMENT, "draft")}


def test_the_script_is_not_told_of_what_the_form_does_not_show(either, team, visitor):
    """Else the next save would take back what somebody else wrote."""
    send(visitor, team, how=COMMENT)
    old = "Les anciens mots."
    reply = by_itself(visitor, team, "how", old, **{"was.how": digest(old)})
    assert reply.json == {}
    assert in_hand(either) == {"how": (COMMENT, "draft")}


def test_a_tick_that_words_are_right_waits_for_the_button(either, team, visitor):
    ticked = {"was.title": digest("Trous"), "right.title": "yes"}
    assert by_itself(visitor, team, "title", "Trous", **ticked).status_code == 200
    assert in_hand(either) == {}


def test_the_script_is_for_those_who_translate(either, team, visitor):
    assert "autosave" in visitor.get(here(team)).text
    add_person(either.app, "new@farm.example")
    newcomer = Visitor(either.app, email="new@farm.example", language="fr")
    newcomer.let_in()
    assert "autosave" not in newcomer.get(here(team)).text
    refused = by_itself(newcomer, team, "how", COMMENT, **{"was.how": ""})
    assert refused.status_code == 403
    assert in_hand(either) == {}


def test_a_reviewer_who_sends_back_says_why(either, team, visitor, reviewer):
    send(visitor, team, "submit", how=COMMENT)
    form = {"do.how": "back", "was.how": digest(COMMENT), "note.how": ""}
    silent = reviewer.post(here(team, "/review"), form, token_from=here(team))
    assert silent.status_code == 422
    form["note.how"] = "Quelle ligne ?"
    reviewer.post(here(team, "/review"), form, token_from=here(team))
    assert in_hand(either) == {"how": (COMMENT, "sent-back")}
    assert "Quelle ligne ?" in visitor.get(here(team)).text


def test_one_key_accepts_one_field_and_leads_to_the_next(
    either, team, visitor, reviewer
):
    send(visitor, team, "submit", how=COMMENT, step__2="Creusez.")
    button = r'value="([\w:]+ \w+)"[^>]*accesskey="a"\s+autofocus'
    page = here(team, "/review")
    accepted = []
    while keys := re.findall(button, reviewer.get(page).text):
        (key,) = keys
        assert reviewer.post(page, {"accept": key}, token_from=page).status_code == 303
        accepted.append(key.partition(" ")[0])
        assert len(in_hand(either)) == 2 - len(accepted)
    assert accepted == ["how", "step:2"]
    send(
        visitor,
        team,
        "submit",
        how=COMMENT + " Encore.",
        shown={"how": digest(COMMENT)},
    )
    stale = {"accept": f"how {digest(COMMENT)}"}
    assert reviewer.post(page, stale, token_from=page).status_code == 409
    assert in_hand(either) == {"how": (COMMENT + " Encore.", "in-review")}
    own = visitor.post(page, {"accept": f"how {digest(COMMENT)}"}, token_from=page)
    assert own.status_code in {403, 409}


@pytest.mark.thorough
def test_what_a_newcomer_suggests_is_published_with_one_press(
    either, team, visitor, reviewer
):
    newcomer = Visitor(either.app, email="x@farm.example").at_home()
    page = here(team, "?into=fr")
    form = {"words.how": COMMENT, "was.how": "", "words.step:2": "Creusez 3 fois."}
    assert newcomer.post(page, form, token_from=page).status_code == 303
    assert in_hand(either) == {}
    assert COMMENT in newcomer.get(page).text
    text = reviewer.get(page).text
    numbers = re.findall(r'name="take"\s+value="(\d+)"', text)
    assert len(numbers) == 2
    assert re.search(r'class="tag waits">[^<]*2<', reviewer.get("/translate").text)
    where = here(team, "/suggested?into=fr")
    assert (
        newcomer.post(where, {"take": numbers[0]}, token_from=page).status_code == 403
    )
    assert reviewer.post(where, {"take": "999"}, token_from=page).status_code == 404
    assert (
        reviewer.post(where, {"take": numbers[0]}, token_from=page).status_code == 303
    )
    assert (
        reviewer.post(where, {"refuse": numbers[1]}, token_from=page).status_code == 303
    )
    assert in_hand(either) == {}
    assert 'name="take"' not in reviewer.get(page).text
    shown = reviewer.get(f"/practices/{team.record.ref}", follow_redirects=True)
    assert COMMENT in shown.text
    languages = newcomer.get(here(team, "/languages"))
    assert languages.status_code == 200
    assert "?into=sw" in languages.text


def test_who_may_translate_into_all_begins_with_one_that_is_not_the_source(
    either, team
):
    add_person(either.app, "all@farm.example", ("translator",))
    visitor = Visitor(either.app, email="all@farm.example")
    visitor.let_in()
    assert f'href="/en{here(team)}?into=fr"' in visitor.get("/translate").text
    assert visitor.get(here(team)).status_code == 200


def test_a_suggestion_with_other_numbers_is_not_taken(either, team, reviewer):
    newcomer = Visitor(either.app, email="x@farm.example").at_home()
    page = here(team, "?into=fr")
    wrong = {"words.how": COMMENT.replace("25", "52"), "was.how": ""}
    newcomer.post(page, wrong, token_from=page)
    (number,) = re.findall(r'name="take"\s+value="(\d+)"', reviewer.get(page).text)
    where = here(team, "/suggested?into=fr")
    assert reviewer.post(where, {"take": number}, token_from=page).status_code == 422
    assert in_hand(either) == {}


def test_others_are_refused(either, team, visitor):
    stranger = Visitor(either.app, email="x@farm.example").at_home()
    assert stranger.get("/translate").status_code == 403
    assert stranger.get(here(team, "/review?into=fr")).status_code == 403
    form = {"do.how": "accept", "was.how": ""}
    reply = stranger.post(here(team, "/review?into=fr"), form, token_from="/account")
    assert reply.status_code == 403
    assert visitor.get("/translate?into=es").status_code == 403
    assert visitor.get(here(team, "?into=xx-yy")).status_code == 404
    assert visitor.get("/translate/P-99999").status_code == 404
    assert Visitor(either.app).get("/translate").status_code == 302
    form = {"do.how": "accept", "was.how": digest(HOW)}
    reply = visitor.post(here(team, "/review"), form, token_from=here(team))
    assert reply.status_code == 409
    assert in_hand(either) == {}


@pytest.mark.thorough
def test_each_page_is_whole_in_every_language(either, team, visitor, reviewer):
    send(visitor, team, "submit", how=COMMENT)
    for reviewer.language in INTERFACE:
        for path in (
            "/translate?into=fr",
            here(team, "?into=fr&beside=en"),
            here(team, "/review?into=fr"),
            here(team, "/languages"),
        ):
            reply = reviewer.get(path)
            assert reply.status_code == 200, path
            check(reply.text, reviewer.language)


@pytest.mark.thorough
def test_the_page_of_the_largest_record_is_small(demo, tmp_path):
    home = tmp_path / "home"
    shutil.copytree(demo / "home", home)
    house = House(replace(QUIET, home=str(home)))
    add_person(house.app, "zoe@farm.example", ("translator",))
    visitor = Visitor(house.app, email="zoe@farm.example")
    visitor.let_in()
    with house.office.database.reading() as session:
        refs = session.scalars(
            select(Record.ref).where(Record.kind == "practice")
        ).all()
    assert len(refs) > 40
    pages = [f"/translate/{ref}?into=bn&beside=hi" for ref in refs]
    overviews = [f"/translate{x}?into=bn" for x in ("", "/next", "/coverage")]
    for page in overviews:
        visitor.get(page)  # what is kept until a record changes is read
    for page in [*overviews, *pages]:
        with counted(house.engine) as seen:
            reply = visitor.get(page)
        assert reply.status_code == 200
        assert len(seen) <= MOST_QUERIES
        assert len(reply.data) <= 100 * KB, page
    house.engine.dispose()


def test_who_opens_it_second_sees_a_name_and_may_take_the_pen(
    either, team, visitor, reviewer
):
    assert 'name="words.how"' in visitor.get(here(team)).text
    held = reviewer.get(here(team))
    assert held.status_code == 200
    assert 'name="words.how"' not in held.text
    assert "Awa" in held.text
    assert "/take-pen" in held.text
    pen = here(team, "/take-pen")
    assert reviewer.post(pen, {}, token_from=here(team)).status_code == 303
    assert 'name="words.how"' in reviewer.get(here(team)).text
    assert 'name="words.how"' not in visitor.get(here(team)).text
    assert send(visitor, team, how=COMMENT).status_code == 303, "nothing is lost"
    assert in_hand(either) == {"how": (COMMENT, "draft")}
    assert 'name="words.how"' not in reviewer.get(here(team)).text


def test_the_pen_is_put_down_with_the_work_and_after_a_while(
    either, team, visitor, reviewer
):
    send(visitor, team, "submit", how=COMMENT)
    assert 'name="words.how"' in reviewer.get(here(team)).text
    assert 'name="words.how"' not in visitor.get(here(team)).text
    past = datetime.now(UTC) - timedelta(seconds=1)
    change(either.app, TranslationPen, locked_until=past)
    assert 'name="words.how"' in visitor.get(here(team)).text


def test_the_pen_is_of_one_language_and_not_for_those_who_suggest(
    either, team, visitor
):
    visitor.get(here(team))
    newcomer = Visitor(either.app, email="x@farm.example").at_home()
    assert 'name="words.how"' in newcomer.get(here(team, "?into=fr")).text
    pen = here(team, "/take-pen?into=fr")
    assert newcomer.post(pen, {}, token_from="/account").status_code == 403
    add_person(either.app, "luz@farm.example", ("translator", "language", "es"))
    other = Visitor(either.app, email="luz@farm.example", language="es")
    other.let_in()
    assert 'name="words.how"' in other.get(here(team)).text
    (held,) = [p for p in rows(either.app, TranslationPen) if p.language == "fr"]
    assert held.locked_until > datetime.now(UTC)
