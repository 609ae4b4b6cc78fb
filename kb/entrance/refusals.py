"""Which HTTP status each refusal has, on pages and in JSON alike."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import request

from kb.errors import Conflict, NotAllowed, NotFound, NotValid, Unavailable

STATUS = {
    NotFound: 404,
    NotAllowed: 403,
    NotValid: 422,
    Conflict: 409,
    Unavailable: 503,
}

Answers = Mapping[type[Exception], Callable[[Any], Any]]
"""How a door answers each way in which work can fail."""


def is_api() -> bool:
    """Say whether JSON was asked for."""
    return request.path.startswith("/api/")
