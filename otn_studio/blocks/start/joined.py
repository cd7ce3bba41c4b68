from typing import ClassVar

from otn_studio.blocks.block import Group, Kind, Start
from otn_studio.blocks.event import Event
from otn_studio.blocks.event import Joined as JoinedEvent


class Joined(Start):
    """Where a sequence begins for somebody who is put on it.

    They are on it until it ends, or until they are taken off it; nobody is on it twice.

    >>> str(Joined().summary())
    'Put on the sequence'
    """

    kind = Kind("joined", title="Put on the sequence", group=Group.START, icon="list-plus")
    precedence: ClassVar[int] = 85
    is_addressed: ClassVar[bool] = True

    def answers(self, event: Event) -> bool:
        return isinstance(event, JoinedEvent)

    def claims(self) -> frozenset[str]:
        return frozenset({self.kind.name})

    def begins(self) -> None:
        return None
