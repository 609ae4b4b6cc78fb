"""The code of a question: nine digits that can be read aloud in any language.

Digits only: they have no capitals, exist on every telephone, and every language has
words for them. The last is a check after Damm, which finds every single wrong digit and
every two neighbours that changed places. The code opens nothing by itself.

Source: H. Michael Damm, "Total anti-symmetrische Quasigruppen", Marburg 2004.
"""

import secrets
import unicodedata

DIGITS = 8
"""Digits before the check."""
_TABLE = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)


def new_code() -> str:
    """Give a code at random; whether it is taken, the database knows."""
    digits = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    return digits + str(check_of(digits))


def check_of(digits: str) -> int:
    """Give the check digit of some digits; 0 for digits that end in theirs.

    >>> check_of("572")
    4
    """
    interim = 0
    for digit in digits:
        interim = _TABLE[interim][int(digit)]
    return interim


def spoken(code: str) -> str:
    """Write a code in groups of three, with spaces that part no number.

    Between plain spaces the groups would stand from right to left in Arabic words.

    >>> spoken("123456789").split("\N{NO-BREAK SPACE}")
    ['123', '456', '789']
    """
    groups = (code[start : start + 3] for start in range(0, len(code), 3))
    return "\N{NO-BREAK SPACE}".join(groups)


def heard(typed: str) -> str:
    """Give the code that somebody typed, in digits of any script; empty if it is none.

    >>> heard("572-4"), heard("0000 0000-0")
    ('', '000000000')
    """
    digits = "".join(
        str(unicodedata.decimal(sign)) for sign in typed[:40] if sign.isdecimal()
    )
    return digits if len(digits) == DIGITS + 1 and check_of(digits) == 0 else ""
