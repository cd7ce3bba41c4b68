"""A canvas to look at: pulled along with the mouse, nearer and farther with the wheel."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from otn_studio.flow.document import Flow
from otn_studio.studio.canvas.view import View
from otn_studio.studio.canvas.zoom_bar import ZoomBar
from otn_studio.studio.compare.marked_scene import MarkedScene
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.words import _


class Picture(QWidget):
    """Shows what became of a flow."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.scene = MarkedScene(theme)
        self.scene.setParent(self)
        self.view = View(self.scene)
        self.view.setObjectName("comparison_view")
        self.view.setAccessibleName(_("What is different, on the canvas"))
        self.view.mouse = _Looking(self.view)
        self._fitted = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        self._zoom_bar = ZoomBar(self, self.view, theme)
        theme.changed.connect(self.scene.recolor)

    def compare(self, before: Flow, after: Flow) -> None:
        self.scene.compare(before, after)
        self._fitted = False
        if self.isVisible():
            self._fit()

    def show_block(self, id: str) -> None:
        """Look at one block."""
        box = self.scene.box_of(id)
        if box is not None:
            self.view.look_at(box, most=1.0)

    def showEvent(self, event) -> None:
        super().showEvent(event)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._zoom_bar.place()

    def _fit(self) -> None:
        if not self._fitted:
            self._fitted = True
            self.view.fit()


class _Looking:
    """The mouse of somebody who only looks."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._last: QPointF | None = None

    def press(self, event: QMouseEvent) -> None:
        self._last = event.position()
        self._view.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)

    def move(self, event: QMouseEvent) -> None:
        if self._last is not None:
            way = event.position() - self._last
            self._view.scroll_by(way.x(), way.y())
            self._last = event.position()

    def release(self, event: QMouseEvent) -> None:
        self.leave()

    def double_click(self, event: QMouseEvent) -> None:
        self._view.fit()

    def menu(self, event: QContextMenuEvent) -> None:
        event.ignore()

    def leave(self) -> None:
        self._last = None
        self._view.viewport().unsetCursor()
