"""The file of a gateway: what it calls things, how it signs, where texts are posted.

An example stands in the guide. A field is named as the gateway does, with a point
between where one lies in another: ``message.from``, or ``results.0.id`` in a list.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from kb.errors import NotValid, Unavailable
from kb.language import INTERFACE, _
from kb.record.schemas import COUNTRIES
from kb.settings import MIXED_KEY, SHORTEST_KEY
from kb.sms.numbers import normal
from kb.sms.outgoing import Limits
from kb.sms.tables import PartState

SHORTEST_AGE = 30


@dataclass(frozen=True)
class Signing:
    """How what a gateway posts is signed: HMAC-SHA256 with the key of the file."""

    signature: str = "X-Signature"
    timestamp: str = "X-Timestamp"
    """Names of the two headers."""
    before: str = "{timestamp}."
    """What is signed stands in front of the body."""
    age: int = 300
    """Seconds after which, or before which, a timestamp is refused."""


@dataclass(frozen=True)
class Sending:
    """How a text is handed over."""

    url: str = ""
    """Empty: texts are only taken in, and those to be sent wait."""
    form: str = "json"
    """``json`` or ``form``."""
    headers: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, str] = field(
        default_factory=lambda: {"to": "{to}", "text": "{text}", "id": "{id}"}
    )
    """Name → what stands there; in braces: to, text, from, id, language."""
    id: str = ""
    """Where its answer names the text, or in a list each part."""
    stopped: str = ""
    """Words in a refusal that say that the number wants nothing more."""


@dataclass(frozen=True)
class Gateway:
    """A gateway as its file says."""

    key: str = field(default="", repr=False)
    numbers: frozenset[str] = frozenset()
    """Our own; the first of the file stands in ``{from}``."""
    sender: str = ""
    country: str = ""
    """Of numbers that do not say theirs."""
    language: str = "en"
    """To write in while that of a phone is not known."""
    signing: Signing = Signing()
    receive: Mapping[str, str] = field(
        default_factory=lambda: {"id": "id", "from": "from", "text": "text"}
    )
    receipt: Mapping[str, str] = field(
        default_factory=lambda: {"id": "id", "status": "status", "from": "from"}
    )
    statuses: Mapping[str, str] = field(default_factory=dict)
    """What it calls a state → sent, delivered, failed or stopped."""
    sending: Sending = field(default=Sending(), repr=False)
    limits: Limits = field(default_factory=Limits)


def read_gateway(path: Path) -> Gateway:
    """Read the file of a gateway.

    :raises Unavailable: it cannot be read, or something in it is wrong; says what.
    """
    try:
        said = tomllib.loads(path.read_text("utf-8"))
        return _gateway(said)
    except (OSError, UnicodeError) as refused:
        why = getattr(refused, "strerror", None) or "it is not UTF-8"
        raise _wrong(str(why)) from refused
    except NotValid as refused:
        raise _wrong(str(refused)) from refused
    except (ValueError, TypeError, AttributeError) as refused:
        raise _wrong(str(refused)) from refused


def value_at(said: Any, name: str) -> str:  # noqa: ANN401
    """Give what stands in a field; empty if nothing does, or no plain value."""
    for step in name.split("."):
        if isinstance(said, Mapping):
            said = said.get(step)
        elif isinstance(said, Sequence) and not isinstance(said, str):
            number = int(step) if step.isascii() and step.isdecimal() else -1
            said = said[number] if 0 <= number < len(said) else None
        else:
            return ""
    plain = isinstance(said, str | int | float) and not isinstance(said, bool)
    return str(said) if plain else ""


def values_at(said: Any, name: str) -> list[str]:  # noqa: ANN401
    """Give what stands in a field of each in a list: ``parts.*.id``; else the one."""
    before, star, after = name.partition(".*.")
    if not star:
        one = value_at(said, name) if name else ""
        return [one] if one else []
    for step in before.split("."):
        said = said.get(step) if isinstance(said, Mapping) else None
    each = said if isinstance(said, list) else []
    return [found for row in each if (found := value_at(row, after))]


def _gateway(said: dict[str, Any]) -> Gateway:
    key = said.pop("key", "")
    if len(key) < SHORTEST_KEY or len(set(key)) < MIXED_KEY:
        raise ValueError(f"key needs {SHORTEST_KEY} signs or more, made at random")
    country, language = said.pop("country", ""), said.pop("language", "en")
    if (country and country not in COUNTRIES) or language not in INTERFACE:
        raise ValueError("country is a code such as BF, language one such as fr")
    own = said.pop("numbers", [])
    numbers = frozenset(normal(number, country) for number in own)
    quiet, most = said.pop("quiet", [21, 7]), said.pop("most_a_day", 20)
    hours = len(quiet) == 2 and all(isinstance(h, int) and 0 <= h < 24 for h in quiet)
    if not hours or not isinstance(most, int) or most < 1:
        raise ValueError("quiet is two hours such as [21, 7], most_a_day from 1 on")
    usual = Gateway()
    return Gateway(
        key=key, numbers=numbers, sender=own[0] if own else "", country=country,
        language=language, limits=Limits(quiet[0], quiet[1], most),
        signing=_signing(said.pop("signing", {})),
        receive={**usual.receive, **_words(said.pop("receive", {}))},
        receipt={**usual.receipt, **_words(said.pop("receipt", {}))},
        statuses=_statuses(said.pop("statuses", {})),
        sending=_sending(said.pop("send", {})),
        **said,
    )  # fmt: skip


def _signing(said: dict[str, Any]) -> Signing:
    signing = Signing(**said)
    if signing.age < SHORTEST_AGE:
        raise ValueError(f"age is {SHORTEST_AGE} seconds or more")
    signing.before.format(timestamp="0")
    return signing


def _sending(said: dict[str, Any]) -> Sending:
    sending = Sending(**{"form" if k == "format" else k: v for k, v in said.items()})
    web = urlsplit(sending.url).scheme in {"http", "https"}
    if sending.form not in {"json", "form"} or (sending.url and not web):
        raise ValueError("send: url is http(s)://…, format json or form")
    tried = dict.fromkeys(("to", "text", "from", "id", "language"), "")
    for wanted in _words(sending.fields).values():
        try:
            wanted.format_map(tried)
        except (KeyError, IndexError) as refused:
            raise ValueError(f"send: {wanted} names no field of a text") from refused
    _words(sending.headers)
    return sending


def _statuses(said: dict[str, Any]) -> dict[str, str]:
    states = {*PartState, "stopped"} - {PartState.WAITING}
    for name, state in said.items():
        if state not in states:
            raise ValueError(f"statuses: {name} is sent, delivered, failed or stopped")
    return {str(name).casefold(): state for name, state in said.items()}


def _words(said: Mapping[str, Any]) -> dict[str, str]:
    if not all(isinstance(value, str) for value in said.values()):
        raise ValueError("fields and headers are words")
    return dict(said)


def _wrong(why: str) -> Unavailable:
    said = _("The file of the SMS gateway (KB_SMS) cannot be used: %(why)s.", why=why)
    return Unavailable(said)
