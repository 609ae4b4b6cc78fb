"""One word alone: in each language, and nothing else."""

import pytest

from kb.language import INTERFACE
from kb.sms.parts import parts
from kb.sms.words import Keyword, Said, _known, shown, understood, words_of
from kb.wording import said_by

ALL = [
    (language, keyword, word)
    for language in INTERFACE
    for keyword, words in words_of(language).items()
    for word in words
]


def test_no_word_means_two_things():
    meant = {}
    for _language, keyword, word in ALL:
        assert understood(word).keyword == keyword, word
        assert meant.setdefault(word.casefold(), keyword) == keyword, word
    assert len(_known()) > 80


@pytest.mark.parametrize(("language", "keyword", "word"), ALL)
def test_a_word_is_understood_however_it_is_typed(language, keyword, word):
    for typed in (word, word.lower(), word.title(), f" {word}. ", f"«{word}»\n"):
        said = understood(typed)
        assert said is not None, typed
        assert said.keyword == keyword
        assert language in said.languages


@pytest.mark.parametrize(
    "text",
    ["STOP 12345", "stop erosion", "Stop it", "start rain", "how to stop", "help me",
     "", " ", "…", "ARRET de bus", "बंद करो", "mores", "status of my field", "lang",
     "lang xx", "lang fr en", "STATUS"],
)  # fmt: skip
def test_words_among_others_are_no_keyword(text):
    found = understood(text)
    if text in {"lang", "STATUS"}:
        assert found == Said(found.keyword, found.languages)
    else:
        assert found is None


@pytest.mark.parametrize(
    ("text", "keyword", "about"),
    [("status 572 456-789", "status", "572 456 789"), ("LANG fr", "lang", "fr"),
     ("langue Français", "lang", "fr"), ("lang Kiswahili", "lang", "sw"),
     ("język", None, ""), ("язык русский", "lang", "ru"), ("语言 中文", "lang", "zh"),
     ("لغة العربية", "lang", "ar"), ("حالة ٥٧٢ ٤٥٦", "status", "٥٧٢ ٤٥٦")],
)  # fmt: skip
def test_two_words_take_something_after_them(text, keyword, about):
    said = understood(text)
    if keyword is None:
        assert said is None
        return
    assert said.keyword == keyword
    assert said.about == about or "".join(c for c in said.about if c.isdecimal())


EVENTS = {
    "question-asked": {}, "text-where": {}, "text-no-more": {}, "text-more": {},
    "text-stopped": {}, "text-started": {}, "text-status": {"state": "waiting"},
    "question-put-off": {}, "text-languages": {"codes": "EN, FR"},
    "question-joined": {}, "question-parted": {},
    "text-language": {"name": "français"}, "text-help": {},
    "question-published": {},
}  # fmt: skip


@pytest.mark.parametrize("language", INTERFACE)
@pytest.mark.parametrize("event", EVENTS)
def test_every_text_is_worded_in_every_language_and_short(event, language):
    facts = {
        "code": "123 456 789", "day": "2026-12-31", "word": shown(Keyword.MORE, "en"),
        "status": "STATUS", "lang": "LANG", "more": "MORE", "stop": "STOP",
        "public": "https://humus.example/en/answers/A-7", **EVENTS[event],
    }  # fmt: skip
    text = said_by(event, "sms", language, **facts)
    english = said_by(event, "sms", "en", **facts)
    assert language == "en" or text != english
    assert len(parts(text)) <= (4 if event == "text-help" else 3), text
