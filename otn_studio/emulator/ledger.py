"""What the Send API did: every message that it took, in order, and how often it refused.

Tests judge an engine by it: a message that stands here twice was sent twice.
"""

from collections import Counter
from dataclasses import asdict, dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Accepted:
    """A message that reached its person. ``token`` is the permission that it used, if any."""

    id: str
    recipient: str
    kind: str
    metadata: str | None
    token: str | None
    at: datetime

    def shown(self) -> dict:
        """The record as the control API shows it."""
        return asdict(self) | {"at": self.at.isoformat(timespec="microseconds")}


@dataclass(slots=True)
class Ledger:
    """The accepted sends in order, and the refused calls counted by their error code.

    ``asked_again`` are the re-opt-in cards, which Messenger itself has sent.
    """

    sends: list[Accepted] = field(default_factory=list)
    asked_again: list[Accepted] = field(default_factory=list)
    refused: Counter[int] = field(default_factory=Counter)

    def shown(self) -> dict:
        """The ledger as the control API shows it."""
        return {
            "sends": [accepted.shown() for accepted in self.sends],
            "asked_again": [accepted.shown() for accepted in self.asked_again],
            "refused": {str(code): count for code, count in sorted(self.refused.items())},
        }
