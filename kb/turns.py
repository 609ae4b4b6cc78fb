"""Answering one request at a time where the interpreter needs it.

On Python 3.11, garbage collection while several threads work can free objects that are
still in use: four threads under load crashed the process within a minute, on 3.11.2 and
3.11.7 alike, and never on 3.12.1 and 3.13.0 (measured 2026-11-22). There, requests take
turns inside the application, and garbage is collected only between two of them.
Reading requests and sending answers, which is what slow phones take time for, stay
parallel. Newer interpreters are left alone.
"""

import gc
import sys
from collections.abc import Callable, Iterable
from threading import Lock
from typing import Any

from flask import Flask

COLLECT_EVERY = 20
"""Requests between two collections; a page leaves about half a megabyte behind."""

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Turns:
    """A WSGI application that lets one request in at a time."""

    def __init__(self, application: Application) -> None:
        self._application, self._lock, self._count = application, Lock(), 0

    def __call__(
        self, environ: dict[str, Any], start: Callable[..., Any]
    ) -> Iterable[bytes]:
        """Answer, when it is this request's turn."""
        with self._lock:
            self._count += 1
            if self._count % COLLECT_EVERY == 0:
                gc.collect()
            return self._application(environ, start)


def needs_turns() -> bool:
    """Say whether this interpreter is one of those."""
    return sys.version_info < (3, 12)


def take_turns(app: Flask) -> Flask:
    """Make ``app`` safe to serve with threads on this interpreter."""
    if needs_turns():
        gc.disable()
        gc.freeze()  # what was made at start-up stays, and need not be looked at
        app.wsgi_app = Turns(app.wsgi_app)  # type: ignore[assignment]
    return app
