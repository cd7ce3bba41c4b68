"""The flows that belong to one Page and are checked together."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from otn_studio.blocks.block import Start
from otn_studio.flow.document import Flow


@dataclass(frozen=True)
class Project:
    """Flows by id."""

    flows: Mapping[str, Flow] = field(default_factory=dict)

    @classmethod
    def of(cls, *flows: Flow) -> "Project":
        return cls({flow.id: flow for flow in flows})

    def starts(self) -> Iterator[tuple[Flow, str, Start]]:
        """Every start block of every flow, with its flow and id."""
        for flow in self.flows.values():
            for id, block in flow.blocks.items():
                if isinstance(block, Start):
                    yield flow, id, block
