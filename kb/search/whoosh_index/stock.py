"""The segments as stock Whoosh sees them: its queries and tools can read them."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from whoosh import formats, matching
from whoosh.codec import base
from whoosh.filedb.filestore import FileStorage
from whoosh.reading import TermInfo, TermNotFound
from whoosh.scoring import BaseScorer

from kb.search.whoosh_index.container import Array
from kb.search.whoosh_index.layout import WORDS
from kb.search.whoosh_index.segment import Segment

EXTENSION = ".arrays"


class StockSegment(base.Segment):
    """What Whoosh keeps of a segment: name, size, the documents gone from it."""

    def __init__(self, name: str, documents: int, gone: Array) -> None:
        self.indexname, _, self.segid = name.rpartition("_")
        self.compound = False
        self._documents = documents
        self.gone = gone
        """Numbers of the documents that are gone, ascending."""

    @property
    def file(self) -> str:
        """Give the name of its container."""
        return str(self.make_filename(EXTENSION))

    def codec(self) -> "ArrayCodec":
        """Give what opens it."""
        return ArrayCodec()

    def doc_count_all(self) -> int:
        """Say how many documents it has, gone ones too."""
        return self._documents

    def deleted_count(self) -> int:
        """Say how many are gone."""
        return len(self.gone)

    def deleted_docs(self) -> list[int]:
        """Give those that are gone."""
        return list(map(int, self.gone))

    def is_deleted(self, docnum: int) -> bool:
        """Say whether one is gone."""
        return bool(np.isin(docnum, self.gone))


class ArrayCodec(base.Codec):
    """Opens segments of arrays for Whoosh; it does not write them."""

    def terms_reader(self, storage: FileStorage, segment: StockSegment) -> "StockTerms":
        """Open the terms."""
        return StockTerms(Segment(Path(storage.folder, segment.file)))

    def per_document_reader(
        self, storage: FileStorage, segment: StockSegment
    ) -> "StockDocuments":
        """Open what is kept of each document."""
        return StockDocuments(Segment(Path(storage.folder, segment.file)), segment)


class StockTerms(base.TermsReader):
    """Terms, and where they stand."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return term[0] == WORDS and self._segment.number_of(term[1]) >= 0

    def _number(self, field: str, term: bytes) -> int:
        number = self._segment.number_of(term) if field == WORDS else -1
        if number < 0:
            raise TermNotFound(f"No term {field}:{term!r}")
        return number

    def indexed_field_names(self) -> list[str]:
        """Name the searched field."""
        return [WORDS]

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """Give all terms in order."""
        return self.terms_from(WORDS, b"")

    def terms_from(self, field: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """Give the terms from one on."""
        first = self._segment.find(prefix)
        return (
            (WORDS, self._segment.term(number))
            for number in range(first, self._segment.terms)
        )

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """Give all terms with what is known of each."""
        return self.items_from(WORDS, b"")

    def items_from(
        self, field: str, prefix: bytes
    ) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """Give the terms from one on with what is known of each."""
        first = self._segment.find(prefix)
        return (
            ((WORDS, self._segment.term(number)), self._about(number))
            for number in range(first, self._segment.terms)
        )

    def term_info(self, field: str, text: bytes) -> TermInfo:
        """Say what is known of a term.

        :raises TermNotFound: it does not occur.
        """
        return self._about(self._number(field, text))

    def _about(self, number: int) -> TermInfo:
        documents, weights = self._segment.postings(number)
        lengths = self._segment.lengths[documents]
        return TermInfo(
            weight=float(weights.sum(dtype="i8")),
            df=len(documents),
            minlength=int(lengths.min()),
            maxlength=int(lengths.max()),
            maxweight=float(weights.max()),
            minid=int(documents[0]),
            maxid=int(documents[-1]),
        )

    def doc_frequency(self, field: str, text: bytes) -> int:
        """Say in how many documents a term stands."""
        return self._segment.holders(text) if field == WORDS else 0

    def cursor(self, field: str, fieldobj: object) -> "StockCursor":
        """Walk through the terms."""
        return StockCursor(self._segment)

    def matcher(
        self,
        field: str,
        text: bytes,
        format_: formats.Format,
        scorer: BaseScorer | None = None,
    ) -> matching.ListMatcher:
        """Walk through the documents of a term."""
        number = self._number(field, text)
        documents, weights = self._segment.postings(number)
        return matching.ListMatcher(
            documents.tolist(),
            weights.astype("f8").tolist(),
            _PlacesOf(self._segment, number),
            format_,
            scorer=scorer,
            term=(field, text),
            terminfo=self._about(number),
        )


class _PlacesOf(Sequence[bytes]):
    """The places of a term in each of its documents, read when they are asked for."""

    def __init__(self, segment: Segment, number: int) -> None:
        self._segment, self._number = segment, number

    def __len__(self) -> int:
        return len(self._segment.postings(self._number)[0])

    def __getitem__(self, which: Any) -> Any:  # noqa: ANN401
        return self._segment.places(self._number, np.array([which]))[1].tobytes()


class StockCursor(base.FieldCursor):
    """A place in the list of terms."""

    def __init__(self, segment: Segment) -> None:
        self._segment, self._number = segment, 0

    def first(self) -> str | None:
        """Go to the first term."""
        self._number = 0
        return self.text()

    def find(self, string: str | bytes) -> str | None:
        """Go to the first term not before this one."""
        sought = string if isinstance(string, bytes) else string.encode()
        self._number = self._segment.find(sought)
        return self.text()

    def next(self) -> str | None:
        """Go on by one."""
        self._number += 1
        return self.text()

    def text(self) -> str | None:
        """Give the term here, none after the last."""
        return self._segment.term(self._number).decode() if self.is_valid() else None

    def is_valid(self) -> bool:
        """Say whether there is a term here."""
        return self._number < self._segment.terms


class StockDocuments(base.PerDocumentReader):
    """Lengths and stored values, document by document."""

    def __init__(self, segment: Segment, kept: StockSegment) -> None:
        self._segment, self._kept = segment, kept

    def doc_count(self) -> int:
        """Say how many documents are left."""
        return self._segment.count - self._kept.deleted_count()

    def doc_count_all(self) -> int:
        """Say how many there are, gone ones too."""
        return self._segment.count

    def has_deletions(self) -> bool:
        """Say whether any are gone."""
        return bool(self._kept.has_deletions())

    def is_deleted(self, docnum: int) -> bool:
        """Say whether one is gone."""
        return self._kept.is_deleted(docnum)

    def deleted_docs(self) -> list[int]:
        """Give those that are gone."""
        return self._kept.deleted_docs()

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """Give the length of a document."""
        return int(self._segment.lengths[docnum])

    def field_length(self, fieldname: str) -> int:
        """Give the length of all documents together."""
        return self._segment.total_length

    def min_field_length(self, fieldname: str) -> int:
        """Give the length of the shortest document."""
        return int(self._segment.lengths.min())

    def max_field_length(self, fieldname: str) -> int:
        """Give the length of the longest document."""
        return int(self._segment.lengths.max())

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        """Give what was stored with a document."""
        return self._segment.stored(docnum)
