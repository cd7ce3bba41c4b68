"""This very program, called again as a process of its own."""

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from otn_studio.blocks.words import Problem
from otn_studio.cli.environment import PREFIX

PATIENCE = 30.0
"""Seconds until a process that does not answer is given up."""


_STARTED: list[subprocess.Popen] = []
"""Processes that outlive this one, held so that one that ends before us is taken leave of."""


def command(*arguments: str, window: bool = False) -> list[str]:
    """The command line: installed, packaged or from a checkout; ``window``: to open the studio."""
    if getattr(sys, "frozen", False):
        return [_packaged(window), *arguments]
    return [sys.executable, "-m", "otn_studio", *arguments]


def _packaged(window: bool) -> str:
    """An AppImage is not where it runs; on Windows only one of two programs hears what is said."""
    if sys.platform == "win32":
        name = "otn-studio-window.exe" if window else "otn-studio.exe"
        return str(Path(sys.executable).with_name(name))
    return os.environ.get("APPIMAGE") or sys.executable


def environment(settings: Mapping[str, str]) -> dict[str, str]:
    """The environment of such a process with these settings, named without their prefix."""
    return os.environ | {PREFIX + name: value for name, value in settings.items()}


def start_detached(log: Path, settings: Mapping[str, str], *arguments: str) -> str:
    """Start a process that outlives this one, and answer the address that it says it listens on.

    Its number is kept beside the log, for `process_of`.

    Raises:
        Problem: it did not start; what it said is in the sentence.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w", encoding="utf-8") as file:
        process = subprocess.Popen(
            command(*arguments),
            env=environment(settings),
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),  # Windows would show one
        )
    _STARTED.append(process)
    log.with_suffix(".pid").write_text(str(process.pid))
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        said = log.read_text(encoding="utf-8")
        if (address := address_in(said)) is not None:
            return address
        if process.poll() is not None:
            break
        time.sleep(0.05)
    raise Problem("The {verb} did not start: {said}", verb=arguments[0], said=said.strip() or "?")


def end(process_id: int) -> None:
    """Ask a process to end, if it is still there, and wait for it where it is our own child."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(process_id, signal.SIGTERM)
    for child in [child for child in _STARTED if child.pid == process_id]:
        child.wait(PATIENCE)
        _STARTED.remove(child)


def process_of(log: Path) -> int | None:
    """The number of the process that was started with this log last."""
    try:
        return int(log.with_suffix(".pid").read_text())
    except (OSError, ValueError):
        return None


def address_in(said: str) -> str | None:
    """The address in what a process said on its first line."""
    found = re.search(r"http://[\w.\[\]:]+?:\d+", said)
    return found and found[0]
