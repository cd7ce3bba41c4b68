"""The canvas for screen readers: a list of blocks, then of frames, each with what it says."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, QPoint, QRect, QRectF
from PySide6.QtGui import QAccessible, QAccessibleInterface, QColor
from PySide6.QtWidgets import QAccessibleWidget

from otn_studio.blocks.words import Words
from otn_studio.studio.canvas.content import Card, Says
from otn_studio.studio.canvas.geometry import Box, Point
from otn_studio.studio.canvas.view import View
from otn_studio.studio.words import _, shown


class ItemInterface(QAccessibleInterface):
    """A thing on the canvas, by its id; what it says is asked for when somebody wants to hear it."""

    def __init__(self, view: View, id: str) -> None:
        super().__init__()
        self._view = view
        self._id = id

    def boxes(self) -> Mapping[str, Box]:
        """Where all things of this kind are."""
        raise NotImplementedError

    def selected(self) -> frozenset[str]:
        """Those of its kind that are."""
        raise NotImplementedError

    def name(self) -> str:
        raise NotImplementedError

    def description(self) -> str:
        raise NotImplementedError

    def isValid(self) -> bool:
        return self._id in self.boxes()

    def object(self) -> QObject | None:
        return None

    def window(self):
        return self._view.window().windowHandle()

    def parent(self) -> QAccessibleInterface:
        return QAccessible.queryAccessibleInterface(self._view)

    def child(self, index: int) -> QAccessibleInterface | None:
        return None

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:
        return None

    def childCount(self) -> int:
        return 0

    def indexOfChild(self, child) -> int:
        return -1

    def setText(self, kind, text: str) -> None:
        """They are written elsewhere."""

    def text(self, kind: QAccessible.Text) -> str:
        if not self.isValid():
            return ""
        if kind == QAccessible.Text.Name:
            return self.name()
        return self.description() if kind == QAccessible.Text.Description else ""

    def rect(self) -> QRect:
        if not self.isValid():
            return QRect()
        box = self.boxes()[self._id]
        corners = box.corner, Point(box.right, box.bottom)
        place = QRectF(*(self._view.to_window(corner) for corner in corners)).toAlignedRect()
        return place.translated(self._view.viewport().mapToGlobal(QPoint()))

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.ListItem

    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        state.selectable = state.focusable = True
        state.selected = self._id in self.selected()
        return state

    def foregroundColor(self) -> QColor:
        return QColor()

    def backgroundColor(self) -> QColor:
        return QColor()


class BlockInterface(ItemInterface):
    def boxes(self) -> Mapping[str, Box]:
        return self._view.plan.boxes

    def selected(self) -> frozenset[str]:
        return self._view.selected

    def name(self) -> str:
        return self._view.plan.face(self._id).content.title

    def description(self) -> str:
        return ". ".join(_said(piece) for piece in self._view.plan.face(self._id).content.pieces)


class FrameInterface(ItemInterface):
    def boxes(self) -> Mapping[str, Box]:
        return self._view.plan.frames.boxes

    def selected(self) -> frozenset[str]:
        return self._view.selected_frames

    def name(self) -> str:
        return self._view.plan.frames[self._id].title or _("No title")

    def description(self) -> str:
        held = len(self._view.plan.held_by([self._id]))
        words = Words("Frame with {n} block", plural="Frame with {n} blocks", n=held)
        return f"{shown(words)}. {self._view.plan.frames[self._id].note}".removesuffix(". ")


class CanvasInterface(QAccessibleWidget):
    """The list, in the order of the conversation; frames last."""

    def __init__(self, view: View) -> None:
        super().__init__(view, QAccessible.Role.List, _("Canvas"))
        self._view = view
        self._made: dict[tuple[type[ItemInterface], str], ItemInterface] = {}

    def childCount(self) -> int:
        return len(self._view.plan.boxes) + len(self._view.plan.frames.boxes)

    def child(self, index: int) -> QAccessibleInterface | None:
        order = self._order()
        return self._item(*order[index]) if 0 <= index < len(order) else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return next((i for i, key in enumerate(self._order()) if self._made.get(key) is child), -1)

    def _order(self) -> list[tuple[type[ItemInterface], str]]:
        blocks = self._view.plan.reading_order()
        frames = self._view.plan.frames.boxes
        return [*((BlockInterface, id) for id in blocks), *((FrameInterface, id) for id in frames)]

    def _item(self, type: type[ItemInterface], id: str) -> ItemInterface:
        if (type, id) not in self._made:
            self._made[type, id] = type(self._view, id)
        return self._made[type, id]


_interfaces: dict[View, CanvasInterface] = {}
"""Qt does not keep them alive."""


def install() -> None:
    """Let Qt know, once for the program."""
    if not _installed:
        QAccessible.installFactory(_factory)
        _installed.append(True)


def _factory(name: str, widget: QObject | None) -> QAccessibleInterface | None:
    if not isinstance(widget, View):
        return None
    if widget not in _interfaces:
        _interfaces[widget] = CanvasInterface(widget)
        widget.destroyed.connect(lambda: _interfaces.pop(widget, None))
    return _interfaces[widget]


_installed: list[bool] = []


def _said(piece) -> str:
    if isinstance(piece, Says):
        return " ".join(run.text.strip() for run in piece.runs)
    if isinstance(piece, Card):
        title = " ".join(run.text.strip() for run in piece.title)
        return _("Asks for permission: {title}. Topic: {topic}", title=title, topic=piece.topic)
    return getattr(piece, "words", "") or getattr(piece, "name", "")
