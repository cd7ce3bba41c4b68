"""What a phone shows, as plain values; widgets are made of them and compared by them."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from otn_studio.blocks import outgoing
from otn_studio.blocks.words import Words
from otn_studio.flow.document import Topic
from otn_studio.policy.calendar import Frequency
from otn_studio.policy.media import Medium
from otn_studio.studio.words import _, shown


@dataclass(frozen=True)
class Bubble:
    """The base of all. ``highlighted``: the part of the flow that is being edited."""

    highlighted: bool = False


@dataclass(frozen=True, kw_only=True)
class Said(Bubble):
    """Words of the Page, or of the person. ``pending``: on their way, not yet in the conversation."""

    text: str
    by_person: bool = False
    pending: bool = False


@dataclass(frozen=True, kw_only=True)
class Picture(Bubble):
    """A picture of the Page, by its address; it is never fetched. Where it is a ``file`` here, that is
    shown.
    """

    url: str
    file: str = ""


@dataclass(frozen=True, kw_only=True)
class Attached(Bubble):
    """A video, a sound or a file of the Page, by its address or its name; it is never fetched."""

    medium: Medium
    url: str


@dataclass(frozen=True)
class Button:
    """Something to tap below a text. With an address or a number it leaves the conversation.

    ``reply`` tells it from others of the same title, where that is known.
    """

    title: str
    url: str = ""
    phone: str = ""
    reply: str = ""


@dataclass(frozen=True, kw_only=True)
class Buttons(Bubble):
    """A text of the Page with buttons stacked under it."""

    text: str
    buttons: tuple[Button, ...]


@dataclass(frozen=True, kw_only=True)
class Card(Bubble):
    """A picture with a title, words and buttons below it."""

    title: str
    subtitle: str = ""
    picture: str = ""
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Carousel(Bubble):
    """Cards side by side, to look through."""

    cards: tuple[Card, ...]


@dataclass(frozen=True, kw_only=True)
class Dots(Bubble):
    """The Page is typing; ``seconds`` where it is known how long."""

    seconds: int = 0


@dataclass(frozen=True, kw_only=True)
class OptIn(Bubble):
    """The opt-in card, the ``index``-th of the conversation. It can be tapped once, at any time.

    A ``lasting`` yes is good for more than one message, so ``often`` where that is known; its card has
    a ``button`` of its own, and may have a picture.
    """

    title: str
    index: int = 0
    tapped: bool = False
    lasting: bool = False
    often: Frequency | None = None
    button: str = ""
    picture: str = ""
    square: bool = False


@dataclass(frozen=True, kw_only=True)
class GoOn(Bubble):
    """Messenger's own question whether a topic shall go on, the ``index``-th of the conversation."""

    title: str
    button: str
    index: int = 0
    tapped: bool = False


@dataclass(frozen=True, kw_only=True)
class Replies(Bubble):
    """Quick replies: a row of answers to tap."""

    titles: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Line(Bubble):
    """A small grey line of the system: when, how long still. ``warns``: something was not as meant."""

    text: str
    warns: bool = False


WORDINGS = {
    "allow": Words("Allow messages"),
    "get": Words("Get messages"),
    "get_updates": Words("Get updates"),
    "opt_in": Words("Opt in to messages"),
    "sign_up": Words("Sign up for messages"),
}
"""What Messenger writes on the button of a card that asks for a lasting permission."""

CONTINUE = Words("Continue messages")
"""What it writes on that of its own card, which asks whether a topic shall go on; the practice chat
brings it in English."""


def opted_in(topic: str, name: str = "", button: str = "") -> Line:
    """The line that stands for a tap on *Notify Me*, or on the ``button`` that the card had instead.

    Topic and person by their names, if known.

    >>> opted_in("Blue sneakers", "Ann").text
    'Ann opted in to “Blue sneakers”'
    """
    if not topic:
        return Line(text=_("“{button}” tapped", button=button or _("Notify Me")))
    if not name:
        return Line(text=_("Opted in to “{topic}”", topic=topic))
    return Line(text=_("{name} opted in to “{topic}”", name=name, topic=topic))


def of_message(
    message: outgoing.Message,
    *,
    index: int = 0,
    highlighted: bool = False,
    topics: Mapping[str, Topic] = MappingProxyType({}),
) -> tuple[Bubble, ...]:
    """How a message of a flow with these topics looks. ``index``: how many opt-in cards came before.

    >>> of_message(outgoing.TextMessage("Hello!"))
    (Said(highlighted=False, text='Hello!', by_person=False, pending=False),)
    """
    match message:
        case outgoing.TextMessage(text, quick_replies):
            said = Said(text=text, highlighted=highlighted)
            titles = tuple(_reply(reply) for reply in quick_replies)
            return (said, Replies(titles=titles, highlighted=highlighted)) if titles else (said,)
        case outgoing.ButtonsMessage(text, buttons):
            made = tuple(_button(button) for button in buttons)
            return (Buttons(text=text, buttons=made, highlighted=highlighted),)
        case outgoing.MediaMessage(Medium.PICTURE, url):
            return (Picture(url=url, highlighted=highlighted),)
        case outgoing.MediaMessage(medium, url):
            return (Attached(medium=medium, url=url, highlighted=highlighted),)
        case outgoing.CardsMessage((card,)):
            return (_card(card, highlighted),)
        case outgoing.CardsMessage(cards):
            shown_cards = tuple(_card(card, False) for card in cards)
            return (Carousel(cards=shown_cards, highlighted=highlighted),)
        case outgoing.Typing(seconds):
            return (Dots(seconds=seconds, highlighted=highlighted),)
        case outgoing.OptInCard(title):
            return (OptIn(title=title, index=index, highlighted=highlighted),)
        case outgoing.RecurringCard(
            title=title, topic=topic, picture=picture, square=square, button=wording
        ):
            card = OptIn(
                title=title,
                index=index,
                lasting=True,
                button=shown(WORDINGS[wording]) if wording in WORDINGS else "",
                often=topics[topic].frequency if topic in topics else None,
                picture=picture,
                square=square,
                highlighted=highlighted,
            )
            return (card,)


OWN_DETAILS = {
    outgoing.Detail.PHONE: Words("Their phone number"),
    outgoing.Detail.EMAIL: Words("Their e-mail address"),
}
"""What a quick reply says that sends something of the person's own."""


def _reply(reply: outgoing.QuickReply) -> str:
    """What a quick reply says. The person's own number stands there on their phone only."""
    return (
        shown(OWN_DETAILS[reply.detail]) if isinstance(reply, outgoing.OwnDetail) else reply.title
    )


def _button(button: outgoing.Button) -> Button:
    match button:
        case outgoing.Link(title, url):
            return Button(title, url)
        case outgoing.PhoneCall(title, number):
            return Button(title, phone=number)
    return Button(button.title)


def _card(card: outgoing.ShownCard, highlighted: bool) -> Card:
    return Card(
        title=card.title,
        subtitle=card.subtitle,
        picture=card.picture,
        buttons=tuple(map(_button, card.buttons)),
        highlighted=highlighted,
    )
