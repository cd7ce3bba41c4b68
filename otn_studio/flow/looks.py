"""Changes to how a flow looks on the canvas, and to nothing that it does."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from otn_studio.flow.change import Change, Impossible, refuse_missing, refuse_unusable, with_entry
from otn_studio.flow.document import FRAME_COLORS, Flow, Frame
from otn_studio.flow.places import NUMBER_LIMIT


@dataclass(frozen=True)
class SetFrame(Change):
    """Adds a frame, or makes it another one; ``frame=None`` takes it away."""

    id: str
    frame: Frame | None

    def apply(self, flow: Flow) -> tuple[Flow, Change]:
        refuse_unusable(self.id)
        if self.frame is not None:
            _refuse_impossible(self.frame)
        inverse = SetFrame(self.id, flow.frames.get(self.id))
        return replace(flow, frames=with_entry(flow.frames, self.id, self.frame)), inverse

    def replaces(self, before: Change) -> bool:
        return isinstance(before, SetFrame) and before.id == self.id


@dataclass(frozen=True)
class Collapse(Change):
    """Lets blocks show their titles only (``True``), or all that they say."""

    blocks: Mapping[str, bool]

    def apply(self, flow: Flow) -> tuple[Flow, Change]:
        for id in self.blocks:
            refuse_missing(flow.blocks, id)
        before = {id: id in flow.collapsed for id in self.blocks}
        wanted = {id for id, collapsed in self.blocks.items() if collapsed}
        collapsed = (flow.collapsed - self.blocks.keys()) | wanted
        return replace(flow, collapsed=collapsed), Collapse(before)


def _refuse_impossible(frame: Frame) -> None:
    numbers = frame.x, frame.y, frame.width, frame.height
    if not all(abs(number) <= NUMBER_LIMIT for number in numbers):
        raise Impossible("The frame is too far away, or too large.")
    if frame.width <= 0 or frame.height <= 0:
        raise Impossible("The frame has no width, or no height.")
    if frame.color not in FRAME_COLORS:
        raise Impossible(f"“{frame.color}” is not a color of frames.")
