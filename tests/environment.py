"""An environment of Python of its own, for peers and clients from PyPI."""

import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path

BIN = Path("Scripts" if sys.platform == "win32" else "bin", "python")
PATIENCE = 300


def environment(folder: Path, packages: Sequence[str]) -> Path | None:
    """Its Python, with these packages; none, where they can't be had.

    An environment's own pip needs what a bare Debian does not have; any pip can fill it.
    """
    pip = next((python for python in _pythons() if runs([python, "-m", "pip", "--version"])), None)
    if pip is None:
        return None
    venv.create(folder, with_pip=False)
    python = folder / BIN
    install = ["-m", "pip", "--python", python, "install", "--quiet", "--retries", "0"]
    return python if runs([pip, *install, *packages]) else None


def runs(command: Sequence[str | Path]) -> bool:
    """Whether it ends well, and soon enough."""
    try:
        return subprocess.run(command, capture_output=True, timeout=PATIENCE).returncode == 0
    except (subprocess.TimeoutExpired, OSError):
        return False


def _pythons() -> tuple[str, str]:
    """This one, and the one that it was made from."""
    return sys.executable, getattr(sys, "_base_executable", sys.executable)
