"""What a message can hold, how it looks on a phone and in its echo.

Every kind is one small class with two views: ``shown`` gives the readable fields of the phone,
``echoed`` the fields of the ``message_echoes`` webhook.
"""

from dataclasses import dataclass, replace
from typing import ClassVar, Protocol

from otn_studio.emulator.personas import Persona
from otn_studio.policy.media import Medium


class Content(Protocol):
    """The one thing that a message is about."""

    @property
    def kind(self) -> str: ...

    def shown(self) -> dict: ...

    def echoed(self) -> dict: ...


@dataclass(frozen=True, slots=True)
class Text:
    """Plain words."""

    kind: ClassVar = "text"
    text: str

    def shown(self) -> dict:
        return {"text": self.text}

    def echoed(self) -> dict:
        return {"text": self.text}


@dataclass(frozen=True, slots=True)
class Attachment:
    """A picture, video, sound or file: fetched from the web, or uploaded before.

    ``reusable``: Messenger keeps it, and answers with a number by which it can be sent again.
    """

    medium: Medium
    url: str
    attachment_id: str | None = None
    reusable: bool = False

    @property
    def kind(self) -> str:
        return "picture" if self.medium is Medium.PICTURE else self.medium.value

    def shown(self) -> dict:
        return {"url": self.url}

    def echoed(self) -> dict:
        return {"attachments": [{"type": self.medium.value, "payload": {"url": self.url}}]}


@dataclass(frozen=True, slots=True)
class Button:
    """Sends ``payload`` back to the Page; or opens ``url`` or calls ``phone``, and tells the Page
    nothing.
    """

    title: str
    payload: str | None = None
    url: str | None = None
    phone: str | None = None

    def shown(self) -> dict:
        aims = {"payload": self.payload, "url": self.url, "phone": self.phone}
        return {"title": self.title} | {name: aim for name, aim in aims.items() if aim is not None}

    def echoed(self) -> dict:
        if self.phone is not None:
            return {"type": "phone_number", "title": self.title, "payload": self.phone}
        return {"type": "postback" if self.url is None else "web_url"} | self.shown()


@dataclass(frozen=True, slots=True)
class Card:
    """One element of the generic template."""

    title: str
    subtitle: str | None = None
    image_url: str | None = None
    buttons: tuple[Button, ...] = ()

    def shown(self) -> dict:
        buttons = [button.shown() for button in self.buttons]
        words = {"title": self.title, "subtitle": self.subtitle, "picture": self.image_url}
        return words | {"buttons": buttons}

    def echoed(self) -> dict:
        buttons = [button.echoed() for button in self.buttons]
        written = {"subtitle": self.subtitle, "image_url": self.image_url, "buttons": buttons}
        return {"title": self.title} | {name: value for name, value in written.items() if value}


@dataclass(frozen=True, slots=True)
class Cards:
    """The generic template: one card, or several side by side."""

    kind: ClassVar = "cards"
    cards: tuple[Card, ...]

    @property
    def buttons(self) -> tuple[Button, ...]:
        return tuple(button for card in self.cards for button in card.buttons)

    def shown(self) -> dict:
        return {"cards": [card.shown() for card in self.cards]}

    def echoed(self) -> dict:
        elements = [card.echoed() for card in self.cards]
        return template({"template_type": "generic", "elements": elements})


@dataclass(frozen=True, slots=True)
class MediaCard:
    """The media template: a picture or a video with buttons below it."""

    kind: ClassVar = "media_card"
    attachment: Attachment
    buttons: tuple[Button, ...] = ()

    def shown(self) -> dict:
        buttons = [button.shown() for button in self.buttons]
        return self.attachment.shown() | {"medium": self.attachment.medium, "buttons": buttons}

    def echoed(self) -> dict:
        element = {"media_type": self.attachment.medium.value, "url": self.attachment.url}
        if self.buttons:
            element["buttons"] = [button.echoed() for button in self.buttons]
        return template({"template_type": "media", "elements": [element]})


@dataclass(frozen=True, slots=True)
class Buttons:
    """The button template: words with one to three buttons below them."""

    kind: ClassVar = "buttons"
    text: str
    buttons: tuple[Button, ...]

    def shown(self) -> dict:
        return {"text": self.text, "buttons": [button.shown() for button in self.buttons]}

    def echoed(self) -> dict:
        buttons = [button.echoed() for button in self.buttons]
        return template({"template_type": "button", "text": self.text, "buttons": buttons})


@dataclass(frozen=True, slots=True)
class QuickReply:
    """A choice above the keyboard, gone as soon as the conversation goes on.

    With a ``detail`` it is the person's own number or address: title and payload are known only on
    their phone.
    """

    title: str = ""
    payload: str = ""
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """What the Page sends: a content, choices below it, and a note to itself for the echo.

    With a ``persona`` it comes under another name and face than the Page's.
    """

    content: Content
    quick_replies: tuple[QuickReply, ...] = ()
    metadata: str | None = None
    persona: Persona | None = None

    def on_phone_of(self, details: dict[str, str]) -> "Message":
        """The same with a person's own number and address where it offers to send them."""
        replies = (
            QuickReply(details[one.detail], details[one.detail], one.detail) if one.detail else one
            for one in self.quick_replies
        )
        return replace(self, quick_replies=tuple(replies))

    @property
    def length(self) -> int:
        """Of its words, in code points."""
        return len(self.content.text) if isinstance(self.content, Text | Buttons) else 0

    @property
    def kind(self) -> str:
        """What the phone calls it: words with choices are a question, not a plain text."""
        asks = self.quick_replies and isinstance(self.content, Text)
        return "quick_replies" if asks else self.content.kind

    def shown(self) -> dict:
        """Its readable fields on the phone."""
        titles = [reply.title for reply in self.quick_replies if reply.title]
        persona = {"persona": self.persona.shown()} if self.persona else {}
        return self.content.shown() | persona | ({"quick_replies": titles} if titles else {})


def template(payload: dict) -> dict:
    """A template as an echo holds it."""
    return {"attachments": [{"type": "template", "payload": payload}]}
