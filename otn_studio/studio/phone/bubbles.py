"""What a phone shows, as plain values; widgets are made of them and compared by them."""

from dataclasses import dataclass

from otn_studio.blocks.outgoing import (
    ButtonsMessage,
    Link,
    Message,
    OptInCard,
    PictureMessage,
    RecurringCard,
    TextMessage,
)
from otn_studio.blocks.words import Words
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
    """A picture of the Page, by its address; it is never fetched."""

    url: str


@dataclass(frozen=True)
class Button:
    """Something to tap below a text. With an address it leaves the conversation."""

    title: str
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Buttons(Bubble):
    """A text of the Page with buttons stacked under it."""

    text: str
    buttons: tuple[Button, ...]


@dataclass(frozen=True, kw_only=True)
class OptIn(Bubble):
    """The opt-in card, the ``index``-th of the conversation. It can be tapped once, at any time.

    A ``lasting`` yes is good for more than one message; its card has a ``button`` of its own, and may
    have a picture.
    """

    title: str
    index: int = 0
    tapped: bool = False
    lasting: bool = False
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


def opted_in(topic: str, name: str = "", button: str = "") -> Line:
    """The line that stands for a tap on *Notify me*, or on the ``button`` that the card had instead.

    Topic and person by their names, if known.

    >>> opted_in("Blue sneakers", "Ann").text
    'Ann opted in to “Blue sneakers”'
    """
    if not topic:
        return Line(text=_("“{button}” tapped", button=button or _("Notify me")))
    if not name:
        return Line(text=_("Opted in to “{topic}”", topic=topic))
    return Line(text=_("{name} opted in to “{topic}”", name=name, topic=topic))


def of_message(
    message: Message, *, index: int = 0, highlighted: bool = False
) -> tuple[Bubble, ...]:
    """How a message of a flow looks. ``index``: how many opt-in cards came before it.

    >>> of_message(TextMessage("Hello!"))
    (Said(highlighted=False, text='Hello!', by_person=False, pending=False),)
    """
    match message:
        case TextMessage(text, quick_replies):
            said = Said(text=text, highlighted=highlighted)
            titles = tuple(reply.title for reply in quick_replies)
            return (said, Replies(titles=titles, highlighted=highlighted)) if titles else (said,)
        case ButtonsMessage(text, buttons):
            made = tuple(
                Button(button.title, button.url if isinstance(button, Link) else "")
                for button in buttons
            )
            return (Buttons(text=text, buttons=made, highlighted=highlighted),)
        case PictureMessage(url):
            return (Picture(url=url, highlighted=highlighted),)
        case OptInCard(title):
            return (OptIn(title=title, index=index, highlighted=highlighted),)
        case RecurringCard(title=title, picture=picture, square=square, button=wording):
            card = OptIn(
                title=title,
                index=index,
                lasting=True,
                button=shown(WORDINGS[wording]) if wording in WORDINGS else "",
                picture=picture,
                square=square,
                highlighted=highlighted,
            )
            return (card,)
