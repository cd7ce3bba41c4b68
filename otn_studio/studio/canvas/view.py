"""The window onto the canvas: zoom and scroll, and the mouse, which begins gestures."""

from collections import defaultdict
from collections.abc import Callable

from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QBrush, QPainter, QPen, QPixmap, QTransform
from PySide6.QtWidgets import QFrame, QGraphicsItem, QGraphicsView

from otn_studio.blocks.block import Group
from otn_studio.studio.canvas import geometry
from otn_studio.studio.canvas.block_item import READABLE
from otn_studio.studio.canvas.gestures.box_select import BoxSelect
from otn_studio.studio.canvas.gestures.connect import Connect
from otn_studio.studio.canvas.gestures.gesture import Gesture
from otn_studio.studio.canvas.gestures.move_blocks import Move
from otn_studio.studio.canvas.gestures.pan import Pan
from otn_studio.studio.canvas.scene import Scene
from otn_studio.studio.document import Document
from otn_studio.studio.selection import Selection
from otn_studio.studio.theme.theme import Theme

LEAST, MOST = 0.05, 2.5
OVERVIEW = 0.22
DOTTED = 0.5
SHARP = 3
"""The dots' tile is that much larger than it is shown, for zooming in and for fine screens."""
"""Below this zoom blocks are plain rectangles, painted at one go."""
DOTS = 24
STEP = 1.15
FIT_MARGIN = 48.0


class View(QGraphicsView):
    """``zoomed`` after every change of what is seen; ``opened`` a block by a double press."""

    zoomed = Signal()
    opened = Signal(str)

    def __init__(
        self,
        scene: Scene,
        document: Document,
        selection: Selection,
        theme: Theme,
        open_end: Callable[[str, str, QPointF], None],
    ) -> None:
        super().__init__(scene)
        self.canvas_scene = scene
        self._document = document
        self._selection = selection
        self._theme = theme
        self._open_end = open_end
        self._gesture: Gesture | None = None
        self._space = False
        self._cached = False
        self._kept: tuple[list[QLineF], dict[Group, list[QRectF]]] | None = None
        scene.redrawn.connect(self._forget_outlines)
        self.setObjectName("canvas_view")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.MinimalViewportUpdate)
        self.setOptimizationFlags(
            QGraphicsView.OptimizationFlag.DontSavePainterState
            | QGraphicsView.OptimizationFlag.DontAdjustForAntialiasing
        )
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalScrollBar().valueChanged.connect(self.zoomed)
        self.verticalScrollBar().valueChanged.connect(self.zoomed)
        self.setMouseTracking(True)
        self.setAccessibleName("Canvas")
        theme.changed.connect(self._take_colors)
        self._take_colors()
        self.zoomed.connect(self._cache_what_is_readable)

    @property
    def zoom(self) -> float:
        return self.transform().m11()

    def zoom_to(self, zoom: float, around: QPointF | None = None) -> None:
        """Zoom, keeping a place of the window where it is; its middle where none is given."""
        pixel = around if around is not None else QPointF(self.viewport().rect().center())
        kept = self.mapToScene(pixel.toPoint())
        factor = min(max(zoom, LEAST), MOST) / self.zoom
        self.scale(factor, factor)
        away = self.mapFromScene(kept) - pixel.toPoint()
        self._scroll(QPointF(-away))
        self.zoomed.emit()

    def fit(self, what: QRectF | None = None) -> None:
        """Show all of it, at most at 100 %."""
        wanted = what if what is not None else self.canvas_scene.bounds()
        if wanted.isEmpty():
            self.resetTransform()
            self.centerOn(0, 0)
        else:
            wanted = wanted.adjusted(-FIT_MARGIN, -FIT_MARGIN, FIT_MARGIN, FIT_MARGIN)
            self.fitInView(wanted, Qt.AspectRatioMode.KeepAspectRatio)
            if self.zoom > 1:
                self.resetTransform()
                self.centerOn(wanted.center())
        self.zoomed.emit()

    def bring_into_view(self, block: str) -> None:
        item = self.canvas_scene.blocks.get(block)
        if item is not None:
            self.ensureVisible(item.rect.translated(item.pos()), 60, 60)

    def cancel_gesture(self) -> bool:
        """Call off what the mouse is doing; answers whether it was doing something."""
        if self._gesture is None:
            return False
        self._gesture.cancel()
        self._let_go()
        return True

    def hold_space(self, held: bool) -> None:
        """With the space bar down, dragging pulls the canvas."""
        self._space = held
        if self._gesture is None:
            shape = Qt.CursorShape.OpenHandCursor if held else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(shape)

    def mousePressEvent(self, event) -> None:
        self.setFocus()
        if self._gesture is None:
            self._begin(event)

    def mouseMoveEvent(self, event) -> None:
        if self._gesture is not None:
            self._gesture.move(self._place(event))
            self.viewport().update()
        elif not self._space:
            self._point(self.mapToScene(event.position().toPoint()))

    def mouseReleaseEvent(self, event) -> None:
        if self._gesture is not None:
            gesture, place = self._gesture, self._place(event)
            self._let_go()
            gesture.end(place)

    def mouseDoubleClickEvent(self, event) -> None:
        item = self.canvas_scene.block_at(self.mapToScene(event.position().toPoint()))
        if item is not None:
            self.opened.emit(item.id)

    def wheelEvent(self, event) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_to(self.zoom * STEP ** (event.angleDelta().y() / 120), event.position())
        else:
            by = event.pixelDelta() if not event.pixelDelta().isNull() else event.angleDelta() / 2
            sideways = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self._scroll(QPointF(by.y(), by.x()) if sideways else QPointF(by))
        event.accept()

    def viewportEvent(self, event) -> bool:
        if event.type() == QEvent.Type.NativeGesture:
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self.zoom_to(self.zoom * (1 + event.value()), event.position())
            return True
        return super().viewportEvent(event)

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self.zoomed.emit()

    def drawBackground(self, painter: QPainter, rect: QRectF) -> None:
        painter.fillRect(rect, self._theme.roles.color("canvas"))
        if self.zoom >= DOTTED:
            painter.fillRect(rect, self._dots)

    def drawForeground(self, painter: QPainter, rect: QRectF) -> None:
        if self._gesture is not None:
            self._gesture.paint(painter)

    def paintEvent(self, event) -> None:
        if self.zoom >= OVERVIEW or self._gesture is not None:
            super().paintEvent(event)
        else:
            self._paint_overview(event)

    def _paint_overview(self, event) -> None:
        roles = self._theme.roles
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), roles.color("canvas"))
        painter.setWorldTransform(self.viewportTransform())
        pen = QPen(roles.color("quiet"), 1)
        pen.setCosmetic(True)
        painter.setPen(pen)
        lines, rects = self._outlines()
        painter.drawLines(lines)
        painter.setPen(Qt.PenStyle.NoPen)
        for group, of_group in rects.items():
            painter.setBrush(roles.group(group))
            painter.drawRects(of_group)
        painter.setBrush(roles.color("accent"))
        chosen = (self.canvas_scene.blocks[id] for id in self._selection.blocks)
        painter.drawRects([item.rect.translated(item.pos()) for item in chosen])

    def _take_colors(self) -> None:
        """The dots are a tile: thousands of points cost more than all else that is drawn."""
        tile = QPixmap(DOTS * SHARP, DOTS * SHARP)
        tile.fill(Qt.GlobalColor.transparent)
        painter = QPainter(tile)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.roles.color("dots"))
        painter.drawEllipse(QPointF(tile.width() / 2, tile.height() / 2), SHARP, SHARP)
        painter.end()
        self._dots = QBrush(tile)
        self._dots.setTransform(QTransform.fromScale(1 / SHARP, 1 / SHARP))
        self.viewport().update()

    def _cache_what_is_readable(self) -> None:
        """Text is the dearest thing to draw; where there is none, a picture of it only costs room."""
        if (readable := self.zoom >= READABLE) != self._cached:
            self._cached = readable
            modes = QGraphicsItem.CacheMode
            self.canvas_scene.cache_blocks(
                modes.DeviceCoordinateCache if readable else modes.NoCache
            )

    def _outlines(self) -> tuple[list[QLineF], dict[Group, list[QRectF]]]:
        """Every connection and block as plainly as can be, kept until the flow changes."""
        if self._kept is None:
            rects: dict[Group, list[QRectF]] = defaultdict(list)
            for item in self.canvas_scene.blocks.values():
                rects[item.look.group].append(item.rect.translated(item.pos()))
            self._kept = self.canvas_scene.links.lines(), rects
        return self._kept

    def _forget_outlines(self) -> None:
        self._kept = None

    def _begin(self, event) -> None:
        place = self.mapToScene(event.position().toPoint())
        left = event.button() == Qt.MouseButton.LeftButton
        if event.button() == Qt.MouseButton.MiddleButton or (left and self._space):
            self._start(Pan(event.position(), self._scroll))
        elif left:
            self._start(self._gesture_at(place, event.modifiers()))

    def _gesture_at(self, place: QPointF, keys: Qt.KeyboardModifier) -> Gesture | None:
        more = bool(
            keys & (Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier)
        )
        scene, selection = self.canvas_scene, self._selection
        if (way := scene.way_at(place, self._reach())) is not None:
            return Connect(way, scene, self._document, self._open_end)
        item = scene.block_at(place)
        if item is None:
            kept = selection.blocks if more else frozenset()
            selection.select(kept)
            return BoxSelect(place, scene, selection, kept, self._theme.roles.color("accent"))
        if more:
            selection.select(selection.blocks ^ {item.id})
            return None
        if item.id not in selection.blocks:
            selection.select([item.id])
        return Move(place, scene, self._document, selection.blocks)

    def _start(self, gesture: Gesture | None) -> None:
        self._gesture = gesture
        if gesture is not None and gesture.cursor is not None:
            self.viewport().setCursor(gesture.cursor)

    def _let_go(self) -> None:
        self._gesture = None
        self.viewport().unsetCursor()
        self.viewport().update()

    def _point(self, place: QPointF) -> None:
        """A cross over ways out, so that one sees that they can be drawn from."""
        if self.canvas_scene.way_at(place, self._reach()) is not None:
            self.viewport().setCursor(Qt.CursorShape.CrossCursor)
        else:
            self.viewport().unsetCursor()

    def _place(self, event) -> QPointF:
        if isinstance(self._gesture, Pan):
            return event.position()
        return self.mapToScene(event.position().toPoint())

    def _reach(self) -> float:
        return max(geometry.REACH, geometry.REACH / self.zoom)

    def _scroll(self, by: QPointF) -> None:
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setValue(across.value() - round(by.x()))
        down.setValue(down.value() - round(by.y()))
