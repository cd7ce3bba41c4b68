"""One step of a conversation: what a block is told (`Turn`) and what it answers (`Step`).

Both are plain values. A block never sends, sleeps or stores: it says what should happen, and the
interpreter's host makes it happen.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from otn_studio.blocks import liquid
from otn_studio.blocks.liquid import BrokenText
from otn_studio.blocks.outgoing import Message
from otn_studio.blocks.words import Words


@dataclass(frozen=True, slots=True)
class Contact:
    """What a flow may know of the person it talks with."""

    id: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    tags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Go:
    """Go on at once, by a way out of the block."""

    port: str


@dataclass(frozen=True, slots=True)
class Sleep:
    """Go on by ``port`` at ``until``."""

    until: datetime
    port: str


@dataclass(frozen=True, slots=True)
class Send:
    """Send these messages, in order, then go on by ``next``; if they can't go, by another way.

    ``topic`` is empty for messages in the conversation; else the permission for it is spent.
    """

    messages: tuple[Message, ...]
    topic: str = ""
    next: str = "next"
    too_late: str = "too_late"
    could_not_send: str = "could_not_send"


@dataclass(frozen=True, slots=True)
class Call:
    """Go on in another flow, and by ``then`` when that has ended."""

    flow: str
    then: str


@dataclass(frozen=True, slots=True)
class SetField:
    """Store a value with the contact. ``None`` clears the field."""

    field: str
    value: str | None


Effect = SetField


@dataclass(frozen=True, slots=True)
class Step:
    """A block's answer: what it changes, what is worth a note in the timeline, how to go on."""

    then: Go | Sleep | Send | Call
    effects: tuple[Effect, ...] = ()
    notes: tuple[Words, ...] = ()


@dataclass
class Turn:
    """What a block is told. Its methods write the answer."""

    now: datetime
    contact: Contact
    notes: list[Words] = field(default_factory=list)

    def render(self, source: str, limit: int) -> str:
        """Fill in a text for this person; cut, with a note, where it gets longer than ``limit``."""
        try:
            text = liquid.render(source, {"contact": self.contact.fields})
        except BrokenText as problem:
            self.notes.append(
                Words("A text could not be filled in: {problem}", problem=str(problem))
            )
            return ""
        if len(text) <= limit:
            return text
        self.notes.append(
            Words(
                "A text was cut from {length} to {limit} characters", length=len(text), limit=limit
            )
        )
        return text[: limit - 1].rstrip() + "…"

    def go(self, port: str = "next", *effects: Effect) -> Step:
        return Step(Go(port), effects, tuple(self.notes))

    def sleep_until(self, until: datetime, then: str = "next") -> Step:
        return Step(Sleep(until, then), notes=tuple(self.notes))

    def call(self, flow: str, then: str = "next") -> Step:
        return Step(Call(flow, then), notes=tuple(self.notes))

    def send(self, messages: tuple[Message, ...], topic: str = "") -> Step:
        return Step(Send(messages, topic), notes=tuple(self.notes))
