"""What can be done with frames: each a step that undo takes back, with its words."""

from dataclasses import replace

from otn_studio.blocks.words import Words
from otn_studio.flow.changes import Several
from otn_studio.flow.document import Frame, new_id
from otn_studio.flow.looks import SetFrame
from otn_studio.studio.canvas.frames import HEAD
from otn_studio.studio.canvas.geometry import Box, Point, around
from otn_studio.studio.canvas.plan import Plan
from otn_studio.studio.canvas.scene import Scene
from otn_studio.studio.document.document import Document
from otn_studio.studio.document.selection import Selection
from otn_studio.studio.words import _

AROUND, GAP = 24.0, 4.0
NOTE = 240.0, 112.0
NOTE_COLOR = "amber"


class Framing:
    """Sends changes to the document, and selects the frames that they are about."""

    def __init__(self, document: Document, selection: Selection, scene: Scene) -> None:
        self._document = document
        self._selection = selection
        self._scene = scene

    @property
    def _plan(self) -> Plan:
        return self._scene.plan

    def __getitem__(self, id: str) -> Frame:
        return self._document.flow.frames[id]

    def enclose(self) -> str | None:
        """A frame around what is selected."""
        boxes = [self._plan.boxes[id] for id in self._selection.blocks]
        boxes += [self._plan.frames.boxes[id] for id in self._selection.frames]
        held = around(boxes)
        if held is None:
            return None
        box = held.grown(AROUND)
        higher = box._replace(y=box.y - HEAD + 8, height=box.height + HEAD - 8)
        return self._add(Frame(_("Group"), *higher), Words("Add frame"))

    def note(self, point: Point) -> str:
        """A note at a place, to be written on."""
        frame = Frame(_("Note"), *point, *NOTE, color=NOTE_COLOR)
        return self._add(frame, Words("Add note"))

    def write(self, id: str, text: str, merge: str = "") -> None:
        """Its first line is the title, the rest the note; the frame grows where it needs more room."""
        title, _line, note = text.strip().partition("\n")
        written = replace(self[id], title=title.strip(), note=note.strip())
        self._set(id, self._grown(id, written), Words("Write on the frame"), merge)

    def color(self, color: str) -> None:
        """Of all that are selected."""
        changes = tuple(
            SetFrame(id, replace(self[id], color=color)) for id in sorted(self._selection.frames)
        )
        if changes:
            self._document.do(Several(changes), Words("Color the frame"))

    def resize(self, id: str, box: Box) -> None:
        x, y, width, height = box
        resized = replace(self[id], x=x, y=y, width=width, height=height)
        self._set(id, resized, Words("Resize the frame"))

    def _grown(self, id: str, frame: Frame) -> Frame:
        """High enough for its note: upwards where blocks are on it, else downwards."""
        boxes = [self._plan.boxes[block] for block in self._plan.held_by([id])]
        room = min((box.y for box in boxes), default=frame.y + frame.height) - frame.y
        more = self._plan.frames.head_of(frame) + (GAP if boxes else 0) - room
        if not frame.note or more <= 0:
            return frame
        return replace(frame, y=frame.y - more if boxes else frame.y, height=frame.height + more)

    def _add(self, frame: Frame, words: Words) -> str:
        id = new_id(frame.title)
        self._document.do(SetFrame(id, frame), words)
        self._selection.select([], frames=[id])
        return id

    def _set(self, id: str, frame: Frame, words: Words, merge: str = "") -> None:
        if frame != self[id]:
            self._document.do(SetFrame(id, frame), words, merge)
