"""What is to become of one unit: it comes in, stays out, or is asked about."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from kb.language import _
from kb.record.marks import Behind, digest
from kb.record.models import TextState
from kb.search.thesaurus import Thesaurus
from kb.translating.bench import Bench, Row
from kb.translating.checks import problems_of
from kb.translating.files.earlier import Sources, Stands
from kb.translating.files.unit import ASKED, UNSURE, Trouble, Unit, Warned
from kb.translating.service import Given
from kb.writing.filled import cleaned


@dataclass(frozen=True)
class Judged:
    """A unit, what is to be written of it, and what is to be known of it."""

    unit: Unit
    field: str
    """Where it belongs: a step may have moved."""
    given: Given | None
    """Nothing if it stays out, or changes nothing."""
    warned: tuple[Warned, ...] = ()
    had_words: bool = False

    @property
    def is_done(self) -> bool:
        """Say whether a reviewer may have it: it is ready, and nothing was asked."""
        asked = any(one.trouble in ASKED for one in self.warned)
        confirmed = self.given is not None and self.given.confirmed
        return self.unit.ready and (confirmed or not asked)


class Judge:
    """Looks at the units of one record."""

    def __init__(
        self, bench: Bench, sources: Sources, thesaurus: Thesaurus,
        also: Collection[Trouble],
    ) -> None:  # fmt: skip
        self._bench, self._sources = bench, sources
        self._thesaurus = thesaurus
        self._passed = {Trouble.MOVED, *(x for x in also if x in ASKED)}
        self._taken: set[str] = set()

    def judge(self, unit: Unit) -> Judged:
        """Say what becomes of a unit."""
        stands = self._sources.find(unit)
        said = _no_place(self._bench, unit, stands)
        if stands is None or said:
            return Judged(unit, unit.field, None, tuple(said))
        row = stands.row
        if row.field in self._taken:
            twice = Warned(Trouble.TWICE, unit.id, _("It stands there more than once."))
            return Judged(unit, row.field, None, (twice,))
        self._taken.add(row.field)
        words = cleaned(unit.words)
        if not words or _is_as_it_was(unit, stands, words):
            return Judged(unit, row.field, None)
        found = [
            Warned(trouble, unit.id, why, unit.words)
            for trouble, why in self._troubles(unit, stands, words)
        ]
        out = any(one.trouble not in self._passed for one in found)
        given = None if out else _given(unit, stands, words)
        return Judged(unit, row.field, given, tuple(found), bool(row.words))

    def _troubles(
        self, unit: Unit, stands: Stands, words: str
    ) -> Iterator[tuple[Trouble, object]]:
        row = stands.row
        if stands.moved:
            where = f"{unit.ref}/{row.field}"
            yield Trouble.MOVED, _("It stands at %(where)s now.", where=where)
        if _is_newer(unit, row):
            yield Trouble.NEWER, _("Somebody wrote something else there meanwhile.")
        if stands.source is not None:
            yield Trouble.OLDER, _("The original has changed since.")
        if digest(words) == row.shown:
            yield Trouble.UNCHANGED, _("The words are as before, marked as right.")
        elif _is_reviewed(row):
            yield Trouble.REVIEWED, _("It goes over words that were reviewed.")
        pair = (
            (self._bench.source_language, unit.source),
            (self._bench.language, unit.words.replace("\r\n", "\n").strip()),
        )
        for one in problems_of(row.field, *pair, self._thesaurus):
            yield (Trouble.CHECK if one.blocks else Trouble.DOUBT), one.said


def _no_place(bench: Bench, unit: Unit, stands: Stands | None) -> list[Warned]:
    """Say why a unit belongs nowhere."""
    if unit.field not in bench.rows and stands is None:
        said: object = _("The record has no such field, or no more.")
        return [Warned(Trouble.ID, unit.id, said, unit.words)]
    altered = unit.hashed and unit.hashed != digest(unit.source)
    if stands is None or altered:
        said = _("The original in the file is not that of the record.")
        return [Warned(Trouble.ORIGINAL, unit.id, said, unit.words)]
    return []


def _is_as_it_was(unit: Unit, stands: Stands, words: str) -> bool:
    """Say whether the words are those that stand there, and nothing new is said."""
    row = stands.row
    if digest(words) != row.shown:
        return False
    unsure = row.rendering is None and row.state in UNSURE
    return not (unit.ready and unsure and stands.source is None)


def _is_newer(unit: Unit, row: Row) -> bool:
    """Say whether somebody wrote since the file was written.

    Where a tool dropped what stood there, work that somebody has begun counts as newer.
    """
    if unit.shown is None:
        return row.rendering is not None
    return unit.shown != row.shown


def _is_reviewed(row: Row) -> bool:
    mark = row.mark
    reviewed = mark is not None and mark.state == TextState.REVIEWED
    return reviewed and mark is not None and mark.behind != Behind.MEANING


def _given(unit: Unit, stands: Stands, words: str) -> Given:
    return Given(
        words,
        stands.row.shown,
        confirmed=digest(words) == stands.row.shown,
        source=stands.source,
    )
