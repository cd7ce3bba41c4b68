"""The messages that ask for a permission: the Page's requests, and Messenger's own question before one
ends.
"""

from dataclasses import dataclass
from typing import ClassVar, Final
from zoneinfo import ZoneInfo

from otn_studio.emulator.contents import template
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
        return template(
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
        return template({name: value for name, value in payload.items() if value is not None})


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
