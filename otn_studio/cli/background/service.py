"""What is the same on every system: what the service is, and who keeps it."""

import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple, Protocol

from otn_studio.blocks.words import Problem

NAME: Final = "otn-studio-engine"
TITLE: Final = "OTN Studio: the engine"
SECONDS: Final = 30


@dataclass(frozen=True, slots=True)
class Service:
    """What is to run: the ``command`` with its ``settings``, none of them secret; and its ``log``."""

    command: Sequence[str]
    settings: Mapping[str, str]
    log: Path


class State(NamedTuple):
    """Whether there is such a service, and whether it runs now."""

    installed: bool
    running: bool


class Keeper(Protocol):
    """A system that keeps a service running. All of these raise `Problem`."""

    def install(self, service: Service) -> None:
        """Have it run from now on. One that is there already is replaced."""

    def remove(self) -> None:
        """Stop it, and leave nothing of it. Nothing happens where there is none."""

    def state(self) -> State: ...


def ask(*command: str) -> str | None:
    """What a tool of the system says; none where it says no.

    Raises:
        Problem: there is no such tool, or it does not answer.
    """
    told = _run(command)
    return _text(told.stdout) if told.returncode == 0 else None


def tell(*command: str) -> None:
    """Have a tool of the system do something.

    Raises:
        Problem: it did not; what it said is in the sentence.
    """
    told = _run(command)
    if told.returncode != 0:
        raise Problem(
            "The system does not do that with the service. {tool} says: {said}",
            tool=command[0],
            said=_text(told.stderr) or _text(told.stdout) or "?",
        )


def _run(command: Sequence[str]) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Problem(
            "This computer can’t begin the engine by itself. Show whoever looks after it “For"
            " administrators” in the help."
        ) from error


def _text(said: bytes) -> str:
    return said.decode(errors="replace").strip()
