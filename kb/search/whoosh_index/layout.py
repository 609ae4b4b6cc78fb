"""What the documents of an index are made of."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from whoosh import fields, formats

from kb.search.whoosh_index.columns import Column
from kb.search.whoosh_index.container import Array

WORDS = "words"
"""The one searched field: all of a document's texts, each weighing in its own way."""

Beside = Callable[[Iterator[tuple[int, str]]], Mapping[str, Array]]
"""Makes arrays of the numbered terms of a segment, those in most documents first."""

MOST_TEXTS = 8
LONGEST_WEIGHT = 255


class Places(formats.Positions):
    """Whoosh's format for words with places, its values being plain numbers."""

    def encode(self, poslist: list[int]) -> bytes:
        """Give places as they lie in a segment: two bytes each."""
        return b"".join(place.to_bytes(2, "little") for place in poslist)

    def decode_positions(self, valuestring: bytes) -> list[int]:
        """Read what `encode` gave."""
        pairs = zip(valuestring[::2], valuestring[1::2], strict=True)
        return [low | high << 8 for low, high in pairs]

    def decode_frequency(self, valuestring: bytes) -> int:
        """Say how often the word stands there."""
        return len(valuestring) // 2


@dataclass(frozen=True)
class Layout:
    """The texts, columns and terms of every document of an index."""

    texts: Mapping[str, int]
    """Name of each text of a document, in their order → what a word in it weighs."""
    columns: Mapping[str, type[Column]]
    layers: int = 1
    """How many terms each word gives: they share its place."""
    single: frozenset[str] = frozenset()
    """Texts whose words give one term each."""
    beside: Beside | None = None
    """Makes what is to be kept of the terms of each segment besides themselves."""
    version: str = ""
    """Of whatever turns words into terms; an index of another version is refused."""
    schema: fields.Schema = field(init=False)
    """The same for Whoosh: one searched field."""

    def __post_init__(self) -> None:
        if len(self.texts) > MOST_TEXTS:
            raise ValueError(f"at most {MOST_TEXTS} texts")
        words = fields.TEXT(phrase=True)
        words.format = Places()
        object.__setattr__(self, "schema", fields.Schema(**{WORDS: words}))

    def layers_of(self, text: str) -> int:
        """Say how many terms each word of one of the texts gives."""
        return 1 if text in self.single else self.layers
