"""Asking for lasting permissions, and using them, in a world without a server."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from otn_studio.emulator import actions
from otn_studio.emulator.asking import RecurringCard
from otn_studio.emulator.contents import Message, Text
from otn_studio.emulator.errors import GraphError
from otn_studio.emulator.people import Person
from otn_studio.emulator.sends import Send
from otn_studio.emulator.world import Receipt, World
from otn_studio.policy.calendar import Frequency

TITLE = "Bird Facts"
CARD = RecurringCard(TITLE, "topic-7", Frequency.DAILY, asks_again=True)
HOUR = timedelta(hours=1)


@dataclass
class Page:
    """The Page, to whom one person has written."""

    world: World
    person: Person

    def ask(self, card: RecurringCard = CARD) -> Receipt:
        return self.world.receive(Send(psid=self.person.id, message=Message(card)))

    def get(self, card: RecurringCard = CARD) -> dict:
        """Ask, and let the person say yes."""
        self.ask(card)
        (event,) = actions.notify_me(self.world, self.person)
        return event["optin"]

    def token(self, card: RecurringCard = CARD) -> str:
        return self.get(card)["notification_messages_token"]

    def send(self, token: str, text: str = "Birds sing") -> Receipt:
        return self.world.receive(Send(recurring_token=token, message=Message(Text(text))))

    def refused(self, token: str, text: str = "Birds sing") -> tuple[int, int | None]:
        with pytest.raises(GraphError) as refused:
            self.send(token, text)
        return refused.value.code, refused.value.subcode

    def refused_to_ask(self, card: RecurringCard = CARD) -> tuple[int, int | None]:
        with pytest.raises(GraphError) as refused:
            self.ask(card)
        return refused.value.code, refused.value.subcode
