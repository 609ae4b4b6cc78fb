"""What a gateway posts: whether it is from the gateway, and what it says."""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from kb.errors import Conflict, NotAllowed, NotValid
from kb.language import _
from kb.sms.gateway import Gateway
from kb.sms.tables import SeenPost

MILLISECONDS = 10**11
"""A timestamp larger than this counts them."""


def signature_of(gateway: Gateway, timestamp: str, body: bytes) -> str:
    """Give the signature that a body has to have."""
    before = gateway.signing.before.format(timestamp=timestamp)
    return hmac.digest(gateway.key.encode(), before.encode() + body, "sha256").hex()


def require_gateway(
    session: Session, gateway: Gateway, headers: Mapping[str, str], body: bytes
) -> None:
    """Refuse what the gateway did not just post, or posted before.

    :param headers: by name in small letters.
    :raises NotAllowed: it is not signed with the key, or too old, or from the future.
    :raises Conflict: the very same was taken in before.
    """
    signing = gateway.signing
    timestamp = headers.get(signing.timestamp.casefold(), "")[:40].strip()
    given = headers.get(signing.signature.casefold(), "")[:200].strip()
    wanted = signature_of(gateway, timestamp, body)
    if not (gateway.key and hmac.compare_digest(_hex(given), wanted.encode())):
        raise NotAllowed(_("This is not signed with the key of the gateway."))
    at = _moment(timestamp)
    age = timedelta(seconds=signing.age)
    if at is None or abs(datetime.now(UTC) - at) > age:
        raise NotAllowed(_("This was signed too long ago, or the clocks differ."))
    digest = hashlib.sha256(wanted.encode()).hexdigest()
    try:
        with session.begin_nested():
            session.add(SeenPost(digest=digest, at=datetime.now(UTC)))
    except IntegrityError as refused:
        raise Conflict(_("This was taken in before.")) from refused


def fields_in(body: bytes, content_type: str) -> Any:  # noqa: ANN401
    """Read what a body says: JSON, or a form.

    :raises NotValid: it is neither, or not UTF-8.
    """
    try:
        text = body.decode("utf-8")
        if "json" in content_type.casefold() or text.lstrip()[:1] in {"{", "["}:
            return json.loads(text)
        return dict(parse_qsl(text, keep_blank_values=True, errors="strict"))
    except (ValueError, RecursionError) as refused:
        said = str(_("This is neither JSON nor a form in UTF-8."))
        raise NotValid(said, {"body": [said]}) from refused


def _hex(given: str) -> bytes:
    """Give a signature in hexadecimal, however it was written."""
    plain = given.partition("=")[2] if given.startswith("sha256=") else given
    if len(plain) == 64:
        return plain.casefold().encode("ascii", "replace")
    with suppress(ValueError):
        return base64.b64decode(plain, validate=True).hex().encode()
    return b""


def _moment(timestamp: str) -> datetime | None:
    """Read seconds or milliseconds since 1970, or a time as ISO 8601 has it."""
    try:
        if timestamp.isascii() and timestamp.isdecimal():
            number = int(timestamp)
            seconds = number / 1000 if number > MILLISECONDS else number
            return datetime.fromtimestamp(seconds, UTC)
        found = datetime.fromisoformat(timestamp)
        return found if found.tzinfo else None
    except (ValueError, OverflowError, OSError):
        return None
