"""What no person wrote: answers of programs, and what mail servers say of our mails.

To answer any of it would begin a loop. Sources: RFC 3834 (automatic responses),
RFC 3464 (delivery status), RFC 3463 (its codes).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.message import Message

from kb.inbox.decoding import header
from kb.stopping import means_none

Headers = Mapping[str, Sequence[str]]
"""Name in small letters → what each header of that name says."""
ROBOTS = {
    *("mailer-daemon", "mailerdaemon", "postmaster", "bounce", "bounces"),
    *("no-reply", "noreply", "do-not-reply", "donotreply"),
}
"""Mailboxes behind which nobody reads."""
ANSWERS = frozenset({"auto_reply", "auto-reply"})
MANY = frozenset({"bulk", "junk", "list"})
"""What a header ``Precedence`` may say: an automatic answer, or a mail to many."""
THERE = ("x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-reply-from",
    "x-auto-response", "x-failed-recipients", "x-loop", "x-mail-autoreply")  # fmt: skip
"""Headers that only automatic mail has."""
TO_MANY = ("list-id", "list-post", "list-unsubscribe", "feedback-id", "x-mailgun-tag")
"""Headers of mail that goes to many: a person may have written it, to others."""
RECIPIENT = ("Original-Recipient", "Final-Recipient")
LONGEST_SAID = 300


@dataclass(frozen=True)
class Bounce:
    """What a mail server says of one of our mails."""

    recipients: tuple[str, ...]
    """To whom it could not be brought: as we wrote it, and where that led."""
    for_good: bool
    said: str


def written_by_program(headers: Headers, mailbox: str) -> bool:
    """Say whether a program wrote a mail.

    :param mailbox: what stands before the ``@`` of the sender, in small letters.
    """
    said = _first(headers, "auto-submitted")
    submitted = bool(said) and said.partition(";")[0].strip() != "no"
    nobody = _first(headers, "return-path").strip() == "<>"
    answers = _first(headers, "precedence") in ANSWERS
    there = any(name in headers for name in THERE)
    return submitted or nobody or answers or there or mailbox in ROBOTS


def sent_to_many(headers: Headers) -> bool:
    """Say whether a mail went to many."""
    if _first(headers, "precedence") in MANY:
        return True
    return any(name in headers for name in TO_MANY)


def called_spam(headers: Headers) -> bool:
    """Say whether the mail server that took it in calls it spam."""
    flag = _first(headers, "x-spam-flag") or _first(headers, "x-spam")
    status = _first(headers, "x-spam-status")
    return flag.startswith("yes") or status.startswith("yes")


def parts_within(part: Message) -> list[Message]:
    """Give the parts of a part, if it has any."""
    within = part.get_payload() if part.is_multipart() else []
    there = within if isinstance(within, list) else []
    return [one for one in there if isinstance(one, Message)]


def bounce_of(mail: Message) -> Bounce | None:
    """Give what a delivery report says of the first it names; nothing if it is none."""
    if mail.get_content_type() != "multipart/report":
        return None
    for part in parts_within(mail):
        if part.get_content_type() == "message/delivery-status":
            return _read(part)
    return None


def _read(report: Message) -> Bounce | None:
    """Read a report: blocks of headers, one for the whole and one for each."""
    for block in parts_within(report):
        named = [str(block.get(name, "")) for name in RECIPIENT]
        each = (one.partition(";")[2].strip().strip("<>").casefold() for one in named)
        recipients = tuple(filter(None, each))
        if recipients:
            status = str(block.get("Status", "")).split()[:1]
            failed = str(block.get("Action", "")).strip().casefold() == "failed"
            dead = failed and bool(status) and means_none(status[0])
            why = str(block.get("Diagnostic-Code", "")) or " ".join(status)
            return Bounce(recipients, dead, header(why)[:LONGEST_SAID])
    return None


def _first(headers: Headers, name: str) -> str:
    return headers.get(name, ("",))[0].strip().casefold()
