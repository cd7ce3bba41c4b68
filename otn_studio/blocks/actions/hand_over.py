from collections.abc import Iterator
from datetime import timedelta
from typing import Annotated, Final

from otn_studio.blocks.block import NEXT, Block, Group, Kind, Option
from otn_studio.blocks.duration import Duration
from otn_studio.blocks.effect import Waits
from otn_studio.blocks.finding import Finding, error
from otn_studio.blocks.lookup import Lookup
from otn_studio.blocks.turn import HandOver as HandOverEffect
from otn_studio.blocks.turn import Step, Turn
from otn_studio.blocks.words import Words

SHORTEST: Final = timedelta(minutes=1)
LONGEST: Final = timedelta(days=7)
"""After so many days nobody may answer by hand any more, unless the person writes again."""


class HandOver(Block):
    """Hands the conversation over to your colleagues, who answer in the Page’s inbox.

    From here on the bot keeps quiet: what the person writes starts no flow, and what flows have to
    say waits. It is over when a colleague marks the conversation as done, when a flow takes it back,
    or after the time that you set here. The flow itself goes on at once: end it, or notify a
    colleague.

    >>> str(HandOver(longest="4 hours").summary())
    'Hand over to a person for at most 4 hours'
    """

    kind = Kind("hand_over", title="Hand over to a person", group=Group.ACTION, icon="headset")

    longest: Annotated[Duration, Option("Take back after")] = Duration(1, "day")

    def step(self, turn: Turn) -> Step:
        return turn.go("next", HandOverEffect(self.longest.length))

    def effect(self) -> Waits:
        """What follows may have to wait until it is over."""
        return Waits(timedelta(0), self.longest.length, NEXT.id, at_once=NEXT.id)

    def summary(self) -> Words:
        return Words("Hand over to a person for at most {time}", time=self.longest.words)

    def findings(self, lookup: Lookup) -> Iterator[Finding]:
        if not SHORTEST <= self.longest.length <= LONGEST:
            sentence = Words(
                "A conversation is handed over for at least one minute and at most 7 days. Choose a"
                " time between."
            )
            yield error("hand_over_out_of_range", sentence, "longest")
