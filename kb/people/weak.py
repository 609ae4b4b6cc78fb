"""Passwords that anybody would try: common words, rows of keys, repetitions.

A small list of our own, of what lists of leaked passwords agree on, in the languages of
our readers; digits and signs put around a word or in place of letters do not help.
"""

import re
from functools import cache
from pathlib import Path

from kb.folding import fold

ROWS = (
    "0123456789012345678901234567890",
    "abcdefghijklmnopqrstuvwxyzabcdefghijkl",
    "qwertyuiopasdfghjklzxcvbnm",
    "azertyuiopqsdfghjklmwxcvbn",
    "qwertzuiopasdfghjklyxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "1q2w3e4r5t6y7u8i9o0p",
    "qazwsxedcrfvtgbyhnujmikolp",
    "zaq12wsxcde34rfvbgt56yhnmju78ik",
    "1a2b3c4d5e6f7g8h9i0j",
    "a1b2c3d4e5f6g7h8i9j0",
)
LOOKALIKES = str.maketrans("0134578@$!|", "oleastbasil")
MIRRORED = tuple(row[::-1] for row in ROWS)
_REPEATED = re.compile(r"(.{1,4}?)\1+")
_DATE = re.compile(r"\d{1,2}[./ -]?\d{1,2}[./ -]?(?:19|20)\d\d|(?:19|20)\d{6}")


def is_common(password: str) -> bool:
    """Say whether a password is one of those that are tried first.

    >>> [is_common(p) for p in ("P@ssw0rd2024!", "87654321", "abcabcabc", "24121990")]
    [True, True, True, True]
    >>> is_common("vache bleue sous la pluie")
    False
    """
    plain = "".join(fold(password).split())
    if _REPEATED.fullmatch(plain) or _DATE.fullmatch(plain):
        return True
    if any(plain in row for row in ROWS + MIRRORED):
        return True
    tried = (plain, plain.translate(LOOKALIKES), _bare(plain).translate(LOOKALIKES))
    return any(_bare(said) in words() for said in tried)


@cache
def words() -> frozenset[str]:
    """Give the common words, folded."""
    kept = Path(__file__).with_name("weak.txt").read_text("utf-8")
    return frozenset(fold(word) for word in kept.split())


def _bare(word: str) -> str:
    """Give a word without what is often put around it, and once if it stands twice."""
    bare = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", word)
    half = len(bare) // 2
    return bare[:half] if half > 3 and bare[:half] == bare[half:] else bare
