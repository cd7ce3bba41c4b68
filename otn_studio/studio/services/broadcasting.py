"""What the studio is told of broadcasts, and what it can do with them.

As all services, they are called through `Background` only, and raise `Problem`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from zoneinfo import ZoneInfo

from otn_studio.blocks.words import Words
from otn_studio.policy.calendar import Frequency


class State(StrEnum):
    """Where a broadcast is."""

    PLANNED = "planned"
    SENDING = "sending"
    PAUSED = "paused"
    CANCELLED = "cancelled"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class BroadcastRow:
    """One broadcast in the list. ``what`` is its text, or the name of its flow; of its ``people`` so
    many are ``told``."""

    id: int
    topic: str
    what: str
    state: State
    begins_at: datetime
    people: int
    told: int
    segment: str = ""


@dataclass(frozen=True, slots=True)
class Choices:
    """What a broadcast can be made of: topics with how often, segments by their names, the Page's
    time zone."""

    topics: tuple[tuple[str, str, Frequency | None], ...]
    segments: tuple[tuple[int, str], ...]
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class Draft:
    """A broadcast to be: a text or a flow. Without ``at`` it goes at once, without ``segment`` to
    everybody; ``waits``: also to those who can't get it yet, when they can."""

    topic: str
    text: str | None = None
    flow: str | None = None
    at: datetime | None = None
    segment: int | None = None
    waits: bool = True


@dataclass(frozen=True, slots=True)
class Outlook:
    """Whom it would reach: ``now`` of them at its time, and so many in all; in sentences."""

    now: int
    people: int
    lines: tuple[Words, ...]
    warning: Words | None = None


@dataclass(frozen=True, slots=True)
class BroadcastReport:
    """What has become of everybody whom it was for: so many of the ``people`` by each sentence."""

    people: int
    ended: int
    lines: tuple[tuple[Words, int], ...]


class Broadcasts(Protocol):
    """The broadcasts of the Page."""

    def all(self) -> Sequence[BroadcastRow]:
        """The newest first."""

    def choices(self) -> Choices: ...

    def flows(self, topic: str) -> Mapping[str, str]:
        """The names of the published flows that begin where the topic is announced, by their ids."""

    def outlook(self, draft: Draft) -> Outlook: ...

    def send(self, draft: Draft) -> int:
        """Have it sent at its time; answers its number."""

    def report(self, id: int) -> BroadcastReport: ...

    def pause(self, id: int) -> None: ...

    def resume(self, id: int) -> None: ...

    def cancel(self, id: int) -> None: ...
