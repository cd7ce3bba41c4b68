"""A story of one person: what they do, and when, until something goes wrong."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from otn_studio.blocks.effect import ANYBODY, Person


@dataclass(frozen=True, slots=True)
class Begin:
    """They do what a start answers; of an announcement, the Page does."""

    flow: str
    block: str


@dataclass(frozen=True, slots=True)
class Tap:
    """They tap a button or a quick reply."""

    flow: str
    block: str
    port: str


@dataclass(frozen=True, slots=True)
class Answer:
    """They answer the question of a block by writing this."""

    flow: str
    block: str
    text: str


@dataclass(frozen=True, slots=True)
class SayYes:
    """They tap an opt-in card."""

    flow: str
    block: str
    port: str
    topic: str


@dataclass(frozen=True, slots=True)
class Stop:
    """They stop a topic."""

    topic: str


@dataclass(frozen=True, slots=True)
class Resume:
    """They want a topic again that they had stopped."""

    topic: str


@dataclass(frozen=True, slots=True)
class Given:
    """They say yes to a topic that none of the flows asks for: the card came from elsewhere."""

    topic: str


@dataclass(frozen=True, slots=True)
class Write:
    """They write something, which opens the window and need not start anything."""


@dataclass(frozen=True, slots=True)
class React:
    """They put a reaction on the Page's last message, which opens the window and starts nothing."""


Act = Write | React | Begin | Tap | Answer | SayYes | Stop | Resume | Given


@dataclass(frozen=True, slots=True)
class Moment:
    """An act, so long after the one before or, for a tap or an answer, after it has become possible."""

    pause: timedelta
    act: Act


@dataclass(frozen=True, slots=True)
class Story:
    """``late`` is how long after it is due each step of the engine comes.

    It ends at ``ends_at`` with a message of ``block`` in ``flow`` that the rules refuse.
    """

    begins_at: datetime
    moments: tuple[Moment, ...]
    late: timedelta
    flow: str
    block: str
    refusal: str
    ends_at: datetime
    person: Person = ANYBODY
