from typing import ClassVar

from otn_studio.blocks.block import Group, Kind, Start
from otn_studio.blocks.event import Event
from otn_studio.blocks.words import Words


class AnotherFlow(Start):
    """Where *Go to flow* of another flow comes in.

    When what follows has ended, the other flow goes on.

    >>> str(AnotherFlow().summary())
    'Another flow leads here'
    """

    kind = Kind("another_flow", title="Another flow", group=Group.START, icon="corner-down-right")
    precedence: ClassVar[int] = 80

    def answers(self, event: Event) -> bool:
        return False

    def begins(self) -> None:
        return None

    def summary(self) -> Words:
        return Words("Another flow leads here")
