"""What other programs take in: translations as TMX, the thesaurus as TBX."""

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element, SubElement, tostring

from kb.translating.files.xml_words import in_xml
from kb.vocabulary.thesaurus_lookups import NamedConcept

PREFERRED, ADMITTED, DEPRECATED = (
    f"{word}Term-admn-sts" for word in ("preferred", "admitted", "deprecated")
)
"""How TBX says which label is the first, which others there are, which to avoid."""


def write_memory(
    units: Iterable[tuple[str, str, str, str]], language: str, source_language: str
) -> Iterator[bytes]:
    """Write translations as TMX 1.4: id, source, words and state of each."""
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<tmx version="1.4"><header creationtool="Humus" creationtoolversion="1"'
        ' segtype="block" o-tmf="Humus" adminlang="en" datatype="plaintext"'
        f' srclang="{source_language}"/>\n<body>\n'
    ).encode()
    for name, source, words, state in units:
        unit = Element("tu", {"tuid": name})
        SubElement(unit, "prop", {"type": "x-state"}).text = state
        for code, said in ((source_language, source), (language, words)):
            part = SubElement(unit, "tuv", {"xml:lang": code})
            SubElement(part, "seg").text = in_xml(said)
        yield tostring(unit, encoding="utf-8") + b"\n"
    yield b"</body></tmx>\n"


def write_terms(
    concepts: Iterable[NamedConcept], language: str, source_language: str
) -> Iterator[bytes]:
    """Write the concepts with a name in both languages as TBX (ISO 30042)."""
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<martif type="TBX-Basic" xml:lang="{source_language}">\n'
        "<martifHeader><fileDesc><sourceDesc><p>Humus</p></sourceDesc></fileDesc>"
        '<encodingDesc><p type="XCSURI">TBXBasicXCSV02.xcs</p></encodingDesc>'
        "</martifHeader>\n<text><body>\n"
    ).encode()
    for concept in concepts:
        if concept.to_write(language) and concept.to_write(source_language):
            entry = _entry(concept, (source_language, language))
            yield tostring(entry, encoding="utf-8") + b"\n"
    yield b"</body></text></martif>\n"


def _entry(concept: NamedConcept, languages: tuple[str, str]) -> Element:
    entry = Element("termEntry", {"id": concept.code})
    for language in languages:
        part = SubElement(entry, "langSet", {"xml:lang": language})
        given, definition = concept.definition(language)
        if definition.text and given == language:
            said = SubElement(part, "descrip", {"type": "definition"})
            said.text = in_xml(definition.text)
        first = next(iter(concept.to_write(language)), "")
        for label in concept.names.get(language, ()):
            _term(part, concept, language, label, first=label == first)
    return entry


def _term(
    part: Element, concept: NamedConcept, language: str, label: str, *, first: bool
) -> None:
    term, mark = SubElement(part, "tig"), concept.mark(language, label)
    SubElement(term, "term").text = in_xml(label)
    status = DEPRECATED if mark.forbidden else PREFERRED if first else ADMITTED
    SubElement(term, "termNote", {"type": "administrativeStatus"}).text = status
    if mark.keep:
        SubElement(term, "note").text = "Leave untranslated"
    if mark.place:
        usage = SubElement(term, "termNote", {"type": "geographicalUsage"})
        usage.text = in_xml(mark.place)
