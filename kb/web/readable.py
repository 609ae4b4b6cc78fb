"""How long the sentences of a draft are, part by part."""

from collections.abc import Iterator, Sequence

from kb.web.field_names import field_name, section_name
from kb.web.written import Block
from kb.writing.readability import Sentences, sentences_of
from kb.writing.shape import Sort


def readable(blocks: Sequence[Block], language: str) -> list[tuple[str, Sentences]]:
    """Give the parts of a draft that hold words: name, and how they read."""
    parts = (part for block in blocks for part in _parts(block))
    found = ((name, sentences_of(words, language)) for name, words in parts)
    return [(name, measured) for name, measured in found if measured]


def _parts(block: Block) -> Iterator[tuple[str, str]]:
    for entry in block.entries:
        if entry.field.sort == Sort.WORDS:
            yield field_name(entry.field.name), str(entry.value)
    rows = (entry for row in block.rows for entry in row)
    said = [str(entry.value) for entry in rows if entry.field.sort == Sort.WORDS]
    yield section_name(block.name), "\n\n".join(said)
