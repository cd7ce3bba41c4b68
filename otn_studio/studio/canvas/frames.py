"""The frames of a flow: where they are, and what of them is where."""

from collections.abc import Mapping
from typing import NamedTuple

from otn_studio.blocks.words import Words
from otn_studio.flow.document import Frame
from otn_studio.studio.canvas.geometry import Box, Point
from otn_studio.studio.canvas.grid import Grid, cells_of_box
from otn_studio.studio.canvas.runs import Run
from otn_studio.studio.canvas.shape import LINE, Fonts
from otn_studio.studio.canvas.wrapping import Line, wrapped

HEAD = 36.0
"""The title's row, by which a frame is taken hold of."""
PADDING = 14.0
LINES_AT_MOST = 40
INSIDE = 2.2
"""A title that is enlarged more than that stands above its frame, where there is room for it."""
LEAST_WIDTH, LEAST_HEIGHT = 120.0, 48.0
COLORS = {
    "grey": "quiet",
    "teal": "start",
    "blue": "message",
    "amber": "logic",
    "green": "success",
    "red": "danger",
}
"""The role that each colour of a frame wears."""
COLOR_WORDS = {
    "grey": Words("Gray"),
    "teal": Words("Teal"),
    "blue": Words("Blue"),
    "amber": Words("Amber"),
    "green": Words("Green"),
    "red": Words("Red"),
}
_READABLE, LARGEST = 0.9, 8.0


class Grip(NamedTuple):
    """Where a frame is pulled larger or smaller: ``x`` and ``y`` are -1, 0 or 1, by the side."""

    frame: str
    x: int
    y: int


def enlarged(zoom: float) -> float:
    """How much larger a title is than it would be, so that it can be read at a zoom.

    >>> enlarged(1.0), enlarged(0.45), enlarged(0.02)
    (1.0, 2.0, 8.0)
    """
    return min(LARGEST, max(1.0, _READABLE / zoom))


class Frames:
    """Asked by ids; the smaller of two lies on top."""

    def __init__(self, fonts: Fonts) -> None:
        self._fonts = fonts
        self._frames: Mapping[str, Frame] = {}
        self._grid: Grid[str] = Grid()
        self.boxes: dict[str, Box] = {}

    def show(self, frames: Mapping[str, Frame]) -> bool:
        """Take them on; answers whether anything is different."""
        if frames is self._frames:
            return False
        self._frames = frames
        boxes = {id: Box(f.x, f.y, f.width, f.height) for id, f in frames.items()}
        larger_first = sorted(boxes, key=lambda id: (-boxes[id].width * boxes[id].height, id))
        self.boxes = {id: boxes[id] for id in larger_first}
        self._grid = Grid()
        for id, box in boxes.items():
            self._grid.put(id, cells_of_box(box))
        return True

    def near(self, box: Box) -> set[str]:
        """Those that may meet a box."""
        return self._grid.near(box)

    def __getitem__(self, id: str) -> Frame:
        return self._frames[id]

    def note_lines(self, id: str) -> tuple[Line, ...]:
        """The lines of a note, as many as there is room for."""
        box = self.boxes[id]
        most = int((box.height - HEAD - PADDING) // LINE)
        return self._lines(self._frames[id].note, box.width, most)

    def head_of(self, frame: Frame) -> float:
        """How high the title is with the whole note."""
        lines = self._lines(frame.note, frame.width, LINES_AT_MOST)
        return HEAD + (len(lines) * LINE + PADDING if lines else 0)

    def _lines(self, note: str, width: float, most: int) -> tuple[Line, ...]:
        if not note or most < 1:
            return ()
        return wrapped((Run(note),), width - 2 * PADDING, most, self._fonts.text)

    def handle(self, id: str, zoom: float) -> Box:
        """Where one takes hold of it: by its title and its note."""
        box = self.boxes[id]
        head = HEAD * min(enlarged(zoom), INSIDE) + len(self.note_lines(id)) * LINE
        return Box(box.x, box.y, box.width, min(box.height, head))

    def at(self, point: Point, zoom: float) -> str | None:
        """The frame that one would take hold of there."""
        found = (id for id in reversed(self.boxes) if self.handle(id, zoom).contains(point))
        return next(found, None)

    def grip_at(self, point: Point, reach: float) -> Grip | None:
        """The edge or corner within reach."""
        for id in reversed(self.boxes):
            box = self.boxes[id]
            if not box.grown(reach).contains(point):
                continue
            x = _side(point.x, box.x, box.right, reach)
            y = _side(point.y, box.y, box.bottom, reach)
            if x or y:
                return Grip(id, x, y)
        return None

    def inside(self, box: Box) -> set[str]:
        """Those that a box holds wholly."""
        return {id for id, own in self.boxes.items() if box.holds(own)}


def _side(at: float, low: float, high: float, reach: float) -> int:
    return (abs(at - high) <= reach) - (abs(at - low) <= reach)
