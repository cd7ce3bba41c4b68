from typing import Annotated

from otn_studio.blocks.block import NEXT, Block, Group, Kind, Option
from otn_studio.blocks.effect import Passes
from otn_studio.blocks.turn import BeginRun, Step, Turn


class AddToSequence(Block):
    """Puts the person on a sequence: a flow that begins with *Put on the sequence*.

    It runs beside this one. Nobody is on a sequence twice at a time.

    >>> str(AddToSequence(sequence="course").summary())
    'Put on a sequence'
    """

    kind = Kind("add_to_sequence", title="Put on a sequence", group=Group.ACTION, icon="list-plus")

    sequence: Annotated[str, Option("Sequence", required=True, refers_to="sequence")] = ""

    def step(self, turn: Turn) -> Step:
        return turn.go(NEXT.id, BeginRun(self.sequence))

    def effect(self) -> Passes:
        return Passes((NEXT.id,), begins=self.sequence)
