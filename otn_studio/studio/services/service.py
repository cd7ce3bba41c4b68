"""The engine as a service of the system, as the studio sees it.

As all services, it is called through `Background` only, and raises `Problem`.
"""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class ServiceState:
    """``why_not``: it can't be one here and now, for this reason."""

    installed: bool
    running: bool
    why_not: str = ""


class EngineService(Protocol):
    """The engine begins by itself, or does not."""

    def state(self) -> ServiceState: ...

    def install(self) -> None:
        """An engine that the studio has started makes room for it."""

    def remove(self) -> None:
        """The engine stops; no data are lost."""
