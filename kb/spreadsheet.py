"""Tables for spreadsheets, in which nothing that people wrote is reckoned."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001
"""How words begin that a spreadsheet would reckon instead of show."""

Cell = str | int | float | None


def table(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Write rows as CSV; a mark before words keeps a spreadsheet from reckoning them.

    >>> table(["words", "times"], [["=1+1", 2], ["-rice", -1]]).splitlines()
    ['words,times', "'=1+1,2", "'-rice,-1"]
    """
    written = StringIO()
    out = csv.writer(written)
    out.writerow(header)
    out.writerows([_harmless(cell) for cell in row] for row in rows)
    return written.getvalue()


def _harmless(cell: Cell) -> Cell:
    if not isinstance(cell, str):
        return cell
    plain = cell.replace("\x00", "")
    return f"'{plain}" if plain.lstrip(" ").startswith(FORMULA) else plain
