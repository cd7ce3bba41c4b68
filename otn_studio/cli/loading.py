"""Loading modules, and nothing besides."""

import builtins
import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def quickly() -> Iterator[None]:
    """Nothing that is loaded meanwhile is garbage, and looking for some takes a quarter of the time.

    Nor is any of it looked at later.
    """
    was_looking = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_looking:
            gc.enable()


def load_qt() -> None:
    """Load Qt without its search for ``from __feature__ import``, which is not used here: it reads the
    text of each module that is loaded from then on.
    """
    import PySide6.QtCore  # noqa: F401

    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
