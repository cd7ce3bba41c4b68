"""What the studio is told of the Page's people, and what it can do with them.

As all services, they are called through `Background` only, and raise `Problem`.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

from otn_studio.blocks.field import Field
from otn_studio.blocks.words import Words
from otn_studio.flow.audience import Audience
from otn_studio.policy.calendar import Frequency


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person in the list. ``topics`` are the names of those they hold a permission for."""

    id: int
    person_id: str
    name: str
    tags: tuple[str, ...]
    topics: tuple[str, ...]
    first_seen: datetime
    last_action: datetime | None
    reachable: bool = True


class Status(StrEnum):
    """What can be done with a permission now. ``TAKEN``: a message has it just now."""

    USABLE = "usable"
    WAITS = "waits"
    TAKEN = "taken"
    USED = "used"
    STOPPED = "stopped"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Permission:
    """One yes of a person. ``usable_from`` is when it may be used next."""

    id: int
    topic: str
    frequency: Frequency | None
    status: Status
    since: datetime
    until: datetime | None
    usable_from: datetime | None


@dataclass(frozen=True, slots=True)
class Person:
    """All that is known of one person. ``fields`` are (key, name, value).

    They can be answered until ``window_ends``, and by hand until ``by_hand_ends``; the bot is quiet
    until ``quiet_until``.
    """

    row: PersonRow
    fields: tuple[tuple[str, str, str], ...]
    permissions: tuple[Permission, ...]
    window_ends: datetime | None = None
    by_hand_ends: datetime | None = None
    quiet_until: datetime | None = None


class Side(StrEnum):
    """Whose doing it was. ``BOT`` stands for what was decided."""

    PERSON = "person"
    PAGE = "page"
    BOT = "bot"


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happened. ``text`` is what was said, to the letter; ``outcome`` is what became
    of a message, and why; ``details`` what Messenger said.
    """

    at: datetime
    side: Side
    words: Words
    text: str = ""
    outcome: Words | None = None
    failed: bool = False
    details: str = ""


@dataclass(frozen=True, slots=True)
class SegmentRow:
    """An audience with a name."""

    id: int
    name: str
    audience: Audience


@dataclass(frozen=True, slots=True)
class Known:
    """What people can be looked for by: tags, fields and topics by their keys, and segments.

    Dates and times that are typed are meant in ``zone``. ``now`` is the time where the Page is, which
    may be another one where somebody practises.
    """

    tags: tuple[str, ...] = ()
    fields: Mapping[str, Field] = field(default_factory=dict)
    topics: Mapping[str, str] = field(default_factory=dict)
    segments: tuple[SegmentRow, ...] = ()
    zone: tzinfo = UTC
    now: datetime | None = None


class Contacts(Protocol):
    """The people of the Page."""

    def ids(self, audience: Audience) -> Iterator[Sequence[int]]:
        """Who is meant, the newest first, some at a time."""

    def rows(self, ids: Collection[int]) -> Mapping[int, PersonRow]: ...

    def known(self) -> Known: ...

    def person(self, id: int) -> Person | None:
        """None where they are not there any more."""

    def timeline(self, id: int, after: Any = None) -> tuple[Sequence[Moment], Any]:
        """What happened, the latest first; and what to ask with for the rest, none where that was
        all."""

    def write(self, id: int, text: str) -> None: ...

    def set_field(self, id: int, key: str, value: str) -> None: ...

    def add_tag(self, id: int, tag: str) -> None: ...

    def remove_tag(self, id: int, tag: str) -> None: ...

    def remove_permission(self, id: int, permission: int) -> Callable[[], None]:
        """Answers what takes it back."""

    def forget(self, id: int) -> None:
        """Delete a person for good, with all that is known of them."""

    def keep_segment(self, name: str, audience: Audience) -> int: ...

    def remove_segment(self, id: int) -> None: ...

    def export(self, audience: Audience, file: Path, step: Callable[[float], None]) -> int:
        """Answers how many people are in the file. ``step`` hears how much is done; what it raises
        ends the work, and there is no file then."""
