"""What labels, codes and places look like, and how labels are compared."""

import re
import unicodedata
from functools import lru_cache

from kb.folding import fold

CODE = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*")
PLACE = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?|[0-9]{3}")
"""A country (BF), a part of one (BF-10) or a region of the world (011)."""
MOST_BROADER = 2
LONGEST_CODE = 60
LONGEST_LABEL = 80
LONGEST_MEANING = 300
JOINERS = "\u200c\u200d"
"""Signs that are not seen but belong to words of Hindi, Bengali and others."""


@lru_cache(maxsize=50_000)
def plain(label: str) -> str:
    """Give a label as it is compared with others: folded, with single spaces."""
    return " ".join(fold(label).split())


def is_misread(label: str) -> bool:
    """Say whether a label would be read otherwise where people type marks beside it."""
    return "@" in label or label.startswith(("=", "-"))


def hidden_sign(text: str) -> str:
    r"""Give the first sign that is not seen and may turn the text around; or nothing.

    >>> hidden_sign("dig\u202ereverse"), hidden_sign("क्\u200dष")
    ('U+202E', '')
    """
    for sign in text:
        if sign not in JOINERS and unicodedata.category(sign) in {"Cc", "Cf", "Co"}:
            return f"U+{ord(sign):04X}"
    return ""
