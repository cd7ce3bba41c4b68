from datetime import datetime
from typing import Annotated, ClassVar

from otn_studio.blocks.block import Group, Kind, Option, Start
from otn_studio.blocks.effect import Begins, Holds
from otn_studio.blocks.event import Event
from otn_studio.blocks.event import Resumed as ResumedEvent
from otn_studio.blocks.words import Words


class Resumed(Start):
    """Starts when a person who had stopped a lasting topic wants it again.

    >>> str(Resumed(topic="t1").summary())
    'Someone resumes a topic'
    """

    kind = Kind(
        "resumed",
        title="Resumed",
        group=Group.START,
        icon="bell-dot",
        channels=frozenset({"messenger"}),
    )
    precedence: ClassVar[int] = 70

    topic: Annotated[str, Option("Topic", required=True, refers_to="topic")] = ""

    def answers(self, event: Event) -> bool:
        return isinstance(event, ResumedEvent) and event.topic == self.topic != ""

    def begins(self) -> Begins:
        return Begins(acts=False, topic=self.topic, holds=Holds.SOME)

    def example(self, at: datetime) -> Event:
        return ResumedEvent(at, permission="", topic=self.topic)

    def claims(self) -> frozenset[str]:
        return frozenset({self.topic}) - {""}

    def summary(self) -> Words:
        return Words("Someone resumes a topic")
