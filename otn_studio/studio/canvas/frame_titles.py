"""Where the title of a frame stands: in its head, and seen from afar outside, where there is room."""

from otn_studio.studio.canvas.frames import INSIDE, LARGEST, PADDING, Frames, enlarged
from otn_studio.studio.canvas.geometry import Box
from otn_studio.studio.canvas.marks import TextAt
from otn_studio.studio.canvas.plan import Plan
from otn_studio.studio.canvas.wrapping import begins, one_line
from otn_studio.studio.theme import sides
from otn_studio.studio.words import _

HIGH = 18.0
"""What a title takes outside its frame, with the gap between them."""
_HEAD_LINE, _ABOVE_LINE, _BELOW_LINE = 23.0, -5.0, 15.0
_GAP = 6.0
_AIR = 4.0
"""Below its frame a title begins so much lower: what reaches in no further is not in its way."""
_SHORTEST = 4
_BESIDE = 2.0
"""Beyond the end of the flow a title goes so many times its height: there is room for that in what fits
the view."""
_OUTSIDE = 240.0
"""A title may always be so wide, wherever the flow ends: it may begin further back."""


class FrameTitles:
    """Laid out smaller than they are seen: what is answered counts from the frame's corner, and is to
    be painted ``enlarged``."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._measure = plan.fonts.title
        self._found: dict[str, TextAt | None] = {}
        self._zoom = 0.0

    def forget(self) -> None:
        """Something stands elsewhere now."""
        self._found = {}

    def at(self, id: str, box: Box, zoom: float) -> TextAt | None:
        """The title of a frame that stands there; none where no more than a letter or two has room."""
        if box != self._frames.boxes.get(id):
            return self._at(id, box, zoom)
        if zoom != self._zoom:
            self.forget()
            self._zoom = zoom
        if id not in self._found:
            self._found[id] = self._at(id, box, zoom)
        return self._found[id]

    def _at(self, id: str, box: Box, zoom: float) -> TextAt | None:
        title, larger = self._title(id), enlarged(zoom)
        if larger <= INSIDE:
            return self._line(title, PADDING, box.width / larger - 2 * PADDING, _HEAD_LINE)
        wanted, high = (
            min(self._measure(title), self._most(id, box, larger)) * larger,
            HIGH * larger,
        )
        y, (left, room) = _ABOVE_LINE, self._room(id, box, box.y - high, wanted, high)
        if room < min(wanted, box.width):
            air = _AIR * larger
            below = self._room(id, box, box.bottom + air, wanted, high - air)
            if below[1] > room:
                y, (left, room) = box.height / larger + _BELOW_LINE, below
        return self._line(title, left / larger, room / larger, y)

    def reach(self, id: str, box: Box) -> Box:
        """Everywhere that something of a frame is seen, from however far one looks."""
        wide, high = self._measure(self._title(id)) * LARGEST, HIGH * LARGEST
        more = max(0.0, wide - box.width)
        return Box(box.x - more, box.y - high, box.width + 2 * more, box.height + 2 * high)

    def _title(self, id: str) -> str:
        return self._frames[id].title or _("No title")

    def _line(self, title: str, left: float, width: float, y: float) -> TextAt | None:
        words = one_line(title, width, self._measure)
        if len(words) < _SHORTEST and words != title:
            return None
        return TextAt(begins(words, left, width, self._measure), y, words, "", "title")

    def _most(self, id: str, box: Box, larger: float) -> float:
        """Up to where the flow ends: what fits the view is seen whole, with its titles."""
        flow = self._plan.bounds() or box
        from_right = sides.runs_from_right(self._title(id))
        room = box.right - flow.x if from_right else flow.right - box.x
        return max(room / larger, _OUTSIDE)

    def _room(
        self, id: str, box: Box, top: float, wanted: float, high: float
    ) -> tuple[float, float]:
        """From where, and how far, a title can go outside, up to what stands in its way. Where the
        flow ends before that, it begins further back, or else is shortened: what fits the view is
        seen with all titles."""
        from_right = sides.runs_from_right(self._title(id))
        flow, beside = self._plan.bounds() or box, _BESIDE * high
        first, last = min(flow.x, box.x), max(flow.right, box.right)
        if from_right:
            behind = Box(box.right, top, last - box.right, high)
            over = first - beside - (box.right - wanted)
        else:
            behind = Box(first, top, box.x - first, high)
            over = box.x + wanted - (last + beside)
        back = min(max(0.0, over), behind.width)
        if back:
            left = box.width - wanted + back if from_right else -back
            further = Box(box.x + left - high / 2, top, wanted + high, high)  # with air beside it
            titled = self._other_frames(id, box, behind, high)  # theirs may reach as far as here
            if not titled and not self._in_its_way(id, box, further, high):
                return left, wanted
        room = self._ahead(id, box, top, wanted - back, high, from_right=from_right)
        return (box.width - room if from_right else 0.0), room

    def _ahead(
        self, id: str, box: Box, top: float, wanted: float, high: float, *, from_right: bool
    ) -> float:
        """How far a title can go from where its frame begins."""
        wished = Box(box.right - wanted if from_right else box.x, top, wanted, high)
        found = self._in_its_way(id, box, wished, high)
        if not found:
            return wanted
        if from_right:
            return box.right - max(other.right for other in found) - _GAP
        return min(other.x for other in found) - box.x - _GAP

    def _in_its_way(self, id: str, box: Box, wished: Box, high: float) -> list[Box]:
        blocks = [self._plan.boxes[other] for other in self._plan.blocks_in(wished)]
        return blocks + self._other_frames(id, box, wished, high)

    def _other_frames(self, id: str, box: Box, wished: Box, high: float) -> list[Box]:
        """Those in its way, each with its own title; not what it lies in, or holds."""
        found = []
        for other in self._frames.near(wished.grown(high)):
            own = self._frames.boxes[other]
            titled = Box(own.x, own.y - high, own.width, own.height + high)
            if other != id and titled.meets(wished) and not (own.holds(box) or box.holds(own)):
                found.append(titled)
        return found

    @property
    def _frames(self) -> Frames:
        return self._plan.frames
