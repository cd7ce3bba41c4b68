"""Whether what the bot said is what it was to say."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from otn_studio.blocks.outgoing import (
    Button,
    ButtonsMessage,
    CardsMessage,
    Choice,
    Link,
    MediaMessage,
    Message,
    OptInCard,
    PhoneCall,
    QuickReply,
    RecurringCard,
    TextMessage,
    Typing,
)
from otn_studio.blocks.words import Words
from otn_studio.checks.conversations.script import Bot, Expected, Tone


@dataclass(frozen=True, slots=True)
class Failure:
    """Where a conversation went another way than it was recorded, and how."""

    line: int
    words: Words

    def __str__(self) -> str:
        return f"{self.line}: {self.words}"


def text_of(message: Message) -> str:
    """What a message says: its text, the title of a card, the address of a picture."""
    match message:
        case TextMessage(text) | ButtonsMessage(text):
            return text
        case OptInCard(title) | RecurringCard(title):
            return title
        case CardsMessage(cards):
            return " | ".join(card.title for card in cards)
        case MediaMessage(url=url):
            return url
    return ""


def tappable(message: Message) -> list[Button | QuickReply]:
    """All that a message shows to tap, requests apart."""
    match message:
        case TextMessage(quick_replies=replies):
            return list(replies)
        case ButtonsMessage(buttons=buttons):
            return list(buttons)
        case CardsMessage(cards):
            return [button for card in cards for button in card.buttons]
    return []


def compared(said: Sequence[Message], bot: Bot) -> Failure | None:
    """How all that was said differs from what was to be said; none: it does not.

    >>> from otn_studio.checks.conversations.script import Expected
    >>> said = [TextMessage("Hello Ann"), TextMessage("Which size?")]
    >>> compared(said, Bot(1, (Expected(2, "Hello *"), Expected(3, "Which size?"))))
    >>> print(compared(said, Bot(1, (Expected(2, "Hello *"),))))
    1: The bot also said “Which size?”.
    """
    said = [message for message in said if not isinstance(message, Typing)]
    denied = [message for message in bot.messages if message.tone is Tone.NOT_SAID]
    for expected in denied:
        if (heard := next((m for m in said if _fits(m, expected)), None)) is not None:
            return Failure(
                expected.line, Words("The bot said “{text}”, and was not to.", text=text_of(heard))
            )
    rest = list(said)
    for expected in bot.messages:
        if expected.tone is Tone.NOT_SAID:
            continue
        if rest and _fits(rest[0], expected):
            rest.pop(0)
        elif expected.tone is Tone.SAID:
            return _missing(expected, rest)
    only_denied = bool(denied) and len(denied) == len(bot.messages)
    return also_said(bot.line, rest) if rest and not only_denied else None


def also_said(line: int, rest: Sequence[Message]) -> Failure:
    return Failure(line, Words("The bot also said “{text}”.", text=text_of(rest[0])))


def _missing(expected: Expected, rest: Sequence[Message]) -> Failure:
    if not rest:
        return Failure(
            expected.line,
            Words("The bot was to say “{text}”, and said nothing more.", text=expected.text),
        )
    if _says(rest[0], expected):
        return Failure(
            expected.line,
            Words(
                "There was “{shown}” to tap, and not “{wanted}”.",
                shown=", ".join(titles(rest[0])),
                wanted=", ".join(expected.buttons or ()),
            ),
        )
    return Failure(
        expected.line,
        Words(
            "The bot said “{text}”, and was to say “{wanted}”.",
            text=text_of(rest[0]),
            wanted=expected.text,
        ),
    )


def _fits(message: Message, expected: Expected) -> bool:
    shown = expected.buttons is None or expected.buttons == titles(message)
    return shown and _says(message, expected)


def _says(message: Message, expected: Expected) -> bool:
    pieces = (re.escape(piece) for piece in " ".join(expected.text.split()).split("*"))
    return re.fullmatch(".*?".join(pieces), " ".join(text_of(message).split())) is not None


def titles(message: Message) -> tuple[str, ...]:
    return tuple(
        shown.title if isinstance(shown, Choice | Link | PhoneCall) else shown.detail
        for shown in tappable(message)
    )
