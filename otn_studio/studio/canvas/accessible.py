"""The canvas for screen readers: a list of blocks, each with its name and what it says."""

from PySide6.QtCore import QObject, QPoint, QRect, QRectF
from PySide6.QtGui import QAccessible, QAccessibleInterface, QColor
from PySide6.QtWidgets import QAccessibleWidget

from otn_studio.studio.canvas.content import Card, Says
from otn_studio.studio.canvas.geometry import Point
from otn_studio.studio.canvas.view import View
from otn_studio.studio.words import _


class BlockInterface(QAccessibleInterface):
    """One block, by its id; what it says is asked for when somebody wants to hear it."""

    def __init__(self, view: View, id: str) -> None:
        super().__init__()
        self._view = view
        self._id = id

    def isValid(self) -> bool:
        return self._id in self._view.plan.boxes

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
        """Blocks are written in the panel."""

    def text(self, kind: QAccessible.Text) -> str:
        if not self.isValid():
            return ""
        content = self._view.plan.face(self._id).content
        if kind == QAccessible.Text.Name:
            return content.title
        if kind == QAccessible.Text.Description:
            return ". ".join(_said(piece) for piece in content.pieces)
        return ""

    def rect(self) -> QRect:
        if not self.isValid():
            return QRect()
        box = self._view.plan.boxes[self._id]
        corners = box.corner, Point(box.right, box.bottom)
        place = QRectF(*(self._view.to_window(corner) for corner in corners)).toAlignedRect()
        return place.translated(self._view.viewport().mapToGlobal(QPoint()))

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.ListItem

    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        state.selectable = state.focusable = True
        state.selected = self._id in self._view.selected
        return state

    def foregroundColor(self) -> QColor:
        return QColor()

    def backgroundColor(self) -> QColor:
        return QColor()


class CanvasInterface(QAccessibleWidget):
    """The list, in the order of the conversation."""

    def __init__(self, view: View) -> None:
        super().__init__(view, QAccessible.Role.List, _("Canvas"))
        self._view = view
        self._blocks: dict[str, BlockInterface] = {}

    def childCount(self) -> int:
        return len(self._view.plan.boxes)

    def child(self, index: int) -> QAccessibleInterface | None:
        order = self._view.plan.reading_order()
        return self._block(order[index]) if 0 <= index < len(order) else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        order = self._view.plan.reading_order()
        return next((i for i, id in enumerate(order) if self._blocks.get(id) is child), -1)

    def _block(self, id: str) -> BlockInterface:
        if id not in self._blocks:
            self._blocks[id] = BlockInterface(self._view, id)
        return self._blocks[id]


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
