"""Mail: how a message is written, and the ways it can go."""

import smtplib
import ssl
import sys
from collections.abc import Callable
from dataclasses import dataclass
from email.headerregistry import BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, Policy
from email.utils import format_datetime
from pathlib import Path

from kb.outbox import Letter, NotSent
from kb.stopping import NO_LINKS, Links, means_none
from kb.threads import ROOT, name_of

PATIENCE_SECONDS = 20
ENDS = "List-Unsubscribe"


class _AsItIs(UnstructuredHeader, BaseHeader):
    """A header of addresses or names: to break the line would break them."""

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {self}{policy.linesep}"


_HEADERS = HeaderRegistry()
for _name in (ENDS, "Message-ID", "In-Reply-To", "References"):
    _HEADERS.map_to_type(_name, _AsItIs)
POLICY = SMTP.clone(header_factory=_HEADERS)


def as_mail(letter: Letter, sender: str, links: Links = NO_LINKS) -> EmailMessage:
    """Write a message as mail.

    What nobody asked for at that moment names an address that ends it: over https with
    one click in the reader's own program (RFC 8058).

    :raises NotSent: a header would hold a line break.
    """
    mail = EmailMessage(policy=POLICY)
    host = sender.rpartition("@")[2]
    try:
        mail["From"] = f"Humus <{sender}>"
        mail["To"] = letter.recipient
        mail["Subject"] = letter.subject
        mail["Date"] = format_datetime(letter.written)
        name = name_of(links.key, letter.message_id, letter.thread)
        mail["Message-ID"] = f"<{name}@{host}>"
        mail["Content-Language"] = letter.language
        mail["Auto-Submitted"] = "auto-generated"
        mail["X-Auto-Response-Suppress"] = "OOF, AutoReply"
        if letter.thread:
            _lead_back(mail, letter, host, links)
        end = links.to_end(letter.purpose, letter.recipient, letter.language)
        if end:
            mail[ENDS] = f"<{end}>"
        if end.startswith("https:"):
            mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    except ValueError as refused:
        raise NotSent(f"a header cannot be: {refused}", for_good=True) from refused
    mail.set_content(letter.text)
    return mail


def _lead_back(mail: EmailMessage, letter: Letter, host: str, links: Links) -> None:
    """Let an answer to a mail find what that belongs to."""
    root = f"<{name_of(links.key, ROOT, letter.thread)}@{host}>"
    mail["References"] = f"{root} {letter.answers}".strip()
    if letter.answers:
        mail["In-Reply-To"] = letter.answers
    if links.reply_to:
        mail["Reply-To"] = links.reply_to


@dataclass(frozen=True)
class Console:
    """Shows messages on the terminal, for development."""

    sender: str
    links: Links = NO_LINKS

    def send(self, letter: Letter) -> None:
        """Show it."""
        mail = as_mail(letter, self.sender, self.links)
        head = "".join(f"{name}: {value}\n" for name, value in mail.items())
        sys.stdout.write(f"{head}\n{letter.text}\n")
        sys.stdout.flush()


@dataclass(frozen=True)
class Folder:
    """Keeps each message as a file that mail programs open, only for us to read."""

    path: Path
    sender: str
    links: Links = NO_LINKS

    def send(self, letter: Letter) -> None:
        """Write the file under its last name in one step."""
        mail = as_mail(letter, self.sender, self.links)
        try:
            self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
            under_way = self.path / f".{letter.message_id}"
            under_way.touch(mode=0o600)
            under_way.write_bytes(mail.as_bytes())
            under_way.replace(self.path / f"{letter.message_id}.eml")
        except OSError as refused:
            raise NotSent(f"{self.path}: {refused.strerror}") from refused


@dataclass(frozen=True)
class Smtp:
    """Hands messages to a mail server."""

    host: str
    port: int
    user: str
    password: str
    tls: str
    """``start`` (after the greeting), ``yes`` (from the first byte) or ``no``."""
    sender: str
    links: Links = NO_LINKS

    def __repr__(self) -> str:
        return f"Smtp({self.host}:{self.port})"

    def send(self, letter: Letter) -> None:
        """Hand one over; only an answer of the server counts as sent."""
        mail = as_mail(letter, self.sender, self.links)
        try:
            with self._connected() as server:
                server.send_message(mail)
        except smtplib.SMTPRecipientsRefused as refused:
            code, answer = next(iter(refused.recipients.values()))
            said = f"the mail server refuses the address ({code})"
            for_good = 500 <= code < 600
            status = answer.decode("ascii", "replace").partition(" ")[0]
            dead = for_good and means_none(status)
            raise NotSent(said, for_good=for_good, dead=dead) from refused
        except smtplib.SMTPResponseException as refused:
            raise NotSent(f"the mail server says {refused.smtp_code}") from refused
        except (smtplib.SMTPException, OSError) as refused:
            raise NotSent(f"{self.host}:{self.port}: {_why(refused)}") from refused

    def _connected(self) -> smtplib.SMTP:
        secure = ssl.create_default_context()
        if self.tls == "yes":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                self.host, self.port, timeout=PATIENCE_SECONDS, context=secure
            )
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=PATIENCE_SECONDS)
        try:
            self._made_known(server, secure)
        except (smtplib.SMTPException, OSError):
            server.close()
            raise
        return server

    def _made_known(self, server: smtplib.SMTP, secure: ssl.SSLContext) -> None:
        steps: list[Callable[[], object]] = []
        if self.tls == "start":
            steps.append(lambda: server.starttls(context=secure))
        if self.user:
            steps.append(lambda: server.login(self.user, self.password))
        for step in steps:
            step()


def _why(refused: Exception) -> str:
    return getattr(refused, "strerror", None) or type(refused).__name__
