"""What an index holds of a document and what a query asks of it, in terms."""

from kb.search.document import Document, Query
from kb.search.words import ANALYSED, terms, wanted

FIELDS = {"title": 4.0, "names": 4.0, "summary": 2.0, "body": 1.0}
"""How much a term weighs by where it stands."""

READER_BOOST = 1.25
"""How much better a text in the reader's own language does than another."""

TERMLESS = 1.0
"""Score of everything when no words were given."""


def field_terms(document: Document) -> dict[str, list[str]]:
    """Give the terms of a document, field by field.

    A local name is read as a word of the text it stands by: whoever reads that text
    types the name as she would any other word of it.
    """
    return {
        "title": terms(document.title, document.language),
        "names": [
            term
            for words, _language in document.names
            for term in terms(words, document.language)
        ],
        "summary": terms(document.summary, document.language),
        "body": terms(document.body, document.language),
    }


def questions(query: Query) -> dict[str, list[tuple[str, ...]]]:
    """Give what the words ask of a document, language by language.

    The same words are read as English, as French and so on, since nobody says in which
    language she types. A language in which nothing but common words is left is absent.
    """
    languages = dict.fromkeys((query.language, *ANALYSED))
    asked = {language: wanted(query.words, language) for language in languages}
    return {language: words for language, words in asked.items() if words}
