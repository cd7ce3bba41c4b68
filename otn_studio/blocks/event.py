"""What can happen to a conversation, as values. A person did it, or the engine did.

``at`` is when it happened, an aware instant in UTC; for what a person did it is Messenger's own
time, since the 24-hour window is counted from there.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from otn_studio.policy.window import Action


@dataclass(frozen=True, slots=True)
class Event:
    """The base of all events. ``action`` says what it is in the eyes of Messenger's rules."""

    action: ClassVar[Action | None] = None

    at: datetime


@dataclass(frozen=True, slots=True)
class Wrote(Event):
    """The person sent a message. ``text`` is empty for a picture, a sticker or the like; ``files`` are
    the addresses of what they sent.
    """

    action = Action.MESSAGE

    text: str
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tapped(Event):
    """The person tapped a button or a quick reply; ``reply`` is what we had put behind it."""

    action = Action.BUTTON

    reply: str


@dataclass(frozen=True, slots=True)
class PressedGetStarted(Event):
    """The person pressed Get Started; ``ref`` is set where an m.me link had led them there."""

    action = Action.BUTTON

    ref: str = ""


@dataclass(frozen=True, slots=True)
class OpenedLink(Event):
    """The person came back to the conversation through an m.me link."""

    action = Action.LINK

    ref: str


@dataclass(frozen=True, slots=True)
class ChoseEntry(Event):
    """The person tapped an entry of the menu, or a question that they can begin with: that start."""

    action = Action.BUTTON

    flow: str
    block: str


@dataclass(frozen=True, slots=True)
class Commented(Event):
    """The person wrote below a post. That opens no window, but one message may answer it."""

    post: str
    comment: str
    text: str


@dataclass(frozen=True, slots=True)
class Reacted(Event):
    """The person put a reaction on a message: it opens the window, no more."""

    action = Action.REACTION


@dataclass(frozen=True, slots=True)
class Lasting:
    """What Messenger says of a yes to a recurring topic; anything but ``renewed`` may be missing.

    ``frequency`` is in small letters, ``zone`` an IANA name. ``renewed``: they said yes once more
    before the old one ended.
    """

    frequency: str
    expires_at: datetime | None
    zone: str
    title: str
    renewed: bool = False


@dataclass(frozen=True, slots=True)
class OptedIn(Event):
    """The person said yes to a card. ``reply`` is what we had put behind it.

    ``topic`` is known once the yes is kept, as for `Stopped` and `Resumed`.
    """

    action = Action.OPT_IN

    reply: str
    permission: str
    """What Messenger gave us to use the permission with; of one-time ones it is the only copy."""
    lasting: Lasting | None = None
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Stopped(Event):
    """The person wants no more messages on a topic, for now. The permission stays."""

    action = Action.OPT_IN

    permission: str
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Resumed(Event):
    """The person wants messages on a topic again."""

    action = Action.OPT_IN

    permission: str
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Announced(Event):
    """Something is announced on a topic, and this person holds a permission for it."""

    topic: str
    flow: str


@dataclass(frozen=True, slots=True)
class Joined(Event):
    """The person was put on a sequence, which is that flow."""

    flow: str


@dataclass(frozen=True, slots=True)
class Left(Event):
    """The person was taken off a sequence, which is that flow."""

    flow: str


@dataclass(frozen=True, slots=True)
class Woke(Event):
    """A wait is over. ``ticket`` names the place in the conversation that waited."""

    ticket: int


@dataclass(frozen=True, slots=True)
class Delivered(Event):
    """All messages of a block went out, as far as we can know."""

    ticket: int


@dataclass(frozen=True, slots=True)
class NotSent(Event):
    """A block's messages could not be sent. ``too_late``: the 24 hours were over."""

    ticket: int
    reason: str
    too_late: bool


@dataclass(frozen=True, slots=True)
class Fetched(Event):
    """What another program on the web said. Without a ``status`` it said nothing; ``problem`` is why,
    and it is ``late`` if it took too long.
    """

    ticket: int
    status: int | None = None
    body: str = ""
    problem: str = ""
    late: bool = False
