"""A gateway for the tests: it signs what it posts, as the file of one says."""

import json
from datetime import UTC, datetime
from urllib.parse import urlencode

from kb.sms.gateway import Gateway, read_gateway
from kb.sms.posted import signature_of

KEY = "a key for the tests of texts"
AWA, ALI, OURS = "+22670123456", "+22670654321", "+22670000000"
FILE = f"""
key = "{KEY}"
numbers = ["{OURS}"]
country = "BF"
language = "fr"
[receive]
id = "message.id"
from = "message.from"
text = "message.body"
[statuses]
DeliveredToTerminal = "delivered"
Blacklisted = "stopped"
"""


def gateway(folder, more="") -> Gateway:
    path = folder / "gateway.toml"
    path.write_text(FILE + more, "utf-8")
    return read_gateway(path)


def signed(body: bytes, *, key=KEY, late=0, kind="application/json"):
    """Give the headers of a post."""
    timestamp = str(int(datetime.now(UTC).timestamp()) - late)
    return {
        "x-timestamp": timestamp,
        "x-signature": signature_of(Gateway(key=key), timestamp, body),
        "content-type": kind,
    }


def body(text, from_=AWA, id_="1"):
    said = {"id": id_, "from": from_, "body": text}
    return json.dumps({"message": said}).encode()


def form(text, from_=AWA, id_="1"):
    said = {"message_id": id_, "message_from": from_, "message_body": text}
    return urlencode(said).encode()
