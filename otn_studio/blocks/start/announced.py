from datetime import datetime
from typing import Annotated, ClassVar

from otn_studio.blocks.block import Group, Kind, Option, Start
from otn_studio.blocks.effect import Begins, Holds
from otn_studio.blocks.event import Announced as AnnouncedEvent
from otn_studio.blocks.event import Event
from otn_studio.blocks.words import Words


class Announced(Start):
    """Starts, for everyone who holds a permission for the topic, when you announce it.

    What follows should be sent by the topic’s permission: most people’s 24 hours are long over.

    >>> str(Announced(topic="t1").summary())
    'You announce a topic'
    """

    kind = Kind("announced", title="You announce", group=Group.START, icon="megaphone")
    precedence: ClassVar[int] = 20
    is_addressed: ClassVar[bool] = True

    topic: Annotated[str, Option("Topic", required=True, refers_to="topic")] = ""

    def answers(self, event: Event) -> bool:
        return isinstance(event, AnnouncedEvent) and event.topic == self.topic

    def claims(self) -> frozenset[str]:
        return frozenset({self.topic} - {""})

    def begins(self) -> Begins:
        return Begins(acts=False, topic=self.topic, holds=Holds.USABLE)

    def example(self, at: datetime) -> Event:
        return AnnouncedEvent(at, self.topic, flow="")

    def summary(self) -> Words:
        return Words("You announce a topic")
