"""The command ``kb``, also as ``python -m kb.cli``: has the rest loaded swiftly."""

import gc
import os
import sys
from contextlib import suppress
from ctypes import CDLL
from importlib import import_module

from kb.cli.receive import begin as receive
from kb.cli.receive import is_meant

gc.disable()
"""Nothing that is loaded is garbage, and to look would take long."""
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
"""Else numpy begins a thread for each core, and Humus has no matrices to multiply."""

GLIBC = {-1: 128 * 1024, -8: 1}
"""M_TRIM_THRESHOLD: bytes free at the end above which some are given back; else glibc
waits longer after each large piece. M_ARENA_MAX: threads share one store, as only one
of them runs at a time."""


def begin() -> None:
    """Run the command; it looks for garbage again once its modules are loaded."""
    if is_meant(sys.argv[1:]):
        receive(sys.argv[1:])
    give_back_what_is_free()
    import_module("kb.cli.main").main()


def give_back_what_is_free() -> None:
    """Have memory given back early: a server keeps some fifteen megabytes less.

    Nothing happens where another library hands the memory out.
    """
    with suppress(OSError, AttributeError):
        for setting, value in GLIBC.items():
            CDLL(None).mallopt(setting, value)


if __name__ == "__main__":
    begin()
