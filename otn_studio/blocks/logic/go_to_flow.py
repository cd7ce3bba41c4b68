from collections import Counter
from collections.abc import Iterator
from typing import Annotated

from otn_studio.blocks.block import NEXT, Block, Group, Kind, Option, Part, Port, Role
from otn_studio.blocks.effect import Calls
from otn_studio.blocks.element import PartId
from otn_studio.blocks.finding import Finding, error
from otn_studio.blocks.folding import folded
from otn_studio.blocks.logic.end_flow import RESULT_LIMIT
from otn_studio.blocks.lookup import Lookup
from otn_studio.blocks.turn import Step, Turn
from otn_studio.blocks.words import Words


class Result(Part):
    """A way in which the other flow can end."""

    id: PartId
    name: Annotated[str, Option("Result", limit=RESULT_LIMIT, required=True)] = ""


class GoToFlow(Block):
    """Goes on in another flow of the Page, and comes back when that has ended.

    The other flow begins at its start *Another flow*. What it notes in fields is known here, too.
    Where it ends with *End*, and the result is one of those that you name, the conversation goes on
    by that way out.

    >>> str(GoToFlow(flow="shop").summary())
    'Go to flow'
    """

    kind = Kind(
        "go_to_flow",
        title="Go to flow",
        group=Group.LOGIC,
        icon="corner-up-right",
        ports=(Port(NEXT.id, Words("When it has ended")),),
    )

    flow: Annotated[str, Option("Flow", required=True, refers_to="flow")] = ""
    results: Annotated[
        tuple[Result, ...],
        Option("Results", help="As the other flow’s blocks “End” call them."),
    ] = ()

    def ports(self) -> tuple[Port, ...]:
        ways = [
            Port(result.id, Words("{name}", name=result.name or "…"), Role.BRANCH)
            for result in self.results
        ]
        return (*ways, *self.kind.ports)

    def step(self, turn: Turn) -> Step:
        return turn.call(self.flow)

    def way_back(self, result: str) -> str:
        wanted = folded(result)
        ids = (one.id for one in self.results if wanted and folded(one.name) == wanted)
        return next(ids, NEXT.id)

    def effect(self) -> Calls:
        return Calls(self.flow, NEXT.id)

    def summary(self) -> Words:
        return Words("Go to flow")

    def findings(self, lookup: Lookup) -> Iterator[Finding]:
        ids = Counter(port.id for port in self.ports())
        names = Counter(folded(result.name) for result in self.results if result.name.strip())
        if any(count > 1 for count in ids.values()):
            yield error(
                "double_id",
                Words("Two parts of this block share an id. Remove one and add it anew."),
                "results",
            )
        for index, result in enumerate(self.results):
            if names[folded(result.name)] > 1:
                sentence = Words("Two results are called “{name}”. Rename one.", name=result.name)
                yield error("result_twice", sentence, f"results.{index}.name")
