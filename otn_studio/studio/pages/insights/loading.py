"""Loading what draws the charts, which takes a moment the first time."""

import gc
from functools import cache
from importlib import import_module
from types import ModuleType

_BOARD = "otn_studio.studio.pages.insights.board"


@cache
def board() -> ModuleType:
    """The module of the board, loaded if it is not yet.

    Python looks for no garbage meanwhile, nor later among what there is by then: among all that the
    program has loaded that would stop the window for longer than anything else does here.
    """
    was_looking = gc.isenabled()
    gc.disable()
    try:
        return import_module(_BOARD)
    finally:
        gc.freeze()
        if was_looking:
            gc.enable()
