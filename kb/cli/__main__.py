"""The command ``kb``, also as ``python -m kb.cli``: has the rest loaded swiftly."""

import gc
import os
from importlib import import_module

gc.disable()
"""Nothing that is loaded is garbage, and to look would take long."""
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
"""Else numpy begins a thread for each core, and Humus has no matrices to multiply."""


def begin() -> None:
    """Run the command; it looks for garbage again once its modules are loaded."""
    import_module("kb.cli.main").main()


if __name__ == "__main__":
    begin()
