"""What a process can be there for."""

from enum import StrEnum
from typing import Protocol


class Role(StrEnum):
    """The parts of an engine that may run apart, and all of them in one."""

    ALL = "all"
    WEBHOOK = "webhook"
    WORKER = "worker"
    SENDER = "sender"


class Part(Protocol):
    """One part of an engine, with threads of its own."""

    role: Role

    def start(self) -> None: ...

    def stop(self) -> None: ...

    def is_alive(self) -> bool: ...

    def ring(self) -> None:
        """Somebody has something for this part to do."""
