from typing import Annotated

from otn_studio.blocks.block import NEXT, Block, Group, Kind, Option, Port
from otn_studio.blocks.effect import Calls
from otn_studio.blocks.turn import Step, Turn
from otn_studio.blocks.words import Words


class GoToFlow(Block):
    """Goes on in another flow of the Page, and comes back when that has ended.

    The other flow begins at its start *Another flow*.

    >>> str(GoToFlow(flow="shop").summary())
    'Go to a flow'
    """

    kind = Kind(
        "go_to_flow",
        title="Go to flow",
        group=Group.LOGIC,
        icon="corner-up-right",
        ports=(Port(NEXT.id, Words("When it has ended")),),
    )

    flow: Annotated[str, Option("Flow", required=True, refers_to="flow")] = ""

    def step(self, turn: Turn) -> Step:
        return turn.call(self.flow)

    def effect(self) -> Calls:
        return Calls(self.flow, NEXT.id)

    def summary(self) -> Words:
        return Words("Go to a flow")
