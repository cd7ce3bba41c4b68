from collections.abc import Iterator
from datetime import timedelta
from typing import Annotated

from pydantic import Field

from otn_studio.blocks.block import NEXT, Block, Group, Kind, Option
from otn_studio.blocks.duration import Duration
from otn_studio.blocks.effect import Waits
from otn_studio.blocks.finding import Finding, error
from otn_studio.blocks.lookup import Lookup
from otn_studio.blocks.turn import Step, Turn
from otn_studio.blocks.words import Words

SHORTEST = timedelta(minutes=1)
LONGEST = timedelta(days=366)


class Wait(Block):
    """Lets time pass before the conversation goes on.

    The person may write meanwhile; other flows can answer, this one stays where it is.

    >>> str(Wait(for_="3 days").summary())
    'Wait 3 days'
    """

    kind = Kind("wait", title="Wait", group=Group.LOGIC, icon="hourglass", pauses=True)

    for_: Annotated[Duration, Option("How long"), Field(alias="for")] = Duration(1, "day")

    def step(self, turn: Turn) -> Step:
        return turn.sleep_until(turn.now + self.for_.length)

    def effect(self) -> Waits:
        return Waits(self.for_.length, self.for_.length, NEXT.id)

    def summary(self) -> Words:
        return Words("Wait {time}", time=self.for_.words)

    def findings(self, lookup: Lookup) -> Iterator[Finding]:
        if not SHORTEST <= self.for_.length <= LONGEST:
            yield error(
                "wait_out_of_range",
                Words(
                    "A wait takes at least one minute and at most one year. Choose a time between."
                ),
                "for",
            )
