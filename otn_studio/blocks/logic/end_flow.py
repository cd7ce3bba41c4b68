from typing import Annotated

from otn_studio.blocks.block import Block, Group, Kind, Option
from otn_studio.blocks.effect import Ends
from otn_studio.blocks.turn import Step, Turn
from otn_studio.blocks.words import Words

RESULT_LIMIT = 60


class EndFlow(Block):
    """Ends this flow, and says how it ended to the flow that had gone to it.

    There, *Go to flow* has a way out for each result that you name. Where no flow had gone to this
    one, the conversation simply ends.

    >>> str(EndFlow(result="Bought").summary())
    'End: Bought'
    """

    kind = Kind("end_flow", title="End", group=Group.LOGIC, icon="flag", ports=())

    result: Annotated[str, Option("Result", help="How it ended, in a word", limit=RESULT_LIMIT)] = (
        ""
    )

    def step(self, turn: Turn) -> Step:
        return turn.end(self.result)

    def effect(self) -> Ends:
        return Ends(self.result)

    def summary(self) -> Words:
        return Words("End: {result}", result=self.result) if self.result.strip() else Words("End")
