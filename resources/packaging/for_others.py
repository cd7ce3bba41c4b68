"""Runs first in the packaged program: what it starts, like a browser, gets the system's libraries.

The program itself, started once more, finds its own again: that is what the last line asks for.
"""

import os

_PATH = "LD_LIBRARY_PATH"
_before = os.environ.pop(f"{_PATH}_ORIG", None)
os.environ.pop(_PATH, None)
if _before:
    os.environ[_PATH] = _before
os.environ["PYINSTALLER_RESET_ENVIRONMENT"] = "1"
