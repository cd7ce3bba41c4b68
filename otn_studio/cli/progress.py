"""How far long work has got, for those who look on. Ctrl-C stops it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from otn_studio.storage.keeping.backups import OnStep, no_matter


@contextmanager
def progress() -> Iterator[OnStep]:
    """What long work tells its progress to: a line on the screen, nothing in a log."""
    if not sys.stderr.isatty():
        yield no_matter
        return
    try:
        yield _show
    finally:
        print("\r      \r", end="", file=sys.stderr, flush=True)


def _show(done: float) -> None:
    print(f"\r{done:5.0%}", end="", file=sys.stderr, flush=True)
