from datetime import datetime
from typing import Annotated, ClassVar

from otn_studio.blocks.block import Group, Kind, Option, Start
from otn_studio.blocks.effect import Begins, Holds
from otn_studio.blocks.event import Event
from otn_studio.blocks.event import OptedIn as OptedInEvent
from otn_studio.blocks.words import Words


class OptedIn(Start):
    """Starts when a person says yes to a topic, whichever flow had asked them.

    It runs beside what follows the card itself. A yes to a lasting topic that they had said yes to
    already starts nothing: it only lasts longer then.

    >>> str(OptedIn(topic="t1").summary())
    'Someone opts in to a topic'
    """

    kind = Kind(
        "opted_in",
        title="Opted in",
        group=Group.START,
        icon="bell-plus",
        channels=frozenset({"messenger"}),
    )
    precedence: ClassVar[int] = 50

    topic: Annotated[str, Option("Topic", required=True, refers_to="topic")] = ""

    def answers(self, event: Event) -> bool:
        return isinstance(event, OptedInEvent) and event.topic == self.topic != ""

    def begins(self) -> Begins:
        return Begins(acts=False, topic=self.topic, holds=Holds.NEW)

    def example(self, at: datetime) -> Event:
        return OptedInEvent(at, reply="", permission="", topic=self.topic)

    def claims(self) -> frozenset[str]:
        return frozenset({self.topic}) - {""}

    def summary(self) -> Words:
        return Words("Someone opts in to a topic")
