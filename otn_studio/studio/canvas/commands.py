"""What can be done on the canvas beyond a single block: by a key, or from the menu."""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from otn_studio.studio.canvas.aligning import Side
from otn_studio.studio.canvas.arranging import Arranging
from otn_studio.studio.canvas.frame_editor import FrameEditor
from otn_studio.studio.canvas.geometry import Box, Point, around
from otn_studio.studio.canvas.gestures.gesture import Tools
from otn_studio.studio.canvas.plan import Way
from otn_studio.studio.canvas.way_light import WayLight


class Command(NamedTuple):
    """``do`` may be told the point that is meant; ``can`` says whether it would do anything."""

    do: Callable[[Point | None], object]
    can: Callable[[], bool]


class Commands:
    """Works with what is selected."""

    def __init__(
        self,
        tools: Tools,
        arranging: Arranging,
        way_light: WayLight,
        editor: FrameEditor,
        figures: Callable[[], object],
    ) -> None:
        self._tools = tools
        self._way_light = way_light
        self._arranging = arranging
        self._editor = editor
        self._figures = figures

    def all(self, place: Callable[[], Point]) -> Mapping[str, Command]:
        """By their names; ``place`` is where something comes to be that nobody has a place for."""
        return dict(self._arrange()) | {
            "fit_selected": Command(lambda at: self._fit(), self._tools.editing.has_selection),
            "back": Command(lambda at: self._tools.view.back(), self._tools.view.can_go_back),
            "way": Command(lambda at: self._way_light.toggle(), self._has_blocks),
            "figures": Command(lambda at: self._figures(), lambda: bool(self._tools.plan.boxes)),
            "insert": Command(lambda at: self._insert(), lambda: self._chosen() is not None),
            "note": Command(lambda at: self._note(at or place()), lambda: True),
            "frame": Command(lambda at: self._frame(), self._tools.editing.has_selection),
            "next_frame": Command(lambda at: self._next_frame(), self._has_frames),
        }

    def _arrange(self) -> Iterator[tuple[str, Command]]:
        arranging = self._arranging
        for side in Side:
            yield f"align_{side.value}", Command(self._aligning(side), lambda: self._has_blocks(2))
        several = self._has_blocks
        across = Command(lambda at: arranging.distribute(across=True), lambda: several(3))
        yield "distribute_across", across
        down = Command(lambda at: arranging.distribute(across=False), lambda: several(3))
        yield "distribute_down", down
        yield "tidy", Command(lambda at: arranging.tidy(), lambda: bool(self._tools.plan.boxes))
        yield "collapse", Command(lambda at: arranging.collapse(), several)

    def _aligning(self, side: Side) -> Callable[[Point | None], None]:
        return lambda at: self._arranging.align(side)

    def _has_blocks(self, least: int = 1) -> bool:
        return len(self._tools.selection.blocks) >= least

    def _has_frames(self) -> bool:
        return bool(self._tools.plan.frames.boxes)

    def _chosen(self) -> Way | None:
        """The connection that was clicked on; else the first that leaves the only block selected."""
        plan, only = self._tools.plan, self._tools.selection.only
        leaving = (way for way in plan.touching.get(only or "", ()) if way[0] == only)
        return self._tools.scene.hover.chosen or min(leaving, key=plan.way_out, default=None)

    def _fit(self) -> None:
        if (box := self._selected_box()) is not None:
            self._tools.view.look_at(box, most=1.0)

    def _selected_box(self) -> Box | None:
        plan, selection = self._tools.plan, self._tools.selection
        boxes = [plan.boxes[id] for id in selection.blocks]
        return around([*boxes, *(plan.frames.boxes[id] for id in selection.frames)])

    def _insert(self) -> None:
        if (way := self._chosen()) is not None:
            self._tools.insert(self._tools.plan.routes[way].at(0.5), way)

    def _note(self, point: Point) -> None:
        self._editor.open(self._tools.framing.note(point))

    def _frame(self) -> None:
        if (id := self._tools.framing.enclose()) is not None:
            self._editor.open(id)

    def _next_frame(self) -> None:
        """From frame to frame, as one reads; from a block, to the frame that it is on."""
        frames, selection = self._tools.plan.frames, self._tools.selection
        order = sorted(frames.boxes, key=lambda id: (frames.boxes[id].y, frames.boxes[id].x, id))
        around_it = [id for id in order if self._tools.plan.held_by([id]) & selection.blocks]
        here = next((id for id in order if id in selection.frames), None)
        if here is not None:
            wanted = order[(order.index(here) + 1) % len(order)]
        else:
            wanted = (around_it or order)[0] if order else None
        if wanted is not None:
            selection.select([], frames=[wanted])
            self._tools.view.show_box(frames.boxes[wanted])
