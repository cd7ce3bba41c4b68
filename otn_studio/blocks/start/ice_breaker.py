from datetime import datetime
from typing import Annotated, ClassVar

from pydantic import Field

from otn_studio.blocks.block import Group, Kind, Option, Start
from otn_studio.blocks.event import ChoseEntry, Event
from otn_studio.blocks.words import Words
from otn_studio.policy import limits


class IceBreaker(Start):
    """Starts when a person who has never written to you taps this question.

    Messenger offers up to four questions of a Page before the first message: those of all published
    flows, the lowest number first. They are put up when you publish.

    >>> str(IceBreaker(question="When are you open?").summary())
    'Someone taps the question “When are you open?”'
    """

    kind = Kind("ice_breaker", title="Ice breaker", group=Group.START, icon="message-square-more")
    precedence: ClassVar[int] = 46

    question: Annotated[
        str, Option("Question", limit=limits.ICE_BREAKER, required=True, said=True)
    ] = ""
    place: Annotated[
        int, Option("Place", help="The lowest number comes first."), Field(ge=0, le=100)
    ] = 1

    def answers(self, event: Event) -> bool:
        return isinstance(event, ChoseEntry)

    def example(self, at: datetime) -> Event:
        return ChoseEntry(at, flow="", block="")

    def summary(self) -> Words:
        return Words("Someone taps the question “{question}”", question=self.question)
