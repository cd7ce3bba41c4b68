"""Where a person is in their conversations: ids only, never the flow itself."""

from collections.abc import Mapping
from dataclasses import astuple, dataclass, field
from datetime import datetime
from typing import Any

from pydantic_core import from_json, to_json

from otn_studio.blocks.outgoing import PrivateReply

HEARD = "heard"
"""What a thread is told that waits for the person's answer."""


@dataclass(frozen=True, slots=True)
class Return:
    """Where a run goes on when the flow that it has gone to has ended."""

    flow: str
    version: int
    block: str
    port: str


@dataclass(frozen=True, slots=True)
class Thread:
    """A place in a flow at which a run waits, by the ticket that wakes it.

    ``leads`` says by which way out it goes on, for each thing that it may be told. ``steps`` counts
    the blocks since somebody or something outside last acted, ``tries`` the answers in vain to what
    was asked here. ``reply`` is what one message may answer, if it has not. ``returns`` are the flows
    that led here, the first one first.
    """

    ticket: int
    flow: str
    version: int
    block: str
    leads: dict[str, str]
    steps: int = 0
    tries: int = 0
    reply: PrivateReply | None = None
    returns: tuple[Return, ...] = ()

    @property
    def run(self) -> str:
        """The flow whose run this is: the one that it began in."""
        return self.returns[0].flow if self.returns else self.flow


@dataclass(frozen=True, slots=True)
class Offer:
    """The person's own number or address, offered below the latest message, and where it is kept."""

    flow: str
    version: int
    block: str
    detail: str
    field: str


@dataclass(frozen=True, slots=True)
class Conversation:
    """All threads of one person, and the next free ticket. A ticket is never used twice.

    ``offers`` hold until the next message, or until the person writes.
    """

    next_ticket: int = 1
    threads: dict[int, Thread] = field(default_factory=dict)
    offers: tuple[Offer, ...] = ()

    def listening(self) -> Thread | None:
        """See `latest_listening`."""
        return latest_listening(self.threads)

    def to_text(self) -> str:
        if not self.threads and self.next_ticket == 1:
            return "{}"
        rows = [
            (
                *(t.ticket, t.flow, t.version, t.block, t.leads, t.steps, t.tries),
                *([(t.reply.comment, t.reply.until.isoformat())] if t.reply else []),
                [astuple(back) for back in t.returns],
            )
            for t in self.threads.values()
        ]
        offers = {"offers": [astuple(offer) for offer in self.offers]} if self.offers else {}
        return to_json({"next": self.next_ticket, "threads": rows, **offers}).decode()

    @classmethod
    def from_text(cls, text: str) -> "Conversation":
        if text == "{}":
            return cls()
        data = from_json(text)
        threads = [_thread(*row) for row in data["threads"]]
        offers = tuple(Offer(*written) for written in data.get("offers", ()))
        return cls(data["next"], {thread.ticket: thread for thread in threads}, offers)


def latest_listening(threads: Mapping[int, Thread]) -> Thread | None:
    """The latest thread that waits for what the person writes."""
    tickets = [ticket for ticket, thread in threads.items() if HEARD in thread.leads]
    return threads[max(tickets)] if tickets else None


def _thread(*written: Any) -> Thread:
    *row, returns = written
    reply = None
    if isinstance(row[-1], list):
        comment, until = row.pop()
        reply = PrivateReply(comment, datetime.fromisoformat(until))
    return Thread(*row, reply=reply, returns=tuple(Return(*back) for back in returns))
