"""Random secrets, and what is kept of them."""

import hashlib
import secrets

BYTES = 32
"""256 bits: nobody guesses one, so a plain digest is enough to keep."""


def new_secret(prefix: str = "") -> str:
    """Give a secret that fits into a cookie, an address or a header."""
    return prefix + secrets.token_urlsafe(BYTES)


def digest(secret: str) -> str:
    """Give what is kept of a secret, and looked up when it comes back."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
