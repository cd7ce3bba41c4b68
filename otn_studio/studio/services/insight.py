"""What the studio is told of how the Page does.

As all services, they are called through `Background` only, and raise `Problem`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

IN_CONVERSATION = ""
"""Instead of a topic: messages that used no permission."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The funnel, of messages: how many asked for a permission, to how many of those the person said
    yes, how many were sent, arrived, were read, and were answered within a day."""

    asked: int = 0
    opted_in: int = 0
    sent: int = 0
    delivered: int = 0
    read: int = 0
    answered: int = 0

    @property
    def any(self) -> bool:
        return bool(self.asked or self.sent)


@dataclass(frozen=True, slots=True)
class Choice:
    """What is to be seen: the days, both included, without a first one since ever; a topic, else all
    of them; a flow, else all of them."""

    first: date | None
    last: date
    topic: str | None = None
    flow: str | None = None


@dataclass(frozen=True, slots=True)
class PermissionDay:
    """What became of permissions on a day."""

    gained: int = 0
    used: int = 0
    stopped: int = 0
    expired: int = 0


@dataclass(frozen=True, slots=True)
class Forecast:
    """How many of the permissions that are held are left at the end of coming days, if nobody says
    yes anew and as many go on being used each day. ``runs_out`` is the day on which none is left.
    """

    held: int = 0
    used_a_day: float = 0.0
    left: Mapping[date, int] = field(default_factory=dict)
    runs_out: date | None = None


@dataclass(frozen=True, slots=True)
class Insight:
    """What there is to see. Every day of the period is there; topics and flows are by their names."""

    total: Figures
    days: Mapping[date, Figures]
    hours: Sequence[Figures]
    topics: Sequence[tuple[str, Figures]]
    flows: Sequence[tuple[str, Figures]]
    permissions: Mapping[date, PermissionDay]
    forecast: Forecast

    @property
    def any(self) -> bool:
        moved = any(day != PermissionDay() for day in self.permissions.values())
        return self.total.any or moved or self.forecast.held > 0


@dataclass(frozen=True, slots=True)
class Choices:
    """The topics and flows that can be chosen, names by ids, and today by the Page's clock; ``ever``:
    whether there is anything at all."""

    topics: Mapping[str, str]
    flows: Mapping[str, str]
    today: date
    ever: bool


@dataclass(frozen=True, slots=True)
class FlowFigures:
    """The figures of a flow's blocks, and how often each of its ways was gone; an empty way out: the
    block was come to."""

    blocks: Mapping[str, Figures]
    ways: Mapping[tuple[str, str], int]


class Insights(Protocol):
    """How the Page does."""

    def count(self, on_step: Callable[[int], None]) -> None:
        """Count what has happened since the last time; ``on_step`` hears of how many events."""

    def choices(self) -> Choices: ...

    def look(self, choice: Choice) -> Insight: ...

    def of_flow(self, flow: str, days: int) -> FlowFigures:
        """Of the last days, today included."""
