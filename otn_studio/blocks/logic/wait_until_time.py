from datetime import time, timedelta
from typing import Annotated

from otn_studio.blocks.block import NEXT, Block, Group, Kind, Option
from otn_studio.blocks.effect import Waits
from otn_studio.blocks.local_time import (
    CLOCKS_CALLED,
    Clocks,
    TimeOfDay,
    Weekday,
    longest_until,
    next_at,
)
from otn_studio.blocks.turn import Step, Turn
from otn_studio.blocks.words import Words


class WaitUntilTime(Block):
    """Waits until the next time that it is a certain time of day, on the weekdays that you choose.

    When clocks are put forward over the time, the conversation goes on as much later as they skip;
    when they show it twice, the first time counts.

    >>> str(WaitUntilTime(at="09:00").summary())
    'Wait until 09:00'
    """

    kind = Kind(
        "wait_until_time",
        title="Wait until a time of day",
        group=Group.LOGIC,
        icon="alarm-clock",
        pauses=True,
    )

    at: Annotated[TimeOfDay, Option("Time of day")] = time(9)
    weekdays: Annotated[tuple[Weekday, ...], Option("On", help="None chosen: on every day")] = ()
    clocks: Annotated[Clocks, Option("By the clock of", called=CLOCKS_CALLED)] = Clocks.PERSON

    def step(self, turn: Turn) -> Step:
        zone = self.clocks.zone(turn)
        return turn.sleep_until(next_at(turn.now, self.at, self.weekdays, zone))

    def effect(self) -> Waits:
        return Waits(timedelta(0), longest_until(self.weekdays), NEXT.id)

    def summary(self) -> Words:
        return Words("Wait until {time}", time=self.at.isoformat("minutes"))
