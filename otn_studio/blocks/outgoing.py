"""What a flow sends, as values, before it becomes one of Messenger's payloads.

A ``Choice`` leads on in the flow from one of the block's ports; a ``Link`` leaves the conversation,
a ``PhoneCall`` dials.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from otn_studio.policy.media import Medium


@dataclass(frozen=True, slots=True)
class PrivateReply:
    """The right to answer a comment with one message, until then."""

    comment: str
    until: datetime


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
class PhoneCall:
    """A button that dials a telephone number."""

    title: str
    number: str


Button = Choice | Link | PhoneCall


class Detail(StrEnum):
    """What Messenger knows of a person and lets them send with one tap."""

    PHONE = "phone_number"
    EMAIL = "email_address"


@dataclass(frozen=True, slots=True)
class OwnDetail:
    """A quick reply that is the person's own number or address; tapped, it is what they wrote.

    Who has not given Messenger theirs does not see it. ``field`` keeps it; empty: none does.
    """

    detail: Detail
    field: str = ""


QuickReply = Choice | OwnDetail


@dataclass(frozen=True, slots=True)
class TextMessage:
    """A text, with quick replies below it where there are any."""

    text: str
    quick_replies: tuple[QuickReply, ...] = ()


@dataclass(frozen=True, slots=True)
class ButtonsMessage:
    """A text with up to three buttons."""

    text: str
    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class MediaMessage:
    """A picture, video, sound or file: ``url`` is its address on the web, or what the flow's files
    are kept by.
    """

    medium: Medium
    url: str


@dataclass(frozen=True, slots=True)
class ShownCard:
    """One card: a title with a picture above, words and buttons below."""

    title: str
    subtitle: str = ""
    picture: str = ""
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True)
class CardsMessage:
    """A card, or several side by side."""

    cards: tuple[ShownCard, ...]


@dataclass(frozen=True, slots=True)
class Typing:
    """The typing sign, so many seconds long. No message: the next one comes after it."""

    seconds: int


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
Message = TextMessage | ButtonsMessage | MediaMessage | CardsMessage | Typing | Request


EMPTY: Final = "empty"
"""Why messages are not sent that are empty once they are filled in."""


def are_empty(messages: Sequence[Message]) -> bool:
    """Whether there is nothing to send, or a text is missing without which one can't be sent."""
    texts = [text for message in messages for text in texts_needed(message)]
    return not messages or not all(map(str.strip, texts))


def texts_needed(message: Message) -> tuple[str, ...]:
    """The texts without which Messenger takes no such message.

    >>> texts_needed(TextMessage("Size?", (Choice("42", "ask.s42"),)))
    ('Size?', '42')
    """
    match message:
        case TextMessage(text, replies):
            return (text, *_titles(replies))
        case ButtonsMessage(text, buttons):
            return (text, *_titles(buttons))
        case CardsMessage(cards):
            return tuple(text for card in cards for text in (card.title, *_titles(card.buttons)))
        case OptInCard(title=title) | RecurringCard(title=title):
            return (title,)
    return ()


def _titles(buttons: tuple[Button | QuickReply, ...]) -> tuple[str, ...]:
    return tuple([button.title for button in buttons if not isinstance(button, OwnDetail)])


def is_single(messages: Sequence[Message]) -> bool:
    """Whether it is one message that asks for no permission: no other can answer a comment."""
    return len(messages) == 1 and not isinstance(messages[0], Request | Typing)
