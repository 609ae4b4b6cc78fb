"""Files that are none, hold too much or what would harm: each is refused whole."""

import gzip
import tracemalloc
import zipfile
from io import BytesIO

import pytest

from kb.errors import NotValid
from kb.translating.files import forms, unit, whole, xliff
from kb.translating.files.taking_in import begun
from kb.translating.files.unit import MOST_UNITS, Bundle
from tests.translating.files.bag import as_file
from tests.translating.files.bag import unit as a_unit

BOTH = pytest.mark.parametrize("form", ["po", "xliff"])
HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
ONE = 'msgctxt "P-1/how"\nmsgid "Dig."\nmsgstr "Creusez."\n'
FRENCH = '"Language: fr\\n"\n'
BOMB = "".join(
    f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10)
)  # fmt: skip
SPACE = "urn:oasis:names:tc:xliff:document"


def packed(content):
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as folder:
        folder.writestr("fr.po", content)
    return out.getvalue()


def in_xliff(inner="", more="", version="2.0"):
    return (
        f'<?xml version="1.0"?>{more}<xliff xmlns="{SPACE}:2.0" version="{version}"'
        f' srcLang="en" trgLang="fr"><file id="P-1">{inner}</file></xliff>'
    ).encode()


BAD = {
    "nothing": (b"", "neither"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(100), "neither"),
    "a table": (b"id,source,target\nP-1/how,Dig.,Creusez.\n", "neither"),
    "a page": (b"<!doctype html><p>msgid", "neither"),
    "another XML": (b'<?xml version="1.0"?><tmx version="1.4"/>', "neither"),
    "XLIFF 1.2": (
        f'<xliff xmlns="{SPACE}:1.2" version="1.2"/>'.encode(),
        "This is XLIFF 1.2",
    ),
    "broken XML": (in_xliff()[:-20], "no XML"),
    "a zip of a gigabyte": (packed(bytes(10**6)), "packed"),
    "gzip": (gzip.compress(HEADER.encode()), "packed"),
    "not UTF-8": ((HEADER + FRENCH + ONE).encode().replace(b"Cr", b"\xe9"), "UTF-8"),
    "UTF-16": ((HEADER + FRENCH + ONE).encode("utf-16"), "UTF-8"),
    "another charset": (
        (HEADER.replace("UTF-8", "ISO-8859-1") + FRENCH + ONE).encode(),
        "UTF-8",
    ),
    "XML that is not UTF-8": (
        in_xliff("<note>\xe9</note>").decode().encode("latin-1"),
        "no XML",
    ),
    "no language": ((HEADER + ONE).encode(), "does not say its language"),
    "no language in XLIFF": (
        f'<xliff xmlns="{SPACE}:2.0" version="2.0"/>'.encode(),
        "does not say its language",
    ),
    "two languages": (
        (HEADER + FRENCH + ONE + HEADER + FRENCH.replace("fr", "es")).encode(),
        "more than one language",
    ),
    "no PO": (f"{HEADER}{FRENCH}msgid is said\n".encode(), "no PO file"),
    "a PO cut off": (f'{HEADER}{FRENCH}msgid "Dig'.encode(), "no PO file"),
    "a PO cut off in a word": ((HEADER + FRENCH + ONE)[:-3].encode(), "Line 7"),
    "a bomb of entities": (
        in_xliff("&e9;", f'<!DOCTYPE x [<!ENTITY e0 "ha">{BOMB}]>'),
        "entities",
    ),
    "a file from elsewhere": (
        in_xliff("&e;", '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'),
        "entities",
    ),
    "a document type alone": (in_xliff(more="<!DOCTYPE xliff>"), "entities"),
    "a deep nest": (in_xliff("<g>" * 1000 + "</g>" * 1000), "too deeply"),
    "one unit of a million parts": (
        in_xliff(f'<unit id="how">{"<a/>" * 100_000}</unit>'),
        "Bring it in parts",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_it_is_refused_with_the_reason(name):
    content, why = BAD[name]
    with pytest.raises(NotValid) as refused:
        forms.read(content)
    assert why in str(refused.value)
    assert list(refused.value.problems) == ["file"]


@pytest.mark.parametrize("code", ["qqx", "xx-YY", "FR", "../fr", "", "1"])
def test_a_language_that_nobody_knows_is_refused(code):
    with pytest.raises(NotValid) as refused:
        begun(Bundle(code, "en", [a_unit(words="Creusez.")]))
    assert "There is no language" in str(refused.value)


def test_a_file_for_another_language_than_was_chosen_is_refused():
    bundle = forms.read(as_file([a_unit(words="Creusez.")]))
    with pytest.raises(NotValid):
        begun(bundle, into="es")


@BOTH
def test_a_file_without_texts_is_refused(form):
    with pytest.raises(NotValid):
        begun(forms.read(as_file([], form)))


def many(form, count):
    if form == "po":
        parts = [f'msgctxt "P-1/k{n}"\nmsgid "a"\nmsgstr "b"\n' for n in range(count)]
        return (HEADER + FRENCH + "\n" + "\n".join(parts)).encode()
    parts = [
        f'<unit id="k{n}"><segment><source>a</source><target>b</target></segment>'
        "</unit>"
        for n in range(count)
    ]
    return in_xliff("".join(parts))


@pytest.mark.thorough
@BOTH
def test_a_hundred_thousand_units_are_refused_and_fill_no_memory(form):
    content = many(form, 100_000)
    tracemalloc.start()
    with pytest.raises(NotValid) as refused:
        forms.read(content)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert str(MOST_UNITS) in str(refused.value)
    assert most < 150_000_000


@BOTH
def test_as_many_as_fit_are_read_and_one_more_is_not(form, monkeypatch):
    monkeypatch.setattr(forms.po, "MOST_UNITS", 20)
    monkeypatch.setattr(xliff, "MOST_UNITS", 20)
    assert len(forms.read(many(form, 20)).units) == 20
    with pytest.raises(NotValid):
        forms.read(many(form, 21))


def test_a_file_that_is_too_large_is_refused_before_it_is_read(monkeypatch):
    monkeypatch.setattr(whole, "LARGEST", 1000)
    with pytest.raises(NotValid):
        forms.read(many("po", 100))
    assert unit.LARGEST > 1000


@pytest.mark.thorough
def test_elements_that_mean_nothing_fill_no_memory():
    content = in_xliff("<a/>" * 100_000)
    tracemalloc.start()
    assert forms.read(content).units == []
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < len(content) + 5_000_000


def test_a_text_marked_as_another_language_is_left_out():
    target = '<target xml:lang="es">Cave.</target>'
    inner = f'<unit id="how"><segment><source>Dig.</source>{target}</segment></unit>'
    bundle = forms.read(in_xliff(inner))
    assert bundle.units == []
    assert [str(one.trouble) for one in bundle.warned] == ["other-language"]


def test_a_text_of_which_a_part_is_translated_is_left_out():
    parts = "<segment><source>Dig. </source><target>Creusez. </target></segment>"
    inner = f'<unit id="how">{parts}<segment><source>Dry.</source></segment></unit>'
    bundle = forms.read(in_xliff(inner))
    assert [str(one.trouble) for one in bundle.warned] == ["not-understood"]


def test_segments_are_put_together_with_what_is_between_them():
    def part(said, words):
        return f"<source>{said}</source><target>{words}</target>"

    inner = (
        f'<unit id="how"><segment state="final">{part("Dig.", "Creusez.")}</segment>'
        "<ignorable><source> </source></ignorable>"
        f'<segment state="final">{part("<mrk>Dry</mrk>.", "<pc>Séchez</pc>.")}'
        "</segment></unit>"
    )
    (one,) = forms.read(in_xliff(inner)).units
    assert (one.source, one.words) == ("Dig. Dry.", "Creusez. Séchez.")
    assert one.ready


@pytest.mark.parametrize(
    "name", ["how", "P-0/how", "P-1/", "/how", "P-1/HOW", "P-1/a b", "P-9999999999/x"]
)
@BOTH
def test_an_id_that_is_none_is_left_out(form, name):
    ref, _slash, field = name.rpartition("/")
    bundle = forms.read(as_file([a_unit(field, words="Creusez.", ref=ref)], form))
    assert bundle.units == []
    assert [str(one.trouble) for one in bundle.warned] == ["unknown-id"]


def test_what_a_tool_adds_of_its_own_is_no_harm():
    more = f'{HEADER}{FRENCH}\n#~ msgid "old"\n#~ msgstr "vieux"\n\n{ONE}'
    (one,) = forms.read(more.encode()).units
    assert (one.words, one.shown, one.hashed) == ("Creusez.", None, "")
    plural = 'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\nmsgstr[1] "d"\n'
    bundle = forms.read(f"{HEADER}{FRENCH}\n{plural}\n{ONE}".encode())
    assert len(bundle.units) == len(bundle.warned) == 1
