"""The names that our mails carry, signed: so that an answer finds its way back.

A mail program puts the names of the mails that it answers into ``In-Reply-To`` and
``References``. Only this installation can have made one of ours, and it says to which
thread the mail belonged, such as ``q12`` for a question.
"""

import hmac
import re
from collections.abc import Iterator
from dataclasses import dataclass

NO_THREAD = "0"
ROOT = "thread"
"""In place of a name of one mail: what all mails of a thread refer to."""
_OURS = re.compile(
    r"(?<![0-9a-z.])([0-9a-z]{1,40})\.([a-z][0-9]{1,18}|0)\.([0-9a-f]{32})@"
)


@dataclass(frozen=True)
class Ours:
    """A mail that we wrote."""

    message_id: str
    thread: str
    """Nothing if it belonged to none."""


def name_of(key: str, message_id: str, thread: str = "") -> str:
    """Give what stands before the ``@`` of a name; without a key it is not signed."""
    if not key:
        return message_id
    said = f"{message_id}.{thread or NO_THREAD}"
    return f"{said}.{_signed(key, said)}"


def ours_in(key: str, text: str) -> Iterator[Ours]:
    """Give the mails of ours that a text names, in its order."""
    for message_id, thread, signature in _OURS.findall(text) if key else ():
        if hmac.compare_digest(signature, _signed(key, f"{message_id}.{thread}")):
            yield Ours(message_id, "" if thread == NO_THREAD else thread)


def _signed(key: str, said: str) -> str:
    return hmac.digest(key.encode(), f"message id:{said}".encode(), "sha256").hex()[:32]
