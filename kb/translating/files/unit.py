"""One field of a record as it stands in a file, and what may be wrong with it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from kb.errors import NotValid
from kb.record.marks import FieldState

MOST_UNITS = 50_000
"""Units of one file."""
LARGEST = 50_000_000
"""Bytes of one file."""
REF = re.compile(r"[A-Z]-[1-9]\d{0,8}")
FIELD = re.compile(r"[a-z0-9_:-]{1,100}")
UNSURE = frozenset({FieldState.STALE, FieldState.MACHINE_DRAFTED, FieldState.DRAFT})
"""Fields with words that somebody has to look at."""


@dataclass(frozen=True)
class Unit:
    """One field of a record in a file."""

    ref: str
    field: str
    source: str
    words: str = ""
    ready: bool = False
    """Whoever wrote the words says that they are done."""
    hashed: str = ""
    """Digest of its source when it was written out; empty if the file does not say."""
    version: int = 0
    """Number of the version that holds this source; 0 if the file does not say."""
    shown: str | None = None
    """Digest of the words that stood there then; nothing if the file does not say."""
    state: str = ""
    """`FieldState`, when it was written out."""
    title: str = ""
    """Of its record; only when it is written out."""

    @property
    def id(self) -> str:
        """What it is called in the file."""
        return f"{self.ref}/{self.field}"


class Trouble(StrEnum):
    """What keeps a unit out, or is asked about before it is taken."""

    ID = "unknown-id"
    TWICE = "stands-twice"
    ORIGINAL = "original-altered"
    """The source in the file is none that the record ever had."""
    LANGUAGE = "other-language"
    FORM = "not-understood"
    NEWER = "newer-work"
    """Somebody wrote something else since the file was written."""
    IN_HAND = "in-hand"
    """Somebody has the pen."""
    CHECK = "does-not-fit"
    TOO_MANY = "too-many-wait"
    OLDER = "older-original"
    """The source has changed since the file was written."""
    REVIEWED = "over-reviewed"
    UNCHANGED = "right-as-it-stands"
    """The words are as before, and the file says that they are right."""
    DOUBT = "doubtful"
    MOVED = "moved"
    """The step stands at another place now; this alone keeps nothing out."""


ASKED = (Trouble.OLDER, Trouble.REVIEWED, Trouble.UNCHANGED, Trouble.DOUBT)
"""Whoever brings the file may say that units with these are to be taken, too."""


@dataclass(frozen=True)
class Warned:
    """What is to be known of one unit."""

    trouble: Trouble
    where: str
    said: object
    """A sentence for whoever brings the file."""
    words: str = ""


@dataclass
class Bundle:
    """A file that was read."""

    language: str
    source_language: str
    """Empty if the file does not say."""
    units: list[Unit] = field(default_factory=list)
    warned: Sequence[Warned] = ()


def id_of(written: str) -> tuple[str, str] | None:
    """Give record and field of an id; nothing if it is none.

    >>> id_of("P-7/step:3"), id_of("how")
    (('P-7', 'step:3'), None)
    """
    ref, _slash, name = written.strip().partition("/")
    if REF.fullmatch(ref) and FIELD.fullmatch(name):
        return ref, name
    return None


def refused(said: object) -> NotValid:
    """Give the refusal of a whole file."""
    return NotValid(said, {"file": [str(said)]})
