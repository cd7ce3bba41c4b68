"""What the studio is told of sequences, and what it can do with them.

As all services, they are called through `Background` only, and raise `Problem`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from otn_studio.flow.document import Topic


@dataclass(frozen=True, slots=True)
class SequenceRow:
    """One live sequence: its topics by name, its messages, and the people that are on it."""

    id: str
    name: str
    topics: tuple[str, ...]
    messages: int
    people: int


@dataclass(frozen=True, slots=True)
class Choices:
    """The topics of the Page by id, and its segments by number and name."""

    topics: tuple[tuple[str, Topic], ...]
    segments: tuple[tuple[int, str], ...]


class Sequences(Protocol):
    """The sequences of the Page."""

    def all(self) -> Sequence[SequenceRow]: ...

    def choices(self) -> Choices: ...

    def put_on(self, id: str, segment: int | None) -> int:
        """Put the people of a segment on it, or everybody; answers how many were told."""

    def take_off(self, id: str) -> int:
        """Take everybody off it; answers how many were told."""
