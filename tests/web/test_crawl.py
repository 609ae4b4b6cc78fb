"""Every page in every language: it answers, is well formed, is translated."""

import re
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from babel import UnknownLocaleError

from kb.exchange.files import read_yaml
from kb.language import INTERFACE, direction
from kb.settings import ROOT, shipped
from tests.conftest import THOROUGH
from tests.web.html import Page

sys.path.insert(0, str(ROOT / "translations"))
import catalogues

SAME = {"Labour"}
"""English words that are another word in another language: to plough, in French."""


def english_words(language):
    """Give what would show that something was left in English."""
    path = ROOT / "translations" / language / "LC_MESSAGES" / "messages.po"
    left = {
        m.id if isinstance(m.id, str) else m.id[0]
        for m in catalogues.read(path)
        if m.id and m.id not in {m.string, ""} and "%(" not in str(m.id)
    }
    for file in (shipped("seeds") / "vocabularies").glob("*.yaml"):
        for concept in read_yaml(file)["concepts"]:
            names = concept["names"]
            if names["en"] != names[language]:
                left.add(names["en"])
            plain = concept.get("plain", {})
            if plain and plain["en"] != plain[language]:
                left.add(plain["en"])
    return left - SAME


def way_of(path, asked):
    """Give what pages have in common of which one is enough."""
    if "/versions" in path:
        parts = path.split("/")
        return (parts[2], *parts[4:], *asked)
    if asked:
        return (path.split("/")[2], *asked)
    if path.endswith(("/pictures", "/credit", "/use")):
        return path.rpartition("/")[2]
    if "/concepts/" in path and not path.endswith("/concepts/soil"):
        return ("a concept", *path.split("/")[4:], *asked)
    return path.rpartition("-")[2] if "/zones/" in path else path


def crawl(client, language, most=2000):
    """Follow every link of the site that stays in the language; give the pages.

    Pages with a question in the address are opened once for each way of asking, and of
    the thesaurus two; of the
    zones one for each soil, for they differ in figures alone; of versions one for each
    kind; and of the forms for pictures one, for they lead to where one signs in.
    """
    start = f"/{language}/"
    waiting, seen = [start], {start}
    for _ in range(most):
        if not waiting:
            return
        address = waiting.pop(0)
        reply = client.get(address)
        if reply.status_code in {301, 302, 308}:
            target = reply.headers["Location"]
            way = way_of(urlsplit(target).path, parse_qs(urlsplit(target).query))
            if way not in seen:
                seen.add(way)
                waiting.append(target)
            continue
        assert reply.status_code == 200, (address, reply.status_code)
        page = Page(reply.text)
        yield address, page, reply.text
        for link in page.inside():
            clean = link.partition("#")[0]
            path, asked = urlsplit(clean).path, parse_qs(urlsplit(clean).query)
            way = way_of(path, asked)
            if any(
                name in path
                for name in ("/feed.", "/cite.", "/concepts.", "/drawings/")
            ):
                continue  # for programs
            if path.startswith(start) and way not in seen:
                seen.add(way)
                waiting.append(clean)


def faults(client, language, most):
    """Crawl one language; give what is wrong and how many pages were seen."""
    english = english_words(language) if language != "en" else set()
    wrong, count = [], 0
    for address, page, text in crawl(client, language, most):
        count += 1
        root = page.attributes["html"][0]
        ids = [a["id"] for tag in page.attributes.values() for a in tag if "id" in a]
        left = {w for spoken, w in page.words if spoken == language and w in english}
        if (root["lang"], root["dir"]) != (language, direction(language)):
            wrong.append((address, "language", root))
        if len(page.attributes["h1"]) != 1:
            wrong.append((address, "headings", len(page.attributes["h1"])))
        if len(ids) != len(set(ids)):
            wrong.append((address, "an id stands twice", sorted(ids)))
        if "</a><a" in text:
            wrong.append((address, "two links run into one"))
        if left:
            wrong.append((address, "in English", left))
    return wrong, count


@pytest.mark.long
@pytest.mark.parametrize("language", INTERFACE)
def test_every_page_is_whole_and_translated(client, language, database):
    """A taste of them; all of them on SQLite where tests are thorough."""
    whole = THOROUGH and database == "sqlite"
    most, least = (5000, 150) if whole else (50, 40)
    wrong, count = faults(client, language, most)
    assert wrong == []
    assert count >= least


def test_every_link_to_a_heading_leads_somewhere(client):
    for address in ("/en/practices/P-3", "/fr/stories/S-5", "/ar/answers/A-1"):
        page = Page(client.get(address, follow_redirects=True).text)
        ids = {a["id"] for tag in page.attributes.values() for a in tag if "id" in a}
        for link in page.links:
            if link.startswith("#"):
                assert link[1:] in ids, (address, link)


TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(ROOT)))
def test_templates_hold_no_bare_words(path):
    """What is not marked for translation cannot be translated."""
    if path.parent.name == "api":
        return  # for programmers, in English
    text = re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}", " ", path.read_text(), flags=re.S)
    text = re.sub(r"<(script|svg)\b.*?</\1>", " ", text, flags=re.S)
    bare = re.sub(r"<[^>]*>", " ", text)
    words = re.findall(r"[A-Za-z]{2,}", bare.replace("&nbsp;", ""))
    assert set(words) <= {"Humus", "doi"}


@pytest.mark.thorough
def test_catalogues_are_level_with_the_code_and_complete():
    wanted = {str(m.id) for m in catalogues.words_in_use() if m.id}
    for path in catalogues.sources():
        catalogue = catalogues.read(path)
        found = {str(m.id): m for m in catalogue if m.id}
        assert set(found) == wanted, path.parts[-3]
        for said in found.values():
            strings = said.string if isinstance(said.string, tuple) else (said.string,)
            assert all(strings), (path.parts[-3], said.id)
            assert not said.fuzzy, said.id
            assert list(said.check()) == [], (path.parts[-3], said.id)


@pytest.mark.thorough
def test_one_more_language_begins_with_all_words_empty(tmp_path, monkeypatch):
    for folder in ("kb", "templates"):
        (tmp_path / folder).symlink_to(ROOT / folder)
    monkeypatch.setattr(catalogues, "HERE", tmp_path / "translations")
    (path,) = catalogues.begin("ha")
    begun = catalogues.read(path)
    assert {str(m.id) for m in begun} == {str(m.id) for m in catalogues.words_in_use()}
    assert not any(m.string for m in begun if m.id and isinstance(m.id, str))
    assert "MACHINE-DRAFTED" in path.read_text()
    with pytest.raises(FileExistsError):
        catalogues.begin("ha")
    with pytest.raises(UnknownLocaleError):
        catalogues.begin("xx")


def test_there_is_a_catalogue_for_every_interface_language():
    assert {p.parts[-3] for p in catalogues.sources()} == set(INTERFACE) - {"en"}
    for path in catalogues.sources():
        assert "MACHINE-DRAFTED" in Path(path).read_text().upper()
