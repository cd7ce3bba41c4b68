"""A sequence as a flow: messages on a topic, one after the other, each when it may be sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from otn_studio.blocks.actions.remove_from_sequence import RemoveFromSequence
from otn_studio.blocks.block import Block
from otn_studio.blocks.duration import Duration
from otn_studio.blocks.elements.text import Text
from otn_studio.blocks.logic.wait import Wait
from otn_studio.blocks.logic.wait_for_permission import WaitForPermission
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.blocks.start.joined import Joined
from otn_studio.flow.document import Flow, Position, Topic, new_id

ACROSS, DOWN = 320, 240
"""From one block to the next, and down to where the sequence ends, in points."""


@dataclass(frozen=True, slots=True)
class Step:
    """One message. ``after`` is how long after the one before; none: as soon as it may be sent."""

    text: str
    after: Duration | None = None


def sequence(name: str, topic_id: str, topic: Topic, steps: Sequence[Step]) -> Flow:
    """The flow of a sequence. Whoever can't be sent a message any more is taken off it.

    >>> made = sequence("Course", "t", Topic("Course"), [Step("One"), Step("Two", Duration(1, "day"))])
    >>> [type(block).__name__ for block in made.blocks.values()][:4]
    ['Joined', 'WaitForPermission', 'SendMessage', 'Wait']
    """
    id = new_id(name)
    row: dict[str, Block] = {"start": Joined()}
    for number, step in enumerate(steps, start=1):
        if step.after is not None:
            row[f"wait-{number}"] = Wait(for_=step.after)
        row[f"turn-{number}"] = WaitForPermission(topic=topic_id)
        said = Text(id="text", text=step.text)
        row[f"message-{number}"] = SendMessage(elements=[said], by_topic=topic_id)
    ids = list(row)
    ways: dict[str, dict[str, str]] = {one: {"next": to} for one, to in pairwise(ids)}
    for one, block in row.items():
        if isinstance(block, SendMessage):
            ways.setdefault(one, {})["could_not_send"] = "off"
    places = {one: Position(number * ACROSS, 0) for number, one in enumerate(ids)}
    return Flow(
        id,
        name,
        topics={topic_id: topic},
        blocks={**row, "off": RemoveFromSequence(sequence=id)},
        connections=ways,
        layout={**places, "off": Position(len(ids) / 2 * ACROSS, DOWN)},
    )
