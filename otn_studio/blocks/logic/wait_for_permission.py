from typing import Annotated

from otn_studio.blocks.block import NEXT, Block, Group, Kind, Option
from otn_studio.blocks.effect import WaitsItsTurn
from otn_studio.blocks.turn import Step, Turn
from otn_studio.blocks.words import Words


class WaitForPermission(Block):
    """Waits until the person’s permission for a topic can be used again: their next day, week or
    month.

    If they have none, or have stopped it, it goes on at once, and the message that follows takes its
    way out *Could not send*.

    >>> str(WaitForPermission(topic="deals").summary())
    'Wait until the topic may be used again'
    """

    kind = Kind(
        "wait_for_permission",
        title="Wait for the next permitted time",
        group=Group.LOGIC,
        icon="calendar-clock",
        pauses=True,
    )

    topic: Annotated[str, Option("Topic", required=True, refers_to="topic")] = ""

    def step(self, turn: Turn) -> Step:
        at = turn.contact.held.get(self.topic)
        return turn.sleep_until(at) if at is not None and at > turn.now else turn.go()

    def effect(self) -> WaitsItsTurn:
        return WaitsItsTurn(self.topic, NEXT.id)

    def summary(self) -> Words:
        return Words("Wait until the topic may be used again")
