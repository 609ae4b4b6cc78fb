"""Handing texts to an SMS gateway: one HTTP request for each, as its file says."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

from kb.outbox import NotSent
from kb.sms.gateway import Gateway, values_at
from kb.sms.outgoing import Handed, WantsNothing

PATIENCE_SECONDS = 20
MOST_BYTES = 64 * 1024
TRY_AGAIN = frozenset({408, 409, 421, 425, 429})
"""Refusals that pass, beside all from 500 on."""
LONGEST_ID = 200


class _NoRedirects(HTTPRedirectHandler):
    """Leads nowhere else: a text and its key go only where the file says."""

    def redirect_request(self, *rest: object) -> None:
        """Refuse to follow."""


_OPENER = build_opener(_NoRedirects)


@dataclass(frozen=True)
class GatewaySender:
    """Posts texts to the address in the file of a gateway."""

    gateway: Gateway

    def send(self, text: Handed) -> list[str]:
        """Post one; only an answer of the gateway counts as sent."""
        try:
            with _OPENER.open(self._request(text), timeout=PATIENCE_SECONDS) as reply:
                return self._named(_body(reply))
        except HTTPError as refused:
            with refused:  # or its connection stays open
                raise self._refused(refused.code, _body(refused)) from refused
        except (OSError, HTTPException, ValueError) as refused:
            why = getattr(refused, "reason", None) or type(refused).__name__
            raise NotSent(f"the gateway: {why}") from refused

    def _request(self, text: Handed) -> Request:
        sending = self.gateway.sending
        facts = {
            "to": text.to, "text": text.text, "id": text.reference,
            "from": self.gateway.sender, "language": text.language,
        }  # fmt: skip
        said = {name: one.format_map(facts) for name, one in sending.fields.items()}
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        body = urlencode(said).encode()
        if sending.form == "json":
            headers = {"Content-Type": "application/json"}
            body = json.dumps(_nested(said)).encode()
        given = {"User-Agent": "Humus", "Idempotency-Key": text.reference}
        return Request(  # noqa: S310  (the file says http or https, nothing else)
            sending.url, body, {**given, **headers, **sending.headers}, method="POST"
        )

    def _named(self, body: bytes) -> list[str]:
        if not self.gateway.sending.id:
            return []
        try:
            said = json.loads(body)
        except (ValueError, RecursionError):
            return []
        return [x[:LONGEST_ID] for x in values_at(said, self.gateway.sending.id)]

    def _refused(self, status: int, body: bytes) -> NotSent:
        stopped = self.gateway.sending.stopped
        if stopped and stopped in body.decode("utf-8", "replace"):
            return WantsNothing("the number wants nothing more", for_good=True)
        passes = status >= 500 or status in TRY_AGAIN or 300 <= status < 400
        return NotSent(f"the gateway says {status}", for_good=not passes)


def _body(reply: HTTPResponse | HTTPError) -> bytes:
    """Give what a gateway says; that it answered counts, also if it breaks off."""
    try:
        return reply.read(MOST_BYTES)
    except (OSError, HTTPException):
        return b""


def _nested(said: Mapping[str, str]) -> dict[str, object]:
    """Put fields with points in their names into one another."""
    whole: dict[str, object] = {}
    for name, value in said.items():
        *outer, last = name.split(".")
        place: dict[str, object] = whole
        for step in outer:
            inner = place.setdefault(step, {})
            place = inner if isinstance(inner, dict) else {}
        place[last] = value
    return whole
