"""Writing and reviewing on the pages, without script."""

import pytest
from sqlalchemy import event, select

from kb.kinds import KINDS
from kb.people.models import Role
from kb.record.models import Record
from kb.writing.models import Draft
from kb.writing.shape import sections_of
from tests.make import vocabularies
from tests.people.visitor import Visitor, add_person, give, rows
from tests.web.test_people_pages import check

SHORT = {
    "kind": "practice",
    "title": "Small pits",
    "done": "We dug pits before the rains.",
    "place": "Yako",
    "country": "BF",
    "who": "Families without animals.",
    "changed": "Water stays. Two of ten pits washed away.",
    "once": "aform",
}


@pytest.fixture
def house(either):
    with either.office.database.writing() as session:
        vocabularies(session)
        session.commit()
    either.office.vocabularies.clear()
    yield either
    either.office.vocabularies.clear()


@pytest.fixture
def author(house):
    return Visitor(house.app).at_home()


@pytest.fixture
def editor(house):
    visitor = Visitor(house.app, "eva@farm.example")
    add_person(house.app, visitor.email, name="Eva")
    visitor.let_in()
    visitor.with_second_factor()
    give(house.app, visitor.email, (Role.EDITOR,))
    return visitor


def begun(author, **said):
    reply = author.post("/write", SHORT | said)
    assert reply.status_code == 303
    return reply.headers["Location"].removeprefix("/en")


def draft(author):
    return rows(author.app, Draft)[-1]


def test_ten_minutes_make_a_draft_that_can_be_published(author, editor):
    path = begun(author)
    assert "Small pits" in author.get(path).text
    assert author.post(f"{path}/submit", note="First one.").status_code == 303
    assert "Small pits" in editor.get("/review").text
    number = path.rpartition("/")[2]
    page = editor.get(f"/review/{number}")
    assert "We dug pits" in page.text
    assert editor.post(f"/review/{number}/take-up").status_code == 303
    assert editor.post(f"/review/{number}/publish").status_code == 303
    page = author.get("/practices/P-1-small-pits")
    assert page.status_code == 200
    assert "Two of ten pits washed away." in page.text
    assert "Awa" in page.text
    listed = author.get("/practices/P-1/versions")
    assert "/versions/1" in listed.text
    assert "Small pits" in author.get("/practices/P-1/versions/1").text
    assert author.get("/practices/P-1/versions/2").status_code == 404


def test_the_short_form_says_what_it_needs_and_keeps_the_rest(author):
    reply = author.post("/write", SHORT | {"title": "", "place": " "})
    assert reply.status_code == 422
    assert "We dug pits before the rains." in reply.text
    assert reply.text.count("This is needed.") == 2
    assert rows(author.app, Draft) == []


def test_sending_the_short_form_twice_begins_one_draft(author):
    assert begun(author) == begun(author)
    assert len(rows(author.app, Draft)) == 1


def test_rows_are_added_filled_in_and_taken_away_without_script(author):
    path = begun(author) + "/steps"
    author.post(path, {"revision": "1", "add": "yes"})
    for name in ("season", "icon"):
        assert f'name="steps.0.{name}"' in author.get(path).text
    filled = {
        "revision": "2",
        "steps.0.was": "0",
        "steps.0.season": "sowing",
        "steps.0.icon": "sow",
        "steps.0.words": "Dig.",
        "add": "yes",
    }
    author.post(path, filled)
    two = {
        "revision": "3",
        "steps.1.was": "1",
        "steps.1.season": "first_rains",
        "steps.1.weeks": "-2",
        "steps.1.words": "Fill.",
    }
    author.post(path, filled | two | {"add": ""})
    document = draft(author).document
    assert document["texts"]["en"]["steps"][:2] == ["Dig.", "Fill."]
    assert document["facts"]["steps"][0] == {"season": "sowing", "icon": "sow"}
    author.post(path, {**filled, **two, "revision": "4", "remove": "0"})
    document = draft(author).document
    assert document["facts"]["steps"][0] == {"season": "first_rains", "weeks": -2}
    assert document["texts"]["en"]["steps"][0] == "Fill."


def test_figures_are_read_as_people_write_them_and_kept_if_they_are_none(author):
    path = begun(author) + "/effects"
    typed = {
        "effects.0.value": "2,5",
        "effects.0.low": "\u0661\u0662",
        "effects.0.high": "many",
        "effects.0.depth_cm.0": "0",
        "effects.0.depth_cm.1": "30",
        "effects.0.about": "yes",
    }
    author.post(path, {"revision": "1"} | typed)
    (row,) = draft(author).document["facts"]["effects"]
    assert row == {
        "key": "effect-1",
        "value": 2.5,
        "low": 12,
        "high": "many",
        "about": True,
        "depth_cm": [0, 30],
    }
    assert 'value="many"' in author.get(path).text
    assert author.post(f"{path.rpartition('/')[0]}/submit").status_code == 422
    page = author.get(f"{path}?check=yes").text
    assert "Please write a number, such as 2.5." in page
    assert "This is needed." in page
    assert "Missing data" not in page


def test_a_save_that_meets_another_shows_both_and_loses_neither(author):
    path = begun(author) + "/words"
    author.post(path, {"revision": "1", "text.how": "One way."})
    reply = author.post(path, {"revision": "1", "text.how": "Another way."})
    assert reply.status_code == 409
    assert "One way." in reply.text
    assert "Another way." in reply.text
    assert draft(author).document["texts"]["en"]["how"] == "One way."
    revision = reply.text.split('name="revision" value="')[1].split('"')[0]
    author.post(path, {"revision": revision, "text.how": "Another way."})
    assert draft(author).document["texts"]["en"]["how"] == "Another way."


def test_two_who_change_different_fields_are_brought_together(author):
    path = begun(author)
    before = draft(author).document["texts"]["en"]["how"]
    author.post(f"{path}/basics", {"revision": "1", "text.title": "Deep pits"})
    reply = author.post(
        f"{path}/words", {"revision": "1", "text.how": before, "text.where": "Dry."}
    )
    assert reply.status_code == 303
    text = draft(author).document["texts"]["en"]
    assert (text["title"], text["where"]) == ("Deep pits", "Dry.")


def test_the_same_save_twice_is_harmless(author):
    path = begun(author) + "/words"
    for _ in range(2):
        reply = author.post(path, {"revision": "1", "text.how": "One way."})
        assert reply.status_code == 303
    assert draft(author).revision == 2


def test_text_of_somebody_signed_out_meanwhile_comes_back(author):
    path = begun(author) + "/words"
    token = author.token("/write")
    author.post("/sign-out")
    long = "A long text. " * 200
    form = {"revision": "1", "text.how": long, "then": "back"}
    reply = author.post(path, form | {"form_token": token})
    assert reply.status_code == 409
    assert long.strip() in reply.text
    author.let_in()
    reply = author.post(path, form | {"form_token": token})
    assert (reply.status_code, long.strip() in reply.text) == (409, True)
    held = reply.text.split('name="form_token" value="')[1].split('"')[0]
    assert author.post(path, form | {"form_token": held}).status_code == 303
    assert draft(author).document["texts"]["en"]["how"] == long.strip()


NASTY = [
    "\x00",
    "\u202egnp.exe",
    "\ud800",
    "\N{GRINNING FACE}" * 50,
    "<script>alert(1)</script>",
    "{{ 7*7 }}",
    "'; DROP TABLE draft; --",
    "a" * 300_000,
    "![x](javascript:alert(1))",
]


@pytest.mark.thorough
@pytest.mark.parametrize("nasty", NASTY, ids=range(len(NASTY)))
def test_whatever_is_typed_is_kept_or_refused_with_the_text(author, nasty):
    path = begun(author) + "/words"
    typed = nasty.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    reply = author.post(path, {"revision": "1", "text.how": f"Dig. {typed}"})
    assert reply.status_code == 303
    for shown in (path, f"{path.rpartition('/')[0]}/preview"):
        page = author.get(shown)
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert "javascript:" not in page.text or "![x]" in page.text
        assert not {"\x00", "\u202e"} & set(page.text)


@pytest.mark.thorough
def test_what_is_too_long_is_refused_and_still_in_the_form(author):
    path = begun(author) + "/words"
    reply = author.post(path, {"revision": "1", "text.how": "long " * 90_000})
    assert reply.status_code == 422
    assert "long long long" in reply.text
    reply = author.post(path, {"revision": "1", "text.how": "x" * 1_100_000})
    assert reply.status_code == 413


def test_who_holds_the_pen_is_named_and_can_be_relieved(author, editor):
    path = begun(author)
    author.post(f"{path}/submit")
    other = Visitor(author.app, "ali@farm.example").at_home()
    give(author.app, other.email, (Role.REVIEWER,))
    assert "revision" in editor.get(f"{path}/words").text
    page = other.get(f"{path}/words").text
    assert "revision" not in page
    assert "Take the pen" in page
    other.post(f"{path}/take-pen")
    assert 'name="revision"' in other.get(f"{path}/words").text


def test_comments_stand_at_their_fields(author, editor):
    path = begun(author)
    author.post(f"{path}/submit")
    number = path.rpartition("/")[2]
    said = {"comment.text.how": "How deep?", "comment.sites.0": "Which village?"}
    assert editor.post(f"/review/{number}/changes", said).status_code == 303
    assert "How deep?" in author.get(f"{path}/words").text
    assert "Which village?" in author.get(f"{path}/sites").text
    assert "Which village?" not in author.get(f"{path}/words").text


def test_a_decision_that_is_refused_keeps_what_was_written(author, editor):
    path = begun(author)
    author.post(f"{path}/submit")
    number = path.rpartition("/")[2]
    reply = editor.post(f"/review/{number}/changes", comment="\u202e")
    assert reply.status_code == 422
    assert "Please say what should be changed." in reply.text
    assert draft(author).state == "submitted"


def publish(author, editor, **said):
    path = begun(author, **said)
    author.post(f"{path}/submit")
    number = path.rpartition("/")[2]
    assert editor.post(f"/review/{number}/publish").status_code == 303


def test_withdrawing_leaves_a_page_that_says_why(author, editor, house):
    publish(author, editor)
    assert author.post("/withdraw", ref="P-1", reason="x").status_code == 403
    assert editor.get("/withdraw?ref=P-1").status_code == 200
    assert editor.post("/withdraw", ref="P-1", reason=" ").status_code == 422
    reply = editor.post("/withdraw", ref="P-1", reason="It was <b>wrong</b>.")
    assert reply.status_code == 303
    for language in ("en", "fr", "es", "ar"):
        page = author.browser.get(f"/{language}/practices/P-1-small-pits")
        assert page.status_code == 410
        assert "It was &lt;b&gt;wrong&lt;/b&gt;." in page.text
    for gone in ("versions", "versions/1", "versions/difference?from=1&to=1"):
        assert author.get(f"/practices/P-1/{gone}").status_code == 410
    assert author.browser.get("/api/v1/records/P-1").status_code == 404
    assert "Small pits" not in author.browser.get("/api/v1/records").text
    assert author.get("/write/change?ref=P-1").status_code == 404
    assert editor.get("/write/change?ref=P-1").status_code == 200


@pytest.mark.thorough
def test_a_change_of_the_title_leads_from_the_old_address(author, editor):
    publish(author, editor)
    reply = author.post("/write/change", ref="P-1", once="change")
    path = reply.headers["Location"].removeprefix("/en")
    author.post(f"{path}/basics", {"revision": "1", "text.title": "Deep pits"})
    author.post(f"{path}/submit")
    number = path.rpartition("/")[2]
    refused = editor.post(f"/review/{number}/publish", note="Deeper is better.")
    assert refused.status_code == 422
    assert "Deeper is better." in refused.text
    editor.post(f"/review/{number}/publish", significance="typing")
    reply = author.get("/practices/P-1-small-pits")
    assert reply.headers["Location"] == "/en/practices/P-1-deep-pits"
    shown = author.get("/practices/P-1/versions/difference?from=1&to=2").text
    assert "<del>Small</del>" in shown
    assert "<ins>Deep</ins>" in shown


@pytest.mark.parametrize("asked", ["", "?from=x&to=1", "?from=1&to=99999999999"])
def test_a_difference_of_nothing_is_not_found(author, editor, asked):
    publish(author, editor)
    assert author.get(f"/practices/P-1/versions/difference{asked}").status_code == 404


def test_strangers_see_no_drafts_and_are_led_to_sign_in(author, house):
    path = begun(author)
    other = Visitor(house.app, "ali@farm.example").at_home()
    number = path.rpartition("/")[2]
    for shown in (path, f"{path}/words", f"{path}/preview", f"/review/{number}"):
        assert other.get(shown).status_code == 404
        reply = Visitor(house.app).get(shown)
        assert reply.status_code == 302
        assert "/sign-in" in reply.headers["Location"]
    assert other.get("/review").status_code == 403
    for step in ("words", "submit", "take-pen", "give-up", "bring-up"):
        assert other.post(f"{path}/{step}", revision="1").status_code == 404
    assert other.post(f"/review/{number}/publish").status_code == 404
    with house.office.database.reading() as session:
        assert session.scalars(select(Record)).all() == []
    assert draft(author).state == "draft"


def test_addresses_that_lead_nowhere_are_not_found(author):
    path = begun(author)
    for wrong in (f"{path}/nothing", "/write/99", "/write/99999999999999", "/review/9"):
        assert author.get(wrong).status_code == 404
    assert author.get("/write/change?ref=%00").status_code == 404
    assert author.get("/write/change").status_code == 404


BOTH_WAYS = ("en", "ar")
"""Languages written from left to right and from right to left."""


@pytest.mark.thorough
def test_every_page_is_whole_written_from_either_side(author, editor):
    publish(author, editor)
    path = begun(author, once="another")
    author.post(f"{path}/effects", {"revision": "1", "effects.0.value": "many"})
    author.post(f"{path}/steps", {"revision": "2", "add": "yes"})
    number = path.rpartition("/")[2]
    sections = [one.name for one in sections_of(KINDS["practice"])]
    own = ["", "/preview", "/difference", *(f"/{name}" for name in sections)]
    shown = ["/write", "/write/change?ref=P-1", *(f"{path}{part}" for part in own)]
    for author.language in BOTH_WAYS:
        for address in shown:
            reply = author.get(address)
            assert reply.status_code == 200, address
            check(reply.text, author.language)
        check(author.post(f"{path}/submit", token_from="/write").text, author.language)
        page = author.get(f"{path}/effects?check=yes")
        check(page.text, author.language)
        old = author.post(f"{path}/words", {"form_token": "0", "text.how": "A text."})
        assert old.status_code == 409
        check(old.text, author.language)
    author.post(f"{path}/effects", {"revision": "3"})
    author.language = "en"
    assert author.post(f"{path}/submit").status_code == 303
    for editor.language in BOTH_WAYS:
        for address in ("/review", f"/review/{number}", "/withdraw?ref=P-1"):
            reply = editor.get(address)
            assert reply.status_code == 200, address
            check(reply.text, editor.language)
        reply = editor.post(f"/review/{number}/changes", comment="")
        assert reply.status_code == 422
        check(reply.text, editor.language)


def test_the_form_of_a_section_asks_the_database_no_more_for_more_rows(author, house):
    path = begun(author)
    seen = []

    def note(connection, cursor, statement, *rest):
        seen.append(statement)

    event.listen(house.engine, "before_cursor_execute", note)
    counts = []
    for rows_ in (1, 12):
        given = {f"effects.{n}.value": "1" for n in range(rows_)}
        author.post(
            f"{path}/effects", {"revision": str(draft(author).revision)} | given
        )
        author.get(f"{path}/effects")
        seen.clear()
        assert author.get(f"{path}/effects").status_code == 200
        counts.append(len(seen))
    event.remove(house.engine, "before_cursor_execute", note)
    assert counts[0] == counts[1] <= 20


@pytest.mark.thorough
def test_my_file_holds_what_i_wrote_and_leaving_takes_it_away(author, editor, house):
    publish(author, editor)
    begun(author, once="another", title="Never shown")
    held = author.post("/account/export").json["writing"]
    titles = [one["document"]["texts"]["en"]["title"] for one in held["drafts"]]
    assert titles == ["Small pits", "Never shown"]
    assert {step["what"] for step in held["draft_steps"]} == {"begun", "submitted"}
    assert editor.post("/account/export").json["writing"]["published"][0]["number"] == 1
    assert author.post("/account/delete").status_code == 200
    assert [one.state for one in rows(house.app, Draft)] == ["published"]
    reader = Visitor(house.app)
    for page in ("/practices/P-1-small-pits", "/practices/P-1/versions/1"):
        assert reader.get(page).status_code == 200
        assert "Awa" not in reader.get(page).text


def test_the_preview_hints_at_long_sentences_part_by_part(author):
    path = begun(author)
    long = "Water stays because " + "and ".join(["we dig "] * 12) + "."
    author.post(f"{path}/words", {"revision": "1", "text.how": f"{long} <b>"})
    page = author.get(f"{path}/preview").text
    hint = page.partition("How easily it reads")[2]
    assert "words in a sentence, on average" in hint
    assert "Water stays because we dig" in hint
    author.post(f"{path}/words", {"revision": "2", "text.how": "We dig. It rains."})
    page = author.get(f"{path}/preview").text
    assert "These sentences are long." not in page
    assert "2 words in a sentence, on average" in page


def by_itself(author, path, revision, **fields):
    form = {"revision": str(revision), "by_itself": "yes"} | fields
    return author.post(path, form)


def test_a_script_keeps_a_section_and_learns_as_which_save(author):
    path = begun(author) + "/words"
    for shown, words, now in ((1, "One.", 2), (2, "One. Two.", 3), (3, "One. Two.", 3)):
        reply = by_itself(author, path, shown, **{"text.how": words})
        assert (reply.status_code, reply.json) == (200, {"revision": now})
    assert draft(author).document["texts"]["en"]["how"] == "One. Two."


def test_rows_stay_where_the_form_has_them_though_one_is_emptied(author):
    path = begun(author) + "/steps"
    rows_ = {f"steps.{n}.was": str(n) for n in range(3)}
    said = {f"steps.{n}.words": word for n, word in enumerate("abc")}
    author.post(path, {"revision": "1"} | rows_ | said)
    emptied = rows_ | said | {"steps.1.words": ""}
    assert by_itself(author, path, 2, **emptied).status_code == 200
    assert draft(author).document["texts"]["en"]["steps"] == ["a", "", "c"]
    assert len(draft(author).document["facts"]["steps"]) == 3


def test_a_script_takes_nothing_back_that_somebody_else_wrote_meanwhile(author):
    path = begun(author) + "/words"
    old = {"text.how": "One."}
    author.post(path, {"revision": "1"} | old)
    author.post(path, {"revision": "2", "text.where": "Dry."} | old)
    for now in ({"text.how": "Two."}, {"text.where": "Wet."}):
        assert by_itself(author, path, 2, **(old | now)).status_code == 409
    text = draft(author).document["texts"]["en"]
    assert (text["how"], text["where"]) == ("One.", "Dry.")
    assert draft(author).revision == 3


def test_only_the_form_of_a_section_may_run_our_script(author):
    path = begun(author)
    allowed = author.get(f"{path}/words").headers["Content-Security-Policy"]
    assert "script-src 'self'; connect-src 'self'" in allowed
    assert "unsafe" not in allowed
    for other in (path, f"{path}/preview", f"{path}/sources", "/write"):
        assert "script" not in author.get(other).headers["Content-Security-Policy"]
