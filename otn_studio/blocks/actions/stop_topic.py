from typing import Annotated

from otn_studio.blocks.block import Block, Group, Kind, Option
from otn_studio.blocks.effect import Passes
from otn_studio.blocks.turn import Step, Turn
from otn_studio.blocks.turn import StopTopic as StopTopicEffect
from otn_studio.blocks.words import Words


class StopTopic(Block):
    """Stops a topic for this person, as if they had stopped it themselves.

    They get no more messages on it, until they say yes again: a lasting permission is stopped, and
    those for one message each are kept but not used any more. Flows that start when somebody stops
    the topic start now.

    >>> str(StopTopic(topic="shoes").summary())
    'Stop a topic'
    """

    kind = Kind("stop_topic", title="Stop a topic", group=Group.ACTION, icon="bell-off")

    topic: Annotated[str, Option("Topic", required=True, refers_to="topic")] = ""

    def step(self, turn: Turn) -> Step:
        return turn.go("next", StopTopicEffect(self.topic))

    def effect(self) -> Passes:
        return Passes(("next",), stops=self.topic)

    def summary(self) -> Words:
        return Words("Stop a topic")
