"""A record as one reader gets it: her language, else the fallback, never a blank."""

from dataclasses import dataclass

from kb.language import chain
from kb.record.kind import Kind
from kb.record.models import Record, Source, Text, TextState

DOUBTS = (TextState.STALE, TextState.DRAFT, TextState.MACHINE_DRAFTED)
UNREVIEWED = frozenset(DOUBTS)


@dataclass(frozen=True)
class Said:
    """Words and the language they are in."""

    words: str
    language: str
    stale: bool = False
    """Whether the original has meant something else since."""


class Reading:
    """The words of a record, part by part, best language first."""

    def __init__(self, record: Record, language: str) -> None:
        self.record = record
        self._texts = {text.language: text for text in record.texts}
        self._order = [
            x for x in chain(language, record.source_language) if x in self._texts
        ] or sorted(self._texts)
        self._parts = {
            x: {part.name: part.words for part in self._texts[x].parts}
            for x in self._order
        }

    @property
    def text(self) -> Text:
        """The text shown: the best there is for the reader."""
        return self._texts[self._order[0]]

    @property
    def language(self) -> str:
        """The language shown."""
        return self._order[0]

    @property
    def languages(self) -> list[Text]:
        """All texts of the record, the source first."""
        source = self.record.source_language
        return sorted(
            self._texts.values(), key=lambda t: (t.language != source, t.language)
        )

    @property
    def unreviewed(self) -> bool:
        """Say whether no native speaker has checked the words shown."""
        return self.text.state in UNREVIEWED

    @property
    def doubts(self) -> list[str]:
        """Say what is to be known of the words shown, the most pressing first."""
        found = {self.text.state, *self.text.apart.values()}
        return [state for state in DOUBTS if state in found]

    @property
    def summary(self) -> Said:
        """The one-line promise."""
        for language in self._order:
            if self._texts[language].summary:
                return self._said(self._texts[language].summary, language, "summary")
        return Said("", self.language)

    def _said(self, words: str, language: str, field: str) -> Said:
        text = self._texts[language]
        stale = text.apart.get(field, text.state) == TextState.STALE
        return Said(words, language, stale)

    def part(self, name: str) -> Said | None:
        """Give one part in the best language that has it."""
        for language in self._order:
            if words := self._parts[language].get(name):
                return self._said(words, language, name)
        return None

    def says_any(self, begin: str) -> bool:
        """Say whether it has parts whose names begin so."""
        return any(n.startswith(begin) for parts in self._parts.values() for n in parts)

    @property
    def partly_elsewhere(self) -> bool:
        """Say whether some parts had to be taken from another language."""
        here = set(self._parts[self.language])
        return any(set(self._parts[x]) - here for x in self._order[1:])


def sources_of(record: Record, kind: Kind) -> list[Source]:
    """Give the sources of a record once each: of its effects, its own rows, others."""
    own = [row for name in kind.rows for row in getattr(record, name)]
    cited = [effect.source for effect in record.effects]
    cited += [row.source for row in own if getattr(row, "source", None)]
    cited += [citation.source for citation in record.citations]
    return list({source.id: source for source in cited}.values())


def strongest(record: Record) -> str | None:
    """Give the best level of evidence behind a record, ``evidence:E4``.

    What was measured for a wider group of practices is no evidence for this one.
    """
    own = (effect.evidence_id for effect in record.effects if not effect.wider)
    return max(own, default=None)
