"""``kb mail receive``: what a mail server hands each mail to.

It only puts the mail where the worker finds it, and loads next to nothing: so it is
done in an instant, and needs no database. Its exit codes are those of ``sysexits.h``:
whatever goes wrong but with the mail itself, the server keeps the mail and tries again.
"""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO, NoReturn

from kb.inbox import box
from kb.settings import Settings

TAKEN, BAD_MAIL, TRY_AGAIN = os.EX_OK, os.EX_DATAERR, os.EX_TEMPFAIL
WORDS = ("mail", "receive")


def is_meant(arguments: Sequence[str]) -> bool:
    """Say whether a mail is handed over, and nothing else is asked for."""
    return tuple(arguments) == WORDS or (
        tuple(arguments[2:]) == WORDS and arguments[0] == "--home"
    )


def begin(arguments: Sequence[str]) -> NoReturn:
    """Receive a mail and leave, with the code that the mail server waits for."""
    code = TRY_AGAIN
    try:
        settings = Settings.from_environment(os.environ)
        home = arguments[1] if arguments[0] == "--home" else settings.home
        code = receive(sys.stdin.buffer, Path(home, settings.letterbox.name))
    finally:
        if code == TRY_AGAIN:
            sys.excepthook(*sys.exc_info())
        sys.exit(code)


def receive(stream: BinaryIO, letterbox: Path) -> int:
    """Put what comes into the letterbox; give the exit code.

    An empty mail, or one that is too large, is sent back by the mail server.
    """
    raw = stream.read(box.MOST_BYTES + 1)
    if not raw.strip() or len(raw) > box.MOST_BYTES:
        why = f"larger than {box.MOST_BYTES} bytes" if raw.strip() else "empty"
        sys.stderr.write(f"this mail is {why}\n")
        return BAD_MAIL
    box.put(letterbox, raw)
    return TAKEN
