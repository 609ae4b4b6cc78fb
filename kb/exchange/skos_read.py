"""Reading a file of RDF, whoever made it: bounded, and without entities.

RDF/XML goes through a parser that refuses entities and whatever lies outside of the
file (defusedxml); nothing is ever fetched.
"""

import xml.sax
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from defusedxml.common import DefusedXmlException
from defusedxml.sax import make_parser
from rdflib import Graph
from rdflib.exceptions import Error as RdfError
from rdflib.namespace import RDF, SKOS
from rdflib.plugins.parsers.rdfxml import RDFXMLHandler

from kb.errors import NotValid

LARGEST = 50_000_000
"""Bytes of a file."""
MOST_CONCEPTS = 20_000
MOST_TRIPLES = 2_000_000


class TooMuch(Exception):  # noqa: N818
    """A file holds more than is taken in at once."""


class Bounded(Graph):
    """A graph that takes in so many statements and concepts, and no more."""

    def __init__(self) -> None:
        super().__init__()
        self._triples = self._concepts = 0

    def add(self, triple: Any) -> "Bounded":  # noqa: ANN401  (as rdflib has it)
        """Add a statement.

        :raises TooMuch: there are too many.
        """
        self._triples += 1
        if triple[1] == RDF.type and triple[2] == SKOS.Concept:
            self._concepts += 1
        if self._concepts > MOST_CONCEPTS or self._triples > MOST_TRIPLES:
            raise TooMuch
        super().add(triple)
        return self


def read_graph(content: bytes, form: str) -> Graph:
    """Read a file.

    :param form: ``turtle`` or ``xml``.
    :raises NotValid: it is no such file, is too large, or holds what is not let in.
    """
    if len(content) > LARGEST:
        raise refused(f"The file is larger than {LARGEST // 10**6} MB.")
    graph = Bounded()
    with _told_why():
        if form == "xml":
            _read_xml(content, graph)
        else:
            graph.parse(data=content.decode("utf-8"), format="turtle")
    return graph


def form_of(name: str, content: bytes) -> str:
    """Say how a file is written: by the end of its name, else by how it begins."""
    end = name.lower().rpartition(".")[2]
    if end in {"rdf", "xml", "owl"}:
        return "xml"
    if end in {"ttl", "turtle", "nt", "n3"}:
        return "turtle"
    return (
        "xml"
        if content[:200].lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<?xml")
        else "turtle"
    )


def _read_xml(content: bytes, graph: Graph) -> None:
    source = xml.sax.InputSource()
    source.setByteStream(BytesIO(content))
    handler: Any = RDFXMLHandler(graph)
    handler.setDocumentLocator(source)
    parser = make_parser()
    parser.forbid_dtd = True
    parser.setFeature(xml.sax.handler.feature_namespaces, 1)
    parser.setContentHandler(handler)
    parser.start_namespace_decl("xml", "http://www.w3.org/XML/1998/namespace")
    parser.parse(source)


@contextmanager
def _told_why() -> Iterator[None]:
    """Say in words what a parser stumbled over."""
    try:
        yield
    except TooMuch as wrong:
        said = (
            f"The file holds more than {MOST_CONCEPTS} concepts, or as many statements"
            " as would fill them: take it in by parts."
        )
        raise refused(said) from wrong
    except DefusedXmlException as wrong:
        said = "The file declares a document type or entities; save it without."
        raise refused(said) from wrong
    except UnicodeDecodeError as wrong:
        raise refused("The file is not written in UTF-8.") from wrong
    except RecursionError as wrong:
        raise refused("The file is nested too deeply.") from wrong
    except (
        xml.sax.SAXException, SyntaxError, RdfError, ValueError, KeyError, IndexError,
        AssertionError, TypeError, AttributeError,
    ) as wrong:  # fmt: skip
        told = " ".join(str(wrong).split())[:200]
        raise refused(f"This is no such file: {told}") from wrong


def refused(said: str) -> NotValid:
    """Give the refusal of a whole file."""
    return NotValid(said, {"file": [said]})
