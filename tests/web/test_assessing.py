"""The short form: who fills it in, what readers see of it, what follows from it."""

import csv
import json
from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from kb.assessing.clock import GRACE, this_day
from kb.assessing.models import Assessment
from kb.credit.models import Naming
from kb.journal import JournalLine, write
from kb.language import INTERFACE
from kb.people.accounts import by_email
from kb.people.models import Role, ScopeKind
from kb.record.models import Record
from kb.record.service import a_year_after
from kb.worker import run_once
from kb.writing.models import Draft, Version
from tests.assessing.house import (
    FORM,
    NO,
    PARTLY,
    YES,
    ZAI,
    assess,
    due_house,
    opened,
    reads,
)
from tests.feedback.house import staff
from tests.people.visitor import Visitor, add_person, change, rows
from tests.web.test_feedback import send
from tests.web.test_people_pages import check

DESK = "/desk/assessments"


@pytest.fixture
def house(either):
    due_house(either.app)
    return either


@pytest.fixture
def reviewer(house):
    return staff(house.app, Role.REVIEWER)


def record_of(house, ref="P-1"):
    return next(one for one in rows(house.app, Record) if one.ref == ref)


def test_yes_makes_it_due_a_year_on_and_stands_on_the_page(house, reviewer):
    reply = assess(reviewer, YES | {"line": "Seen in Yako.", "note": "Ask Ali."})
    assert reply.status_code == 303
    assert reply.headers["Location"].endswith(ZAI)
    record, today = record_of(house), this_day()
    assert record.review_due_on == a_year_after(today)
    assert record.assessed_on == today
    page = reads(house.app)
    assert "by Awa D.:" in page
    assert "still true" in page
    assert "Seen in Yako." in page
    assert "Ask Ali" not in page
    assert "تقييم" in reads(house.app, language="ar")
    (line,) = [one for one in rows(house.app, JournalLine) if one.what == "assessed"]
    assert (line.record_id, line.note) == (record.id, "yes")
    given = house.app.test_client().get("/api/v1/records/P-1").json
    assert given["assessment"] == {
        "on": str(today),
        "verdict": "yes",
        "name": "Awa D.",
        "line": "Seen in Yako.",
        "language": "en",
        "changed_since": False,
        "way": "form",
    }
    assert given["not_assessed_since"] is None
    assert "Ask Ali." in reviewer.get(FORM).text, "colleagues read the note"


def test_when_the_grace_is_over_readers_see_it_on_page_and_in_the_api(house):
    assert "Not assessed since" not in reads(house.app)
    late = this_day() - GRACE - timedelta(days=1)
    change(house.app, Record, review_due_on=late)
    assert "Not assessed since January 31, 2026" in reads(house.app)
    given = house.app.test_client().get("/api/v1/records/P-1").json
    assert given["not_assessed_since"] == "2026-01-31"
    assert given["assessment"] is None


@pytest.mark.thorough
def test_partly_begins_one_change_and_leaves_the_day(house, reviewer):
    before = record_of(house).review_due_on
    reply = assess(reviewer, PARTLY)
    (draft,) = rows(house.app, Draft)
    assert reply.headers["Location"].endswith(f"/write/{draft.id}")
    assert record_of(house).review_due_on == before
    page = reads(house.app)
    assert "only partly true now" in page
    assert "A change of it was begun." in page
    assert reviewer.get(f"/write/{draft.id}").status_code == 200
    assess(reviewer, PARTLY)
    assert len(rows(house.app, Draft)) == 1, "she goes on with the change she began"
    assert [row.draft_id for row in rows(house.app, Assessment)] == [draft.id] * 2


@pytest.mark.thorough
def test_once_the_change_is_published_nobody_is_warned_any_more(house, reviewer):
    assess(reviewer, PARTLY)
    change(house.app, Version, number=2)
    with house.office.database.writing() as session:
        write(session, "published", kind="practice", record_id=1, by="a test")
        session.commit()
    page = reads(house.app)
    assert 'id="assessed"' not in page
    assert "Changed since then." in page
    given = house.app.test_client().get("/api/v1/records/P-1").json
    assert given["assessment"]["changed_since"] is True


def test_without_a_version_to_change_nothing_is_kept_but_the_words(house, reviewer):
    with house.office.database.writing() as session:
        session.execute(delete(Version))
        session.commit()
    reply = assess(reviewer, PARTLY)
    assert reply.status_code == 409
    assert "Pits need more water." in reply.text
    assert rows(house.app, Assessment) == []
    assert assess(reviewer, YES).status_code == 303


def test_results_say_it_on_the_card(house):
    change(house.app, Record, review_due_on=this_day() - GRACE - timedelta(days=1))
    run_once(house.office.database, house.office.index)
    reader = Visitor(house.app)
    assert "not assessed since Jan 31, 2026" in reader.get("/search?q=zai").text


def test_no_leads_an_editor_to_the_withdrawal_and_withdraws_nothing_itself(house):
    editor = staff(house.app, Role.EDITOR)
    reply = assess(editor, NO)
    assert reply.headers["Location"].endswith("/withdraw?ref=P-1")
    assert record_of(house).status == "published"
    assert "not true any more" in reads(house.app)
    assert rows(house.app, Draft) == []
    gone = editor.post("/withdraw", ref="P-1", reason="Harm", token_from="/account")
    assert gone.status_code == 303
    assert editor.get(FORM).status_code == 404
    assert len(rows(house.app, Assessment)) == 1, "history stays"


@pytest.mark.thorough
def test_a_reviewer_is_not_offered_the_withdrawal_and_cannot_ask_for_it(
    house, reviewer
):
    assert 'value="withdraw"' not in reviewer.get(FORM).text
    assert assess(reviewer, NO).status_code == 403
    assert rows(house.app, Assessment) == []


MISFITS = [
    ({"verdict": ""}, "choose one"),
    ({"verdict": "perhaps"}, "choose one"),
    ({"then": "change"}, "nothing has to follow"),
    ({"verdict": "partly", "line": "x"}, "what is to follow"),
    ({"verdict": "partly", "then": "withdraw", "line": "x"}, "not withdrawn"),
    ({"verdict": "no", "then": "change"}, "in one line"),
    ({"then": "delete"}, "choose one"),
    ({"language": "xx"}, "choose one"),
    ({"line": "a" * 301}, "At most 300"),
    ({"note": "a" * 2001}, "At most 2000"),
    ({"name": "Awa\u202e"}, "cannot be seen"),
]


@pytest.mark.thorough
def test_what_does_not_fit_is_said_beside_its_field_and_kept(house, reviewer):
    hidden = opened(reviewer)
    for given, said in MISFITS:
        form = YES | {"evidence": "A trial <b>in Mali</b>"} | given
        reply = assess(reviewer, form, hidden=hidden)
        assert reply.status_code == 422, given
        assert said in reply.text, given
        assert "A trial &lt;b&gt;in Mali&lt;/b&gt;" in reply.text
    assert rows(house.app, Assessment) == []
    assert record_of(house).assessed_on is None


def test_signs_that_cannot_be_seen_are_left_out(house, reviewer):
    given = {"line": " A\x00\nline\u202e ", "note": "\x00N\r\n\u2066n", "users": "😀"}
    assert assess(reviewer, YES | given).status_code == 303
    (row,) = rows(house.app, Assessment)
    assert (row.line, row.note, row.users) == ("A line", "N\nn", "😀")


STRANGE = [
    {},
    {"once": "x"},
    {"version": "-1"},
    {"version": "٣"},
    {"last": "9" * 99},
    {"last": "\x00"},
    {"version": "7"},
    {"last": "7"},
]


@pytest.mark.thorough
def test_a_form_that_is_none_of_ours_or_old_is_shown_again(house, reviewer):
    ours = opened(reviewer)
    for strange in STRANGE:
        hidden = ours | strange if strange else {}
        reply = assess(reviewer, YES | {"note": "My words"}, hidden=hidden)
        assert reply.status_code == 409, strange
        assert "My words" in reply.text
    assert rows(house.app, Assessment) == []


@pytest.mark.thorough
def test_one_form_sent_twice_counts_once(house, reviewer):
    hidden = opened(reviewer)
    both = [assess(reviewer, PARTLY, hidden=hidden) for _each in range(2)]
    assert {reply.status_code for reply in both} == {303}
    assert both[0].headers["Location"] == both[1].headers["Location"]
    assert len(rows(house.app, Assessment)) == len(rows(house.app, Draft)) == 1


def test_what_happened_meanwhile_is_said_and_the_words_are_kept(house, reviewer):
    editor = staff(house.app, Role.EDITOR)
    mine = opened(reviewer)
    assert assess(editor, YES).status_code == 303
    reply = assess(reviewer, PARTLY, hidden=mine)
    assert reply.status_code == 409
    assert "Somebody assessed this record meanwhile" in reply.text
    assert "Pits need more water." in reply.text
    mine = opened(reviewer)
    change(house.app, Version, number=2)
    reply = assess(reviewer, YES, hidden=mine)
    assert "published anew meanwhile" in reply.text
    mine = opened(reviewer)
    change(house.app, Record, status="withdrawn")
    reply = assess(reviewer, PARTLY, hidden=mine)
    assert reply.status_code == 409
    assert "withdrawn meanwhile" in reply.text
    assert "Pits need more water." in reply.text
    assert len(rows(house.app, Assessment)) == 1


def test_the_form_shows_what_users_said_and_the_row_keeps_it(house, reviewer):
    user = Visitor(house.app)
    user.post(f"{ZAI}/helpful", helpful="yes", reason="")
    send(user, "report", kind="error", words="Wrong depth", language="en")
    page = reviewer.get(FORM).text
    assert "Helpful: yes 1, no 0" in page
    assert "Reports that are open: 1" in page
    assess(reviewer, YES)
    (row,) = rows(house.app, Assessment)
    assert (row.helpful, row.unhelpful, row.tried, row.open_reports) == (1, 0, 0, 1)


@pytest.mark.thorough
def test_http_says_what_the_table_says_for_each_role(house):
    may = {Role.REVIEWER, Role.EDITOR, Role.ADMINISTRATOR}
    for role in Role:
        who = staff(house.app, role)
        allowed = role in may
        assert who.get(DESK).status_code == (200 if allowed else 403), role
        assert who.get(FORM).status_code == (200 if allowed else 403), role
        reports = 200 if role in may - {Role.REVIEWER} else 403
        for path in (f"{DESK}/report", f"{DESK}/report.csv"):
            assert who.get(path).status_code == reports, role
        hidden = opened(who) if allowed else {}
        reply = assess(who, YES, hidden=hidden)
        assert reply.status_code == (303 if allowed else 403), role
    assert len(rows(house.app, Assessment)) == len(may)


@pytest.mark.thorough
def test_beyond_her_scope_and_on_her_own_record_nobody_assesses(house):
    for value, kind, sees in [
        ("ML", ScopeKind.REGION, False),
        ("BF", ScopeKind.REGION, True),
        ("fr", ScopeKind.LANGUAGE, False),
        ("story", ScopeKind.KIND, False),
    ]:
        who = staff(house.app, Role.EDITOR, kind, value, name=f"e{value.lower()}")
        assert (f'{ZAI}/assess"' in who.get(DESK).text) == sees, value
        assert who.get(FORM).status_code == (200 if sees else 403)
        reply = assess(who, YES | {"verdict": ""}, hidden={})
        assert reply.status_code == (409 if sees else 403)
    author = add_person(house.app, "awa@farm.example", ("reviewer",))
    change(house.app, Record, author_id=author)
    writer = Visitor(house.app)
    writer.let_in()
    assert "Keep this assessment" not in writer.get(FORM).text
    assert assess(writer, YES, hidden={}).status_code == 403
    desk = writer.get(DESK).text
    assert "somebody else assesses it" in desk
    assert f"{ZAI}/assess" not in desk


def test_without_signing_in_all_of_it_leads_to_the_door(house):
    visitor = Visitor(house.app)
    for path in (DESK, FORM, f"{DESK}/report", f"{DESK}/report.csv"):
        assert "/sign-in" in visitor.get(path).headers["Location"]
    reply = visitor.post(FORM, YES | {"note": "Long words"})
    assert reply.status_code == 409
    assert "Long words" in reply.text, "signed out meanwhile: the text is not lost"
    assert rows(house.app, Assessment) == []


def test_the_desk_says_what_is_overdue_due_and_coming(house, reviewer):
    days = {"P-1": -61, "S-1": 0, "A-1": 60}
    with house.office.database.writing() as session:
        for ref, after in days.items():
            row = session.get(Record, record_of(house, ref).id)
            row.review_due_on = this_day() + timedelta(days=after)
        session.commit()
    page = reviewer.get(DESK).text
    parts = [page.partition(f'id="{name}"')[2] for name in ("overdue", "due", "coming")]
    found = [
        {ref for ref in days if f'">{ref}<' in one.partition("<h2")[0]} for one in parts
    ]
    assert found == [{"P-1"}, {"S-1"}, {"A-1"}]
    change(house.app, Record, review_due_on=this_day() + timedelta(days=61))
    assert "P-1" not in reviewer.get(DESK).text


@pytest.mark.thorough
def test_the_pages_are_whole_in_each_language(house):
    editor = staff(house.app, Role.EDITOR)
    assess(editor, YES | {"note": "n"})
    for editor.language in INTERFACE:
        for path in (DESK, FORM, f"{DESK}/report"):
            check(editor.get(path).text, editor.language)
        check(assess(editor, YES | {"verdict": ""}).text, editor.language)


@pytest.mark.thorough
def test_what_she_said_is_in_her_file_and_nameless_when_she_leaves(house, reviewer):
    assess(reviewer, PARTLY | {"note": "Ask Ali."})
    assert "Awa D." in reads(house.app)
    reply = reviewer.post("/account/export", token_from="/account")
    (said,) = json.loads(reply.text)["assessing"]["assessments"]
    assert (said["verdict"], said["note"]) == ("partly", "Ask Ali.")
    gone = reviewer.post("/account/delete", token_from="/account")
    assert gone.status_code == 200
    (row,) = rows(house.app, Assessment)
    assert (row.by_id, row.name, row.draft_id) == (None, "", None)
    page = reads(house.app)
    assert "Awa D." not in page
    assert "only partly true now" in page


def published_change(house, significance, *, named="", note=""):
    """Let the author change her practice, and an editor publish it."""
    author = Visitor(house.app, "writer@farm.example")
    number = add_person(house.app, author.email, name="Writer")
    author.let_in()
    change(house.app, Record, author_id=number)
    editor = staff(house.app, Role.EDITOR)
    with house.office.database.writing() as session:
        by = by_email(session, editor.email)
        of_it = select(Version).join(Record).where(Record.ref == "P-1")
        version = session.scalars(of_it).one()
        facts = version.document["facts"] | {"ref": "P-1", "published": "2024-01-31"}
        version.document = version.document | {"facts": facts}
        if named:
            session.add(Naming(person_id=by.id, name=named))
        session.commit()
    reply = author.post("/write/change", ref="P-1", once="a", token_from="/account")
    path = reply.headers["Location"].removeprefix("/en")
    text = {"revision": "1", "text.how": "Dig deeper."}
    assert author.post(f"{path}/words", text).status_code == 303
    assert author.post(f"{path}/submit").status_code == 303
    form = {"significance": significance, "note": note}
    review = f"/review/{path.rpartition('/')[2]}/publish"
    assert editor.post(review, form, token_from="/account").status_code == 303
    return author, editor


@pytest.mark.thorough
def test_a_published_change_of_meaning_starts_the_clock_anew(house):
    before = record_of(house).review_due_on
    published_change(house, "meaning", named="Eva E.", note="The\nroots go deeper.")
    record = record_of(house)
    assert record.assessed_on == this_day()
    assert record.review_due_on == a_year_after(this_day()) > before
    (row,) = rows(house.app, Assessment)
    assert (row.way, row.verdict, row.version) == ("change", "yes", 2)
    assert (row.due_on, row.then, row.name) == (before, "", "Eva E.")
    page = reads(house.app)
    assert "Changed and reviewed on" in page
    assert "reviewed by Eva E.:" in page
    assert "The roots go deeper." in page
    assert "Changed since then." not in page
    given = house.app.test_client().get("/api/v1/records/P-1").json["assessment"]
    assert (given["way"], given["changed_since"]) == ("change", False)


@pytest.mark.thorough
@pytest.mark.parametrize("significance", ["wording", "typing"])
def test_a_change_of_words_alone_leaves_the_clock(house, significance):
    before = record_of(house).review_due_on
    published_change(house, significance)
    assert record_of(house).review_due_on == before
    assert record_of(house).assessed_on is None
    assert rows(house.app, Assessment) == []


def test_whoever_reviewed_a_change_is_not_named_unless_she_says_so(house):
    published_change(house, "meaning")
    assert [row.name for row in rows(house.app, Assessment)] == [""]
    assert "Changed and reviewed on" in reads(house.app)
    assert "by Person" not in reads(house.app)


@pytest.mark.thorough
def test_the_report_tells_a_published_change_from_a_form(house, reviewer):
    assess(reviewer, YES, path="/stories/S-1/assess")
    _author, editor = published_change(house, "meaning")
    text = editor.get("/desk/assessments/report.csv").data.decode("utf-8-sig")
    lines = csv.DictReader(text.splitlines())
    (total,) = [line for line in lines if line["country"] == "*"]
    told = {name: total[name] for name in ("assessed", "yes", "changed")}
    assert told == {"assessed": "2", "yes": "2", "changed": "1"}
    assert "By a published change" in editor.get("/desk/assessments/report").text


@pytest.mark.thorough
def test_the_record_leads_to_its_clock_in_one_step(house, reviewer):
    author, editor = published_change(house, "wording")
    reply = Visitor(house.app).get("/practices/P-1/assess")
    assert "/sign-in" in reply.headers["Location"]
    assert f'href="/en{FORM}"' in reads(house.app)
    for who in (reviewer, editor):
        assert "Keep this assessment" in who.get(FORM).text
    assess(reviewer, YES | {"note": "Secret", "users": "Hidden"})
    page = author.get(FORM)
    assert page.status_code == 200
    assert "You wrote it; somebody else assesses it." in page.text
    assert "to be assessed by" in page.text
    for hidden in ("Keep this assessment", "Secret", "Hidden"):
        assert hidden not in page.text
    assert "Secret" in editor.get(FORM).text
    stranger = Visitor(house.app, "x@farm.example")
    add_person(house.app, stranger.email)
    stranger.let_in()
    assert stranger.get(FORM).status_code == 403
    assert assess(author, YES, hidden=opened(reviewer)).status_code == 403
