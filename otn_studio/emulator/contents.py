"""What a message can hold, how it looks on a phone and in its echo.

Every kind is one small class with two views: ``shown`` gives the readable fields of the phone,
``echoed`` the fields of the ``message_echoes`` webhook.
"""

from dataclasses import dataclass
from typing import ClassVar, Protocol

NOTIFY_ME = "Notify Me"
"""The button of every One-Time Notification request; the Page can't choose its words."""


class Content(Protocol):
    """The one thing that a message is about."""

    kind: ClassVar[str]

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
class Picture:
    """An image that Messenger fetches from a web address."""

    kind: ClassVar = "picture"
    url: str

    def shown(self) -> dict:
        return {"url": self.url}

    def echoed(self) -> dict:
        return {"attachments": [{"type": "image", "payload": {"url": self.url}}]}


@dataclass(frozen=True, slots=True)
class Button:
    """Sends ``payload`` back to the Page, or opens ``url`` and tells the Page nothing."""

    title: str
    payload: str | None = None
    url: str | None = None

    def shown(self) -> dict:
        aim = {"payload": self.payload} if self.url is None else {"url": self.url}
        return {"title": self.title} | aim

    def echoed(self) -> dict:
        return {"type": "postback" if self.url is None else "web_url"} | self.shown()


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
        return _template({"template_type": "button", "text": self.text, "buttons": buttons})


@dataclass(frozen=True, slots=True)
class OptInCard:
    """The One-Time Notification request. Its ``payload`` comes back with the tap."""

    kind: ClassVar = "opt_in_card"
    title: str
    payload: str

    def shown(self) -> dict:
        return {"title": self.title, "payload": self.payload, "button": NOTIFY_ME}

    def echoed(self) -> dict:
        return _template(
            {
                "template_type": "one_time_notif_req",
                "title": self.title,
                "payload": self.payload,
            }
        )


@dataclass(frozen=True, slots=True)
class QuickReply:
    """A choice above the keyboard, gone as soon as the conversation goes on."""

    title: str
    payload: str


@dataclass(frozen=True, slots=True)
class Message:
    """What the Page sends: a content, choices below it, and a note to itself for the echo."""

    content: Content
    quick_replies: tuple[QuickReply, ...] = ()
    metadata: str | None = None

    @property
    def kind(self) -> str:
        """What the phone calls it: words with choices are a question, not a plain text."""
        asks = self.quick_replies and isinstance(self.content, Text)
        return "quick_replies" if asks else self.content.kind

    def shown(self) -> dict:
        """Its readable fields on the phone."""
        titles = [reply.title for reply in self.quick_replies]
        return self.content.shown() | ({"quick_replies": titles} if titles else {})


def _template(payload: dict) -> dict:
    return {"attachments": [{"type": "template", "payload": payload}]}
