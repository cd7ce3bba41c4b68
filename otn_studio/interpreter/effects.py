"""What the interpreter asks of its host, as values."""

from dataclasses import dataclass
from datetime import datetime

from otn_studio.blocks.outgoing import Message, PrivateReply
from otn_studio.blocks.turn import Deed, Request
from otn_studio.blocks.words import Words


@dataclass(frozen=True, slots=True)
class StartTimer:
    """Tell the conversation that it `Woke`, with this ticket, when the time has come."""

    ticket: int
    due_at: datetime


@dataclass(frozen=True, slots=True)
class StopTimer:
    ticket: int


@dataclass(frozen=True, slots=True)
class SendMessages:
    """Send these, in order; then tell the conversation `Delivered` or `NotSent` with the ticket.

    ``topic`` is empty for messages in the conversation, else they spend a permission for it. ``reply``
    is what they answer, where that is all that lets them go.
    """

    ticket: int
    flow: str
    version: int
    block: str
    messages: tuple[Message, ...]
    topic: str
    reply: PrivateReply | None = None


@dataclass(frozen=True, slots=True)
class FetchAnswer:
    """Make the request; then tell the conversation `Fetched` with the ticket."""

    ticket: int
    flow: str
    version: int
    block: str
    request: Request


@dataclass(frozen=True, slots=True)
class Do:
    """Do this for the person."""

    deed: Deed
    flow: str
    version: int
    block: str


@dataclass(frozen=True, slots=True)
class Note:
    """Something for the timeline. ``flow`` is empty where no flow was concerned."""

    words: Words
    flow: str = ""
    version: int = 0
    block: str = ""


HostEffect = StartTimer | StopTimer | SendMessages | FetchAnswer | Do | Note
