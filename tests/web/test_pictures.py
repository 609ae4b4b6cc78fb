"""Bringing pictures to a record: the form, who may do what, and what readers see."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import event

from kb.journal import JournalLine
from kb.language import INTERFACE
from kb.outbox import Letter
from kb.people.models import Person
from kb.pictures.models import Picture, PictureSize, PictureWords, State
from kb.pictures.rules import today
from kb.pictures.service import MOST_OF_A_RECORD
from kb.pictures.sizes import MOST_BYTES
from kb.record.models import Status
from kb.worker import rebuild_all
from tests.people.visitor import Visitor, give, rows
from tests.pictures.drawn import noisy, written
from tests.pictures.gallery import PATH, PEOPLE, SAID, Gallery, photo
from tests.web.html import Page
from tests.web.test_people_pages import check

RECORD = "/en/practices/P-7-pits"


@pytest.fixture
def gallery(either):
    return Gallery(either.app).stock()


def readers(gallery, path=RECORD):
    return gallery.browser("").browser.get(path)


def test_a_picture_is_held_then_shown_then_taken_away(gallery):
    assert gallery.send().status_code == 303
    (picture,) = gallery.pictures()
    assert (picture.state, picture.place, picture.position) == ("held", "card", 1)
    assert len(gallery.files()) == 6
    assert picture.digest not in readers(gallery).text
    assert gallery.step("editor", "publish").status_code == 303
    assert picture.digest in readers(gallery).text
    assert gallery.step("sender", "withdraw").status_code == 303
    assert picture.digest not in readers(gallery).text
    assert gallery.file().status_code == 410
    done = [(line.what, line.note) for line in rows(gallery.app, JournalLine)][2:]
    assert done == [
        (f"picture {what}", f"picture {picture.id}")
        for what in ("added", "published", "withdrawn")
    ]


@pytest.mark.thorough
def test_a_reader_is_told_what_is_to_be_seen_in_her_language(gallery):
    gallery.shown()
    said = {"alt": "حفر في حقل", "caption": ""}
    gallery.browser("editor").language = "ar"
    assert gallery.step("editor", "words", **said).status_code == 303
    for language, alt in {"ar": "حفر في حقل", "fr": "Pits dug in a field"}.items():
        page = readers(gallery, f"/{language}/practices/P-7-pits")
        image = [i for i in Page(page.text).attributes["img"] if "loading" in i]
        assert [i["alt"] for i in image] == [alt]
        assert image[0].get("lang") == (None if language == "ar" else "en")
        assert (image[0]["width"], image[0]["height"]) == ("240", "180")
        assert image[0]["loading"] == "lazy"
        (source,) = Page(page.text).attributes["source"]
        assert source["srcset"].endswith("-page.webp")


@pytest.mark.thorough
def test_what_readers_programs_and_search_engines_get(gallery):
    gallery.send(consent="given", consent_by="Moussa", consent_for="a child")
    gallery.send("editor", photo(1), place="step:2", alt="Sowing")
    assert gallery.browser("").browser.get("/api/v1/records/P-7").json["pictures"] == []
    gallery.set(state=State.PUBLISHED)
    text = readers(gallery).text
    (about,) = Page(text).data
    first, second = about["image"]
    assert first["creditText"] == "Awa Traoré"
    assert first["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert first["contentUrl"].startswith("http://localhost/media/")
    assert "Sowing" in text.partition("Sow in them.")[2]
    api = gallery.browser("").browser.get("/api/v1/records/P-7")
    one, two = api.json["pictures"]
    assert (one["place"], two["place"]) == ("card", "step:2")
    assert (one["credit"], one["licence"]) == ("Awa Traoré", "CC BY 4.0")
    assert one["words"]["en"]["alt"] == "Pits dug in a field"
    assert one["sizes"]["page"]["jpeg"] == first["contentUrl"]
    for private in ("Moussa", "a child"):
        assert private not in text + api.text
    assert second["description"] == "Sowing"


@pytest.mark.thorough
def test_cards_in_a_list_have_the_first_picture(either, gallery):
    gallery.shown()
    rebuild_all(either.office.database, either.office.index)
    found = gallery.browser("").get("/search").text
    assert f"{gallery.pictures()[0].digest}-card.webp" in found
    assert found.count("<picture>") == 1


@pytest.mark.thorough
def test_words_with_signs_of_html_are_shown_as_typed(gallery):
    for wrong in ('"><script>alert(1)</script>', "</script><b>{{7*7}}", "' onload='x"):
        gallery.send(alt=wrong, caption=wrong, credit=wrong, place="drawing")
        gallery.step("editor", "publish", gallery.pictures()[-1].id)
        for text in (readers(gallery).text, gallery.browser("editor").get(PATH).text):
            image = [i for i in Page(text).attributes["img"] if "loading" in i]
            assert [i["alt"] for i in image] == [wrong]
            assert "<script>alert" not in text
            assert "<b>" not in text
            assert "49" not in text.partition("Drawings")[2].partition("</figure>")[0]
        gallery.step("editor", "withdraw", gallery.pictures()[-1].id)


@pytest.mark.thorough
def test_a_page_full_of_pictures_is_light_and_asks_no_more_often(gallery):
    gallery.send(data=written(noisy(600, 480)))
    gallery.send(data=written(noisy(480, 600)), place="step:1")
    gallery.set(state=State.PUBLISHED)
    readers(gallery)  # what is kept until something changes is read
    engine, seen = gallery.app.extensions["kb"].database.engine, []
    event.listen(engine, "before_cursor_execute", lambda *_all: seen.append(1))
    readers(gallery)
    before = len(seen)
    gallery.send(data=written(noisy(500, 500)), place="step:2")
    gallery.set(state=State.PUBLISHED)
    readers(gallery)  # what is kept until something changes is read again
    seen.clear()
    text = readers(gallery).text
    assert len(seen) == before
    loaded = re.findall(r'srcset="([^"]+)"', text)
    loaded += re.findall(r'(?:src|href)="(/static/[^"]+)"', text)
    browser = gallery.browser("").browser
    packed = {"Accept-Encoding": "gzip"}
    weight = sum(
        len(browser.get(path, headers=packed).data) for path in {RECORD, *loaded}
    )
    assert len(loaded) >= 5
    assert weight <= 100 * 1024


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"alt": ""}, "alt"),
        ({"alt": "…"}, "alt"),
        ({"alt": "x" * 251}, "alt"),
        ({"alt": "pits\u202egnp.exe"}, "alt"),
        ({"alt": "pits\x00"}, "alt"),
        ({"caption": "x" * 301}, "caption"),
        ({"credit": ""}, "credit"),
        ({"licence": "mine"}, "licence"),
        ({"own": ""}, "own"),
        ({"consent": ""}, "consent"),
        ({"consent": "given"}, "consent_by"),
        ({"consent": "given", "consent_by": "Awa"}, "consent_for"),
        ({"consent_until": "soon"}, "consent_until"),
        ({"consent_until": "2020-01-01"}, "consent_until"),
        ({"place": "step:3"}, "place"),
        ({"place": "../x"}, "place"),
        ({"data": b""}, "picture"),
        ({"data": b"<svg xmlns='http://www.w3.org/2000/svg'/>"}, "picture"),
        ({"data": b"GIF89a" + b"\0" * 99}, "picture"),
    ],
)
def test_what_does_not_fit_is_said_and_nothing_is_kept(gallery, wrong, field):
    reply = gallery.send(**wrong)
    assert reply.status_code == 422
    check(reply.text, "en")
    assert f'id="{field}-said"' in reply.text
    assert gallery.pictures() == []
    assert gallery.files() == []
    if field != "alt":
        assert 'value="Pits dug in a field"' in reply.text


def test_names_are_kept_only_where_somebody_can_be_recognised(gallery):
    gallery.send(consent_by="Awa", consent_for="Moussa", consent_until="2030-01-01")
    (picture,) = gallery.pictures()
    assert (picture.consent_by, picture.consent_for) == ("", "")
    assert picture.consent_until is None


@pytest.mark.thorough
def test_pressing_twice_adds_one(gallery):
    assert gallery.send().status_code == gallery.send().status_code == 303
    assert len(gallery.pictures()) == 1


@pytest.mark.thorough
def test_a_record_has_enough_pictures_some_day(gallery):
    gallery.send()
    with gallery.app.extensions["kb"].database.writing() as session:
        (one,) = rows(gallery.app, Picture)
        for number in range(MOST_OF_A_RECORD - 1):
            same = {
                column.key: getattr(one, column.key)
                for column in Picture.__table__.columns
                if column.key != "id"
            }
            same |= {"digest": f"{number:032}", "position": number + 2}
            words = [PictureWords(language="en", alt="x", caption="")]
            sizes = [
                PictureSize(name="step", width=9, height=9, webp_bytes=1, jpg_bytes=1)
            ]
            session.add(Picture(**same, words=words, sizes=sizes))
        session.commit()
    reply = gallery.send(data=photo(3))
    assert reply.status_code == 409
    assert len(gallery.pictures()) == MOST_OF_A_RECORD


def form(form_token, picture):
    """Write a form with a file as a browser does."""
    head = '--cut\r\nContent-Disposition: form-data; name="'
    token = f'{head}form_token"\r\n\r\n{form_token}\r\n'
    file = f'{head}picture"; filename="x.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
    return (token + file).encode() + picture + b"\r\n--cut--\r\n"


def test_a_body_that_is_too_long_is_refused_unread(gallery):
    sender = gallery.browser("sender")
    token = sender.token("/sign-in")
    for length, status in ((MOST_BYTES + 1, 422), (MOST_BYTES + 200_000, 413)):
        reply = sender.browser.post(
            f"/en{PATH}",
            data=form(form_token=token, picture=b"x" * length),
            content_type="multipart/form-data; boundary=cut",
        )
        assert reply.status_code == status
    assert (
        sender.browser.post(
            f"/en{PATH}",
            data=form(form_token="x" * 1_000_000, picture=b"x" * 1_000_000),
            content_type="multipart/form-data; boundary=cut",
        ).status_code
        == 413
    )
    reply = sender.browser.post(
        f"/en{PATH}",
        input_stream=BytesIO(b"form_token=" + token.encode()),
        content_type="application/x-www-form-urlencoded",
        headers={"Transfer-Encoding": "chunked"},
        environ_base={"wsgi.input_terminated": True},
    )
    assert reply.status_code == 411
    assert sender.post("/account/details", name="x" * 70_000).status_code == 413
    assert gallery.pictures() == []


STEPS = {
    "publish": {"editor", "administrator"},
    "earlier": {"editor", "administrator"},
    "words": {"sender", "editor", "administrator"},
    "withdraw": {"sender", "editor", "administrator"},
}


@pytest.mark.thorough
def test_each_role_takes_its_steps_and_no_other(gallery):
    gallery.send()
    said = {"alt": "Other words", "caption": ""}
    for who in ("", *PEOPLE):
        adds = who in {"contributor", "sender", "editor", "administrator"}
        works = adds or who in {"reviewer"}
        page = gallery.browser(who).get(PATH)
        assert page.status_code == (302 if not who else 200 if works else 403), who
        if works:
            assert ('name="picture"' in page.text) == adds
        for step, allowed in STEPS.items():
            gallery.set(state=State.HELD)
            status = gallery.step(who, step, **said).status_code
            usual = 409 if not who else 403  # the words are on the page
            assert status == (303 if who in allowed else usual), (who, step)
            changed = gallery.pictures()[0].state != State.HELD
            assert changed == (who in allowed and step in {"publish", "withdraw"})
        gallery.set(state=State.HELD)
        status = gallery.send(who, photo(2)).status_code
        assert status == (303 if adds else 409 if not who else 403), who


@pytest.mark.thorough
def test_only_those_who_work_on_a_draft_know_of_it(gallery):
    gallery.send()
    gallery.set_record(status=Status.DRAFT)
    assert gallery.browser("sender").get(PATH).status_code == 200
    assert gallery.send(data=photo(4)).status_code == 303
    for who in ("nobody", "jury", "far editor"):
        assert gallery.browser(who).get(PATH).status_code == 404, who
        assert gallery.step(who, "publish").status_code == 404, who


@pytest.mark.thorough
def test_a_contributor_sees_what_others_sent_only_when_it_is_shown(gallery):
    gallery.send()
    digest = gallery.pictures()[0].digest
    assert digest not in gallery.browser("contributor").get(PATH).text
    gallery.step("editor", "publish")
    assert digest in gallery.browser("contributor").get(PATH).text


@pytest.mark.thorough
def test_who_translates_writes_words_in_her_language_alone(gallery):
    gallery.shown()
    said = {"alt": "Des trous dans un champ", "caption": ""}
    translator = gallery.browser("translator")
    for language, status in {"fr": 403, "en": 403}.items():
        translator.language = language
        assert gallery.step("translator", "words", **said).status_code == status
    give(gallery.app, translator.email, ("translator",))
    assert gallery.step("translator", "words", **said).status_code == 303


def test_a_sender_does_not_change_words_that_are_shown(gallery):
    gallery.shown()
    assert gallery.step("sender", "words", alt="Other", caption="").status_code == 403


@pytest.mark.thorough
def test_pictures_change_places(gallery):
    for shade in range(3):
        gallery.send(data=photo(shade))
    first, second, third = (one.id for one in gallery.pictures())
    gallery.step("editor", "later", first)
    gallery.step("editor", "earlier", third)
    gallery.step("editor", "earlier", second)
    gallery.step("editor", "later", first)
    order = sorted(gallery.pictures(), key=lambda one: one.position)
    assert [one.id for one in order] == [second, third, first]


@pytest.mark.thorough
def test_consent_that_is_over_is_not_published_again(gallery):
    gallery.send()
    gallery.set(consent_until=today() - timedelta(days=1))
    reply = gallery.step("editor", "publish")
    assert reply.status_code == 409
    assert gallery.pictures()[0].state == State.HELD
    gallery.set(state=State.PUBLISHED)
    assert "<picture>" not in readers(gallery).text


@pytest.mark.thorough
@pytest.mark.parametrize("language", INTERFACE)
def test_the_page_is_whole_in_every_language(gallery, language):
    gallery.send()
    gallery.send(data=photo(1), place="drawing")
    gallery.step("editor", "publish")
    editor = gallery.browser("editor")
    editor.language = language
    check(editor.get(PATH).text, language)
    number = gallery.pictures()[0].id
    wrong = gallery.step("editor", "words", number, alt="")
    assert wrong.status_code == 422
    check(wrong.text, language)
    assert f'id="alt-{number}-said"' in wrong.text
    assert editor.get(f"{PATH}/{number}/words").status_code == 303
    assert editor.get("/practices/P-99/pictures").status_code == 404
    assert editor.get(f"{PATH}/{10**12}/words").status_code == 404


@pytest.mark.thorough
def test_everything_about_me_holds_my_pictures_and_deleting_me_lets_them_go(gallery):
    gallery.send(credit="Person sender")
    gallery.send(data=photo(1), credit="The village of Gourcy")
    gallery.send(data=photo(2), credit="Person sender")
    first, _second, third = gallery.pictures()
    gallery.step("editor", "publish", first.id)
    gallery.step("editor", "publish", first.id + 1)
    sender = gallery.browser("sender")
    mine = sender.post("/account/export").json["pictures"]
    assert [one["state"] for one in mine] == ["published", "published", "held"]
    assert mine[0]["words"] == {"en": [SAID["alt"], SAID["caption"]]}
    assert gallery.browser("editor").post("/account/export").json["pictures"] == []
    assert sender.post("/account/delete").status_code == 200
    said = [(one.state, one.credit) for one in gallery.pictures()]
    assert said == [
        ("published", ""),
        ("published", "The village of Gourcy"),
        ("withdrawn", ""),
    ]
    assert third.id == gallery.pictures()[2].id
    assert "Person sender" not in [p.name for p in rows(gallery.app, Person)]
    assert "Person sender" not in readers(gallery).text
    assert rows(gallery.app, Letter)


def test_somebody_who_is_not_signed_in_comes_back_after_it(gallery):
    reply = Visitor(gallery.app).get(PATH)
    assert reply.headers["Location"].endswith("next=/en/practices/P-7/pictures")
