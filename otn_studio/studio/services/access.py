"""The keys with which the shop's own systems may announce, as the studio sees them.

As all services, they are called through `Background` only, and raise `Problem`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A key that is good. The key itself is nowhere."""

    id: int
    name: str
    made_at: datetime
    used_at: datetime | None = None


class ApiKeys(Protocol):
    """The keys of the Page."""

    def all(self) -> Sequence[KeyRow]: ...

    def make(self, name: str) -> str:
        """A new key, which nobody is ever told again."""

    def withdraw(self, id: int) -> None: ...
