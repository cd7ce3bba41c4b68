"""What conversations have passed of a flow: which blocks, and by which connections."""

from collections.abc import Iterable
from dataclasses import dataclass

from otn_studio.checks.conversations.watching import Watched
from otn_studio.checks.proof.cards import Way
from otn_studio.flow.document import Connection, Flow

Place = tuple[str, str]
"""A block, with its flow."""


@dataclass(frozen=True, slots=True)
class Passed:
    """Over all flows that they came to."""

    blocks: frozenset[Place] = frozenset()
    ways: frozenset[Way] = frozenset()

    def of(self, flow: Flow) -> "Passed":
        """Those of this flow that are there."""
        blocks = {(flow.id, id) for id in flow.blocks}
        ways = {(flow.id, one.block, one.port) for one in flow.all_connections()}
        return Passed(self.blocks & blocks, self.ways & ways)

    def left_out(self, flow: Flow) -> tuple[tuple[str, ...], tuple[Connection, ...]]:
        """The blocks and the connections of a flow that none of them passed."""
        blocks = tuple(id for id in flow.blocks if (flow.id, id) not in self.blocks)
        ways = flow.all_connections()
        return blocks, tuple(w for w in ways if (flow.id, w.block, w.port) not in self.ways)


def passed_in(stage: Watched) -> Passed:
    visits = ((visit.flow, visit.block) for visit in stage.visits if visit.block)
    return Passed(frozenset(visits), frozenset(stage.ways))


def together(all_passed: Iterable[Passed]) -> Passed:
    """What any of them passed.

    >>> one, two = Passed(frozenset({("shop", "ask")})), Passed(frozenset({("shop", "say")}))
    >>> sorted(together([one, two]).blocks)
    [('shop', 'ask'), ('shop', 'say')]
    """
    parts = list(all_passed)
    return Passed(
        frozenset().union(*(part.blocks for part in parts)),
        frozenset().union(*(part.ways for part in parts)),
    )
