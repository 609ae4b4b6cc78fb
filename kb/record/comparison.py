"""Records side by side: what was measured of them, in the same units."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.errors import NotFound
from kb.language import _
from kb.measures import common, converted, factor
from kb.record.kind import Kind
from kb.record.lookups import for_page, is_public
from kb.record.models import Effect, Record

FEWEST, MOST = 2, 4
"""How many records can be compared."""

UNIT = "unit:"


@dataclass(frozen=True)
class Stated:
    """The figures of an effect in the unit of its line; all else is the effect's."""

    effect: Effect
    unit_id: str
    value: float | None
    low: float | None
    high: float | None
    baseline: float | None
    after_value: float | None

    @property
    def bound(self) -> str:
        """As the source gives it: ``at_least``, ``at_most`` or nothing."""
        return self.effect.bound

    @property
    def about(self) -> bool:
        """Say whether the source says "about"."""
        return self.effect.about

    @property
    def restated(self) -> bool:
        """Say whether the source gives it in another unit."""
        return self.unit_id != self.effect.unit_id


@dataclass(frozen=True)
class Line:
    """One indicator in one unit: what was found of each record, in their order."""

    indicator_id: str
    unit_id: str
    found: tuple[tuple[Stated, ...], ...]

    @property
    def known_of(self) -> int:
        """Say of how many records it is known."""
        return sum(1 for cell in self.found if cell)


def read_records(
    session: Session, kinds: Mapping[str, Kind], refs: Sequence[str], language: str
) -> list[Record]:
    """Give public records in the order asked for, with all that is compared.

    The number of queries depends on the kinds, not on the records.

    :param kinds: first letter of a ref to the kind it is of.
    :raises NotFound: one of them does not exist, is not public or is of another kind.
    """
    found: dict[str, Record] = {}
    for letter, kind in kinds.items():
        wanted = [ref for ref in refs if ref.startswith(f"{letter}-")]
        if wanted:
            records = session.scalars(
                select(kind.model)
                .where(kind.model.ref.in_(wanted), is_public())
                .options(*for_page(kind, language))
            )
            found |= {record.ref: record for record in records.unique()}
    for ref in refs:
        if ref not in found:
            said = _("There is no practice or story with the code %(ref)s.", ref=ref)
            raise NotFound(said, ref=ref)
    return [found[ref] for ref in refs]


def lines(records: Sequence[Record], order: Sequence[str]) -> list[Line]:
    """Lay what was measured side by side.

    Units that a plain factor joins share a line; others of the same indicator have one
    of their own. What is known of most records comes first.

    :param order: ids of indicators, in which those are given that are known of as many.
    """
    place = {indicator: n for n, indicator in enumerate(order)}
    sorts: list[list[Effect]] = []
    for effect in (effect for record in records for effect in record.effects):
        for sort in sorts:
            if _same_sort(sort[0], effect):
                sort.append(effect)
                break
        else:
            sorts.append([effect])
    found = [_line(sort, records) for sort in sorts]
    return sorted(
        found, key=lambda x: (-x.known_of, place.get(x.indicator_id, len(place)))
    )


def _same_sort(one: Effect, other: Effect) -> bool:
    return (
        one.indicator_id == other.indicator_id
        and factor(_code(other.unit_id), _code(one.unit_id)) is not None
    )


def _line(sort: Sequence[Effect], records: Sequence[Record]) -> Line:
    unit = UNIT + common(_code(effect.unit_id) for effect in sort)
    chosen = set(sort)
    cells = (
        tuple(stated(effect, unit) for effect in record.effects if effect in chosen)
        for record in records
    )
    return Line(sort[0].indicator_id, unit, tuple(cells))


def stated(effect: Effect, unit_id: str) -> Stated:
    """Give the figures of an effect in another unit."""

    def turned(value: float | None) -> float | None:
        if value is None:
            return None
        return converted(value, _code(effect.unit_id), _code(unit_id))

    return Stated(
        effect,
        unit_id,
        turned(effect.value),
        turned(effect.low),
        turned(effect.high),
        turned(effect.baseline),
        turned(effect.after_value),
    )


def _code(unit_id: str) -> str:
    return unit_id.removeprefix(UNIT)
