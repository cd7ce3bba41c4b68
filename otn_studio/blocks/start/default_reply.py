from datetime import datetime
from typing import ClassVar

from otn_studio.blocks.block import Group, Kind, Start
from otn_studio.blocks.event import Event, Wrote
from otn_studio.blocks.words import Words


class DefaultReply(Start):
    """Starts when a person writes something that nothing else answers.

    Words, pictures and stickers alike. A Page has one default reply.

    >>> str(DefaultReply().summary())
    'Someone writes anything else'
    """

    kind = Kind(
        "default_reply",
        title="Default reply",
        group=Group.START,
        icon="message-circle-question-mark",
    )
    precedence: ClassVar[int] = 90

    def answers(self, event: Event) -> bool:
        return isinstance(event, Wrote)

    def example(self, at: datetime) -> Event:
        return Wrote(at, "Is anybody there?")

    def claims(self) -> frozenset[str]:
        return frozenset({"default_reply"})

    def summary(self) -> Words:
        return Words("Someone writes anything else")
