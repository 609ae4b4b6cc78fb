"""The thesaurus as SKOS, written by rdflib.

What SKOS has no word for stands in properties of our own (`OWN`): at the concept, and
at labels as SKOS-XL has them, where there is more to say of one than what it is. Read
by `kb.exchange.skos_in` all comes back; other programs read the plain labels.
"""

from collections.abc import Iterable, Iterator
from io import BytesIO

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, RDF, SKOS, XSD
from rdflib.term import Node

from kb.language import FALLBACK
from kb.vocabulary.thesaurus import LabelState
from kb.vocabulary.thesaurus_lookups import PLAIN, Mark, NamedConcept

OWN = Namespace("urn:humus:terms:")
XL = Namespace("http://www.w3.org/2008/05/skos-xl#")
HERE = "urn:humus:concept:"
"""Begins the names of concepts where an installation has no public address."""
SCHEME = "thesaurus"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
FORMS = {"turtle": "text/turtle", "xml": "application/rdf+xml"}
"""How it can be written → what browsers and programs call that."""

Triple = tuple[Node, Node, Node]


def write_skos(concepts: Iterable[NamedConcept], form: str, address: str = "") -> bytes:
    """Write concepts; the same concepts always give the same bytes.

    :param form: ``turtle`` or ``xml`` (RDF/XML).
    :param address: the public address of the installation, if it has one.
    """
    base = f"{address.rstrip('/')}/{FALLBACK}/concepts/" if address else HERE
    graph = Graph()
    for prefix, names in (("skos", SKOS), ("skosxl", XL), ("humus", OWN)):
        graph.bind(prefix, names)
    graph.bind("dct", DCTERMS)
    for triple in sorted(_triples(sorted(concepts, key=lambda one: one.code), base)):
        graph.add(triple)
    written = BytesIO()
    graph.serialize(written, format=form, encoding="utf-8")
    return written.getvalue()


def _triples(concepts: list[NamedConcept], base: str) -> Iterator[Triple]:
    scheme = URIRef(f"{base}{SCHEME}")
    yield scheme, RDF.type, SKOS.ConceptScheme
    yield scheme, DCTERMS.license, URIRef(LICENCE)
    known = {one.code for one in concepts}
    for one in concepts:
        subject = URIRef(f"{base}{one.code}")
        yield subject, RDF.type, SKOS.Concept
        yield subject, SKOS.inScheme, scheme
        yield subject, SKOS.notation, Literal(one.code)
        if not one.broader:
            yield subject, SKOS.topConceptOf, scheme
            yield scheme, SKOS.hasTopConcept, subject
        yield from _links(one, subject, base, known)
        yield from _definitions(one, subject)
        for language in one.names:
            yield from _labels(one, subject, language)


def _links(
    one: NamedConcept, subject: URIRef, base: str, known: set[str]
) -> Iterator[Triple]:
    for place, code in enumerate(x for x in one.broader if x in known):
        other = URIRef(f"{base}{code}")
        yield subject, SKOS.broader, other
        yield other, SKOS.narrower, subject
        if place == 0 and list(one.broader) != sorted(one.broader):
            yield subject, OWN.firstBroader, other
    related = [x for x in one.related if x in known]
    for code in related:
        yield subject, SKOS.related, URIRef(f"{base}{code}")
    if related != sorted(related):
        yield subject, OWN.relatedOrder, Literal(" ".join(related))
    if one.exact_match:
        yield subject, SKOS.exactMatch, URIRef(one.exact_match)
    if one.same_as:
        yield subject, OWN.sameEntry, Literal(one.same_as)


def _definitions(one: NamedConcept, subject: URIRef) -> Iterator[Triple]:
    yield subject, SKOS.definition, Literal(one.meaning, lang=FALLBACK)
    for language, said in one.definitions.items():
        yield subject, SKOS.definition, Literal(said.text, lang=language)
        if said.state == LabelState.REVIEWED:
            yield subject, OWN.reviewedDefinition, Literal(language)


def _labels(one: NamedConcept, subject: URIRef, language: str) -> Iterator[Triple]:
    names = one.names[language]
    for rank, text in enumerate(names):
        mark = one.mark(language, text)
        kind = "prefLabel" if rank == 0 else "altLabel"
        kind = "hiddenLabel" if mark.forbidden else kind
        label = Literal(text, lang=language)
        yield subject, SKOS[kind], label
        if mark._replace(forbidden=False) != PLAIN:
            named = URIRef(f"{subject}#{language}-{rank}")
            yield subject, XL[kind], named
            yield from _marked(named, label, mark)
    if list(names[1:]) != sorted(names[1:]):
        yield subject, OWN.order, Literal(order_of(names[1:]), lang=language)


def _marked(named: URIRef, label: Literal, mark: Mark) -> Iterator[Triple]:
    yield named, RDF.type, XL.Label
    yield named, XL.literalForm, label
    yield named, OWN.state, Literal(str(mark.state))
    if mark.place:
        yield named, OWN.place, Literal(mark.place)
    if mark.keep:
        yield named, OWN.keep, Literal("true", datatype=XSD.boolean)


def order_of(names: Iterable[str]) -> str:
    """Give the places of names among the same names sorted.

    >>> order_of(["pit", "hole", "zai"])
    '2 1 3'
    """
    given = list(names)
    place = {name: str(nth) for nth, name in enumerate(sorted(given), start=1)}
    return " ".join(place[name] for name in given)


def in_order(names: Iterable[str], order: str) -> list[str]:
    """Put names in an order that `order_of` gave; sorted if it does not fit them.

    >>> in_order(["hole", "pit", "zai"], "2 1 3")
    ['pit', 'hole', 'zai']
    """
    plain = sorted(names)
    places = [int(x) for x in order.split() if x.isascii() and x.isdigit()]
    if sorted(places) != list(range(1, len(plain) + 1)):
        return plain
    return [plain[place - 1] for place in places]
