"""Our few own files: styles, drawings, scripts; small, and kept in memory."""

import hashlib
from functools import lru_cache
from pathlib import Path

from flask import Blueprint, Response, request
from werkzeug.exceptions import NotFound

FOLDER = Path(__file__).parent.parent / "static"
KINDS = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
A_DAY = 86_400

pages = Blueprint("static", __name__)


@pages.get("/static/<name>", endpoint="file")
def file(name: str) -> Response:
    """Give one file; the address of a changed file is another one, see `version`."""
    if name not in contents():
        raise NotFound
    reply = Response(contents()[name], content_type=KINDS[Path(name).suffix])
    age = A_DAY * 365 if "v" in request.args else A_DAY
    reply.headers["Cache-Control"] = f"public, max-age={age}"
    return reply


@lru_cache(maxsize=1)
def contents() -> dict[str, bytes]:
    """Read all files once."""
    return {p.name: p.read_bytes() for p in FOLDER.iterdir() if p.suffix in KINDS}


@lru_cache(maxsize=32)
def version(name: str) -> str:
    """Give a mark that changes with the content of a file."""
    return hashlib.sha256(contents()[name]).hexdigest()[:10]
