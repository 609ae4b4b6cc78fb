"""Known datasets and what their licences ask, from ``seeds/regions/datasets.csv``."""

from dataclasses import dataclass
from functools import lru_cache

from kb.errors import NotValid
from kb.language import _
from kb.regions.tables import rows


@dataclass(frozen=True)
class Credit:
    """What a map is, whose it is, and on which terms; shown wherever it is used."""

    dataset: str
    licence: str
    citation: str = ""
    date: str = ""
    note: str = ""
    """Where the licence is stated, or what to beware of."""


@lru_cache(maxsize=1)
def datasets() -> dict[str, Credit]:
    """Read them all, by the short name an administrator may give."""
    return {row.pop("name"): Credit(**row) for row in rows("datasets.csv")}


def credit_for(
    dataset: str, *, licence: str = "", citation: str = "", date: str = ""
) -> Credit:
    """Give the credit of a dataset: as known, put right by what was given.

    :param dataset: short name of a known one, or any title.
    :raises NotValid: neither is a licence known nor is one given, or there is no title.
    """
    known = datasets().get(dataset, Credit(dataset, ""))
    credit = Credit(
        known.dataset.strip(),
        licence.strip() or known.licence,
        citation.strip() or known.citation,
        date.strip() or known.date,
        known.note if not licence.strip() else "",
    )
    problems = {
        field: [str(_("This must be said, for the map will be shown to others."))]
        for field in ("dataset", "licence")
        if not getattr(credit, field)
    }
    if problems:
        raise NotValid(_("A map without a licence is not loaded."), problems)
    return credit
