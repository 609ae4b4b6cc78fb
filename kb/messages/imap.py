"""Fetching mail from a mailbox (IMAP); what lies safely here is taken out there."""

import imaplib
import re
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

from kb.errors import Unavailable
from kb.language import _

PATIENCE_SECONDS = 20
MOST_AT_ONCE = 200
TLS = {"yes": 993, "start": 143, "no": 143}
_FOLDER = re.compile(r'[^"\\\r\n]{1,100}')


@dataclass(frozen=True)
class Imap:
    """A mailbox that is emptied."""

    host: str
    port: int
    user: str
    password: str
    tls: str
    """``yes`` (from the first byte), ``start`` (after the greeting) or ``no``."""
    folder: str

    def __repr__(self) -> str:
        return f"Imap({self.host}:{self.port})"

    def fetch(self, keep: Callable[[bytes], object], *, most_bytes: int) -> int:
        """Hand each mail to ``keep``, then take it out of the mailbox; say how many.

        Of a larger mail the first ``most_bytes`` are fetched. What breaks off between
        leaves the mail where it is, so that it comes again.

        :raises Unavailable: the mailbox cannot be read.
        """
        try:
            with self._opened() as server:
                return self._emptied(server, keep, most_bytes)
        except (imaplib.IMAP4.error, OSError, UnicodeError) as refused:
            why = getattr(refused, "strerror", None) or _shown(refused, self.password)
            said = _("The mailbox at %(host)s cannot be read: %(why)s.",
                host=self.host, why=why)  # fmt: skip
            raise Unavailable(said) from refused

    def _opened(self) -> imaplib.IMAP4:
        secure = ssl.create_default_context()
        if self.tls == "yes":
            server: imaplib.IMAP4 = imaplib.IMAP4_SSL(
                self.host, self.port, ssl_context=secure, timeout=PATIENCE_SECONDS
            )
        else:
            server = imaplib.IMAP4(self.host, self.port, timeout=PATIENCE_SECONDS)
        try:
            if self.tls == "start":
                server.starttls(ssl_context=secure)
            server.login(self.user, self.password)
        except (imaplib.IMAP4.error, OSError, UnicodeError):
            server.shutdown()
            raise
        return server

    def _emptied(
        self, server: imaplib.IMAP4, keep: Callable[[bytes], object], most_bytes: int
    ) -> int:
        said, _there = server.select(f'"{self.folder}"')
        if said != "OK":
            raise imaplib.IMAP4.error(f"there is no folder {self.folder}")
        _said, found = server.uid("SEARCH", "UNDELETED")
        numbers = found[0].split()[:MOST_AT_ONCE] if found and found[0] else []
        kept = []
        for number in numbers:
            raw = _one(server, number.decode(), most_bytes)
            if raw is not None:
                keep(raw)
                server.uid("STORE", number.decode(), "+FLAGS.SILENT", r"(\Deleted)")
                kept.append(number.decode())
        if kept and "UIDPLUS" in server.capabilities:
            server.uid("EXPUNGE", ",".join(kept))
        elif kept:
            server.expunge()
        return len(kept)


def open_mailbox(url: str) -> Imap:
    """Read ``imap://user:password@host:port?tls=yes&folder=INBOX``.

    :raises Unavailable: it cannot be read.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as refused:
        raise _unreadable() from refused
    said = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    tls, folder = said.pop("tls", "yes"), said.pop("folder", "INBOX")
    known = parts.scheme == "imap" and tls in TLS and not said
    if not (known and host and parts.username and _FOLDER.fullmatch(folder)):
        raise _unreadable()
    return Imap(
        host=host,
        port=port or TLS[tls],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls=tls,
        folder=folder,
    )


def _one(server: imaplib.IMAP4, number: str, most_bytes: int) -> bytes | None:
    _said, parts = server.uid("FETCH", number, f"(BODY.PEEK[]<0.{most_bytes}>)")
    whole = [part[1] for part in parts if isinstance(part, tuple)]
    return whole[0] if whole else None


def _shown(refused: Exception, password: str) -> str:
    """Give what a server says, without the password if it repeats that."""
    said = " ".join(str(refused).split())[:200] or type(refused).__name__
    return said.replace(password, "…") if password else said


def _unreadable() -> Unavailable:
    return Unavailable(
        _(
            "KB_MAIL_IN cannot be read. It is"
            " imap://user:password@host:port?tls=yes (or start, no)&folder=INBOX"
        )
    )
