"""What a flow sends, as values, before it becomes one of Messenger's payloads.

A ``Choice`` leads on in the flow from one of the block's ports; a ``Link`` leaves the conversation.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to tap that leads on from the block's ``port``."""

    title: str
    port: str


@dataclass(frozen=True, slots=True)
class Link:
    """A button that opens a page on the web."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class TextMessage:
    """A text, with quick replies below it where there are any."""

    text: str
    quick_replies: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class ButtonsMessage:
    """A text with up to three buttons."""

    text: str
    buttons: tuple[Choice | Link, ...]


@dataclass(frozen=True, slots=True)
class PictureMessage:
    """A picture by its address on the web."""

    url: str


@dataclass(frozen=True, slots=True)
class OptInCard:
    """The card that asks for a one-time permission; its button always reads *Notify Me*."""

    title: str
    topic: str
    port: str


@dataclass(frozen=True, slots=True)
class RecurringCard:
    """The card that asks for a lasting permission. ``button`` is one of Messenger's wordings."""

    title: str
    topic: str
    port: str
    picture: str = ""
    square: bool = False
    button: str = ""


Request = OptInCard | RecurringCard
Message = TextMessage | ButtonsMessage | PictureMessage | Request
