"""A recorded conversation as values; ``line`` is where its file says so."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from otn_studio.blocks.event import Fetched
from otn_studio.checks.conversations.tapping import Address
from otn_studio.policy.profiles import DEFAULT

A_MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class Tone(StrEnum):
    """How a message of the bot is meant."""

    SAID = "said"
    MAYBE = "maybe"
    """It may be said or not."""
    NOT_SAID = "not_said"


@dataclass(frozen=True, slots=True)
class Expected:
    """A message: its text or title, where ``*`` stands for anything, and what it shows to tap.

    ``buttons`` are titles; none: whatever there is.
    """

    line: int
    text: str = "*"
    buttons: tuple[str, ...] | None = None
    tone: Tone = Tone.SAID


@dataclass(frozen=True, slots=True)
class Me:
    """The person writes."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class TapOn:
    """The person taps a button or a quick reply."""

    line: int
    address: Address


@dataclass(frozen=True, slots=True)
class Yes:
    """The person says yes to a request, by its opt-in message."""

    line: int
    address: Address


@dataclass(frozen=True, slots=True)
class ChangeOfMind:
    """The person stops a topic that lasts, or resumes it."""

    line: int
    topic: str
    stops: bool


@dataclass(frozen=True, slots=True)
class Agree:
    """The person says yes to a topic elsewhere: to a card that none of the flows sent."""

    line: int
    topic: str


@dataclass(frozen=True, slots=True)
class React:
    """The person puts an emoji on the bot's last message: it opens the 24 hours, no more."""

    line: int
    emoji: str


@dataclass(frozen=True, slots=True)
class Announce:
    """The Page announces something on a topic."""

    line: int
    topic: str


@dataclass(frozen=True, slots=True)
class Start:
    """What a start of the flow answers happens: it is named by its title, or by its id.

    With any other block the conversation goes on right there.
    """

    line: int
    block: str


@dataclass(frozen=True, slots=True)
class Advance:
    """Time passes: so much, or until an instant."""

    line: int
    time: timedelta | datetime


@dataclass(frozen=True, slots=True)
class Bot:
    """All that the bot has said since it was listened to last, in its order."""

    line: int
    messages: tuple[Expected, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """What is to be so now. ``permissions``: whether one for the topic can be used; ``told``: the
    colleagues who were written to, all of them.
    """

    line: int
    fields: Mapping[str, str] = field(default_factory=dict)
    tags: Mapping[str, bool] = field(default_factory=dict)
    page: Mapping[str, str] = field(default_factory=dict)
    permissions: Mapping[str, bool] = field(default_factory=dict)
    told: tuple[str, ...] | None = None
    handed_over: bool | None = None


Deed = Me | React | TapOn | Yes | Agree | ChangeOfMind | Announce | Start | Advance
"""What happens; the rest says what is to come of it."""
Step = Deed | Bot | Facts


@dataclass(frozen=True, slots=True)
class Given:
    """What is so when a conversation begins.

    ``permissions`` and ``wrote`` say how long ago it was that the person said yes to a topic, and
    that they last wrote. ``answers`` are those of other programs on the web, by block.
    """

    line: int = 1
    now: datetime = A_MONDAY
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    rules: str = DEFAULT
    country: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    page: Mapping[str, str] = field(default_factory=dict)
    permissions: Mapping[str, timedelta] = field(default_factory=dict)
    wrote: timedelta | None = None
    answers: Mapping[str, Fetched] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Conversation:
    line: int
    name: str
    given: Given
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Script:
    """All recorded conversations of a flow. ``beside`` are files of flows that are live with it."""

    beside: tuple[str, ...]
    conversations: tuple[Conversation, ...]
