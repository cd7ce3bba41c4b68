from datetime import datetime
from typing import Annotated, ClassVar

from otn_studio.blocks.block import Group, Kind, Option, Start
from otn_studio.blocks.effect import Begins, Holds
from otn_studio.blocks.event import Event
from otn_studio.blocks.event import Stopped as StoppedEvent
from otn_studio.blocks.words import Words


class Stopped(Start):
    """Starts when a person stops a lasting topic, in Messenger or by writing *stop*.

    Stopping opens no window: a message can follow only if they wrote in the last 24 hours.

    >>> str(Stopped(topic="t1").summary())
    'Someone stops a topic'
    """

    kind = Kind(
        "stopped",
        title="Stopped",
        group=Group.START,
        icon="bell-off",
        channels=frozenset({"messenger"}),
    )
    precedence: ClassVar[int] = 60

    topic: Annotated[str, Option("Topic", required=True, refers_to="topic")] = ""

    def answers(self, event: Event) -> bool:
        return isinstance(event, StoppedEvent) and event.topic == self.topic != ""

    def begins(self) -> Begins:
        return Begins(acts=False, topic=self.topic, holds=Holds.STOPPED)

    def example(self, at: datetime) -> Event:
        return StoppedEvent(at, permission="", topic=self.topic)

    def claims(self) -> frozenset[str]:
        return frozenset({self.topic}) - {""}

    def summary(self) -> Words:
        return Words("Someone stops a topic")
