"""Addresses that are put together by code which is written when it is first needed."""

from collections.abc import Callable
from typing import Any

from werkzeug.routing import Rule

Builder = Callable[..., tuple[str, str]]


class LateRule(Rule):
    """A rule that begins swiftly.

    Werkzeug writes two functions for every rule while the program starts, some hundred
    milliseconds for all, and most of them are never called.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Builder:
        """Give what writes the function, puts it in its own place and calls it."""
        write = super()._compile_builder

        def late(rule: Rule, **values: Any) -> tuple[str, str]:
            built: Builder = write(append_unknown).__get__(rule, None)
            setattr(rule, "_build_unknown" if append_unknown else "_build", built)
            return built(**values)

        return late
