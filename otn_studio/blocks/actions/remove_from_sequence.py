from typing import Annotated

from otn_studio.blocks.block import NEXT, Block, Group, Kind, Option
from otn_studio.blocks.turn import EndRun, Step, Turn


class RemoveFromSequence(Block):
    """Takes the person off a sequence: nothing more of it comes.

    >>> str(RemoveFromSequence(sequence="course").summary())
    'Take off a sequence'
    """

    kind = Kind(
        "remove_from_sequence", title="Take off a sequence", group=Group.ACTION, icon="list-x"
    )

    sequence: Annotated[str, Option("Sequence", required=True, refers_to="sequence")] = ""

    def step(self, turn: Turn) -> Step:
        return turn.go(NEXT.id, EndRun(self.sequence))
