from datetime import datetime
from typing import ClassVar

from otn_studio.blocks.block import Group, Kind, Start
from otn_studio.blocks.event import Event, PressedGetStarted
from otn_studio.blocks.words import Words


class GetStarted(Start):
    """Starts when a person opens the conversation for the first time and presses *Get Started*.

    >>> str(GetStarted().summary())
    'Someone presses Get Started'
    """

    kind = Kind("get_started", title="Get Started", group=Group.START, icon="play")
    precedence: ClassVar[int] = 40

    def answers(self, event: Event) -> bool:
        return isinstance(event, PressedGetStarted)

    def example(self, at: datetime) -> Event:
        return PressedGetStarted(at)

    def claims(self) -> frozenset[str]:
        return frozenset({"get_started"})

    def summary(self) -> Words:
        return Words("Someone presses Get Started")
