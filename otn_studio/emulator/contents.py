"""What a message can hold, how it looks on a phone and in its echo.

Every kind is one small class with two views: ``shown`` gives the readable fields of the phone,
``echoed`` the fields of the ``message_echoes`` webhook.
"""

from dataclasses import dataclass
from typing import ClassVar, Final, Protocol
from zoneinfo import ZoneInfo

from otn_studio.policy.calendar import Frequency

NOTIFY_ME = "Notify Me"
"""The button of every One-Time Notification request; the Page can't choose its words."""
CONTINUE = "Continue messages"
"""The button of Messenger's own card, before a recurring permission ends."""
CALLS_TO_ACTION: Final = {
    "ALLOW": "Allow messages",
    "GET": "Get messages",
    "GET_UPDATES": "Get updates",
    "OPT_IN": "Opt in to messages",
    "SIGN_UP": "Sign up for messages",
}
"""The words on the button of a Recurring Notification request, by what the Page asks for."""
DEFAULT_CALL: Final = "GET_UPDATES"


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
    button: ClassVar = NOTIFY_ME
    title: str
    payload: str

    def shown(self) -> dict:
        return {"title": self.title, "payload": self.payload, "button": self.button}

    def echoed(self) -> dict:
        return _template(
            {
                "template_type": "one_time_notif_req",
                "title": self.title,
                "payload": self.payload,
            }
        )


@dataclass(frozen=True, slots=True)
class RecurringCard:
    """The Recurring Notification request. Its ``payload`` comes back with the tap.

    ``asks_again`` is whether Messenger asks the person once more before the permission ends.
    """

    kind: ClassVar = "recurring_card"
    title: str
    payload: str
    frequency: Frequency | None = None
    asks_again: bool = False
    zone: ZoneInfo | None = None
    image_url: str | None = None
    aspect_ratio: str = "HORIZONTAL"
    call_to_action: str = DEFAULT_CALL

    @property
    def button(self) -> str:
        """The words on its button."""
        return CALLS_TO_ACTION[self.call_to_action]

    def shown(self) -> dict:
        return {
            "title": self.title,
            "payload": self.payload,
            "button": self.button,
            "frequency": self.frequency,
            "picture": self.image_url,
            "aspect_ratio": self.aspect_ratio,
        }

    def echoed(self) -> dict:
        payload = {
            "template_type": "notification_messages",
            "title": self.title,
            "payload": self.payload,
            "notification_messages_frequency": self.frequency and self.frequency.upper(),
            "notification_messages_timezone": self.zone and self.zone.key,
            "notification_messages_reoptin": "ENABLED" if self.asks_again else "DISABLED",
            "notification_messages_cta_text": self.call_to_action,
            "image_url": self.image_url,
            "image_aspect_ratio": self.aspect_ratio,
        }
        return _template({name: value for name, value in payload.items() if value is not None})


@dataclass(frozen=True, slots=True)
class ReoptinCard:
    """Messenger's own question whether a recurring permission shall go on."""

    kind: ClassVar = "reoptin_card"
    button: ClassVar = CONTINUE
    title: str
    token: str
    image_url: str | None = None

    def shown(self) -> dict:
        return {"title": self.title, "button": self.button, "picture": self.image_url}

    def echoed(self) -> dict:
        """Nothing: it is no message of the Page."""
        return {}


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
        titles = [reply.title for reply in self.quick_replies]
        return self.content.shown() | ({"quick_replies": titles} if titles else {})


def _template(payload: dict) -> dict:
    return {"attachments": [{"type": "template", "payload": payload}]}
