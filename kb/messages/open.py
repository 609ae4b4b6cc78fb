"""Which way messages go, as ``KB_MAIL`` says."""

from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from kb.errors import Unavailable
from kb.language import _
from kb.messages.mail import Console, Folder, Smtp
from kb.outbox import Sender
from kb.settings import Settings
from kb.stopping import Links

TLS = ("start", "yes", "no")


def open_sender(settings: Settings) -> Sender:
    """Give what sends messages; nothing is connected to yet.

    :raises Unavailable: ``KB_MAIL`` cannot be read.
    """
    return _opened(settings)


def sender_address(settings: Settings) -> str:
    """Give the address that our messages come from.

    :raises Unavailable: ``KB_MAIL`` cannot be read.
    """
    return _opened(settings).sender.casefold()


def _opened(settings: Settings) -> Console | Folder | Smtp:
    kind, _colon, rest = settings.mail_url.partition(":")
    sender = f"humus@{urlsplit(settings.address).hostname or 'localhost'}"
    links = Links(settings.address, settings.secret_key, settings.help_address)
    if kind == "console":
        return Console(sender, links)
    if kind == "folder" and rest:
        return Folder(Path(rest), sender, links)
    if kind == "smtp":
        return _smtp(settings.mail_url, sender, links)
    raise _unreadable()


def _smtp(url: str, sender: str, links: Links) -> Smtp:
    """Read ``smtp://user:password@host:port?tls=start&from=help@humus.example``."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as refused:
        raise _unreadable() from refused
    said = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    tls = said.pop("tls", "start")
    sender = said.pop("from", sender)
    if not host or tls not in TLS or said or "@" not in sender:
        raise _unreadable()
    return Smtp(
        host=host,
        port=port or (465 if tls == "yes" else 587),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls=tls,
        sender=sender,
        links=links,
    )


def _unreadable() -> Unavailable:
    return Unavailable(
        _(
            "KB_MAIL cannot be read. It is console:, folder:PATH or"
            " smtp://user:password@host:port?tls=start (or yes, no)&from=ADDRESS"
        )
    )
