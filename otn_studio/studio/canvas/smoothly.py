"""Large flows without stutter: Python's search for garbage is kept away from their many objects."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

MANY = 500


@contextmanager
def smoothly(blocks: int) -> Iterator[None]:
    """Make so many blocks. Where they are many, no garbage is looked for meanwhile, nor among them.

    It would take nearly half of the time in which a large flow opens, and afterwards stop everything
    for a third of a second now and then. `let_go` ends it.
    """
    if blocks < MANY:
        yield
        return
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()


def let_go() -> None:
    """The flow is closed: what it leaves behind may be looked for."""
    gc.unfreeze()
