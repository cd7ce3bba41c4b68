"""macOS: an agent of launchd, which begins when its person logs in."""

import os
import plistlib
from contextlib import suppress
from pathlib import Path
from typing import Final

from otn_studio.blocks.words import Problem
from otn_studio.cli.background.service import Service, State, ask, tell

LABEL: Final = "org.otn-studio.engine"
_UMASK: Final = 0o077
_WAIT: Final = 10


class Launchd:
    """Implements `Keeper`."""

    def __init__(self, folder: Path | None = None) -> None:
        self._file = (folder or Path.home() / "Library" / "LaunchAgents") / f"{LABEL}.plist"

    def install(self, service: Service) -> None:
        with suppress(Problem):
            self.remove()
        self._file.parent.mkdir(parents=True, exist_ok=True)
        service.log.parent.mkdir(parents=True, exist_ok=True)
        self._file.write_bytes(plist(service))
        try:
            tell("launchctl", "bootstrap", _domain(), str(self._file))
        except Problem:
            self._file.unlink()
            raise

    def remove(self) -> None:
        if not self._file.exists():
            return
        if ask("launchctl", "print", _target()) is not None:
            tell("launchctl", "bootout", _target())
        self._file.unlink()

    def state(self) -> State:
        if not self._file.exists():
            return State(installed=False, running=False)
        return State(True, "state = running" in (ask("launchctl", "print", _target()) or ""))


def plist(service: Service) -> bytes:
    """What launchd is told of the service."""
    return plistlib.dumps(
        {
            "Label": LABEL,
            "ProgramArguments": list(service.command),
            "EnvironmentVariables": dict(service.settings),
            "RunAtLoad": True,
            "KeepAlive": {"SuccessfulExit": False},
            "ThrottleInterval": _WAIT,
            "ProcessType": "Background",
            "Umask": _UMASK,
            "StandardOutPath": str(service.log),
            "StandardErrorPath": str(service.log),
        }
    )


def _domain() -> str:
    """That of the person who is logged in at the screen."""
    return f"gui/{os.getuid()}"


def _target() -> str:
    return f"{_domain()}/{LABEL}"
