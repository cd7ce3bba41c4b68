"""A flow as it is elsewhere, taken over in one step."""

from dataclasses import dataclass, replace

from otn_studio.flow import reading, writing
from otn_studio.flow.change import Change, Impossible
from otn_studio.flow.document import Flow
from otn_studio.flow.json_text import Unreadable


@dataclass(frozen=True)
class Become(Change):
    """Makes the flow what a flow file says; its id stays. ``text`` is that of the file."""

    text: str

    @classmethod
    def like(cls, flow: Flow) -> "Become":
        return cls(writing.to_text(flow))

    def apply(self, flow: Flow) -> tuple[Flow, Change]:
        try:
            other = reading.from_text(self.text)
        except Unreadable as problem:
            raise Impossible(str(problem)) from problem
        kept = {
            id: flow.blocks[id]
            for id, block in other.blocks.items()
            if flow.blocks.get(id) == block
        }
        return replace(other, id=flow.id, blocks={**other.blocks, **kept}), Become.like(flow)
