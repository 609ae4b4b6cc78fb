"""Six-digit codes that change every half minute: RFC 6238 over RFC 4226, SHA-1.

SHA-1, six digits and 30 seconds are what all apps understand.
"""

import base64
import hmac
import secrets
from datetime import UTC, datetime
from urllib.parse import quote

STEP_SECONDS = 30
AROUND = 1
"""Steps that a phone's clock may be early or late."""
SECRET_BYTES = 20
ISSUER = "Humus"


def new_totp_secret() -> str:
    """Give a secret of 160 bits, in base 32 as apps want it."""
    return base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode()


def step_at(moment: datetime) -> int:
    """Give the half minute since 1970 that a moment is in."""
    return int(moment.timestamp()) // STEP_SECONDS


def code_at(secret: str, step: int) -> str:
    """Give the code of a half minute.

    >>> code_at("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", 59 // 30)  # RFC 6238, appendix B
    '287082'
    """
    key = base64.b32decode(secret)
    made = hmac.digest(key, step.to_bytes(8, "big"), "sha1")
    begin = made[-1] & 0x0F
    number = int.from_bytes(made[begin : begin + 4], "big") & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def step_of(secret: str, given: str) -> int | None:
    """Give the half minute that a code is from; nothing if it is wrong now.

    Blanks that people type or apps copy are left out; digits of any script count.
    """
    code = "".join(str(int(c)) if c.isdecimal() else c for c in given if c.isalnum())
    now, found = step_at(datetime.now(UTC)), None
    for step in range(now - AROUND, now + AROUND + 1):
        if hmac.compare_digest(code_at(secret, step).encode(), code.encode()):
            found = step
    return found


def address_for_apps(secret: str, account: str) -> str:
    """Give what the picture of dots says to an app."""
    label = quote(f"{ISSUER}:{account}")
    return f"otpauth://totp/{label}?secret={secret}&issuer={ISSUER}"
