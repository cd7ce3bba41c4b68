"""The people of the emulated world."""

import re
from dataclasses import dataclass, field
from datetime import datetime

from otn_studio.emulator.events import Thread
from otn_studio.emulator.phone import Phone
from otn_studio.policy.requests import Asked


@dataclass(slots=True)
class Person:
    """Somebody with a phone. ``last_action`` is the last that opened the window, if any did.

    ``asked`` is every request for a lasting permission that they got from the Page; ``hours_ahead`` is
    how far their clock is of UTC's. ``led_by`` is another app that leads the conversation, and
    ``asked_for`` whether the Page's own has asked it to pass it on.
    """

    id: str
    name: str
    thread: Thread
    phone: Phone = field(default_factory=Phone)
    last_action: datetime | None = None
    asked: list[Asked] = field(default_factory=list)
    blocks_page: bool = False
    locale: str = "en_US"
    hours_ahead: float = 0
    led_by: str = ""
    asked_for: bool = False

    @property
    def details(self) -> dict[str, str]:
        """Their own number and address, as they have given them to Messenger."""
        name = re.sub("[^a-z]+", ".", self.name.lower()).strip(".") or "somebody"
        number = f"+1510555{int(self.id) % 10_000:04}"
        return {"user_phone_number": number, "user_email": f"{name}@example.com"}

    @property
    def has_conversation(self) -> bool:
        """Whether they have ever turned to the Page."""
        return self.last_action is not None
