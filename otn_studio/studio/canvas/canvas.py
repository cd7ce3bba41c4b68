"""The canvas as the flow builder has it: the view with its palette, zoom bar and overview."""

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLabel, QMenu, QVBoxLayout, QWidget

from otn_studio.studio.canvas.editing import Editing
from otn_studio.studio.canvas.kinds import Choice, choices
from otn_studio.studio.canvas.minimap import Minimap
from otn_studio.studio.canvas.palette import Palette
from otn_studio.studio.canvas.quick_add import QuickAdd
from otn_studio.studio.canvas.scene import Scene
from otn_studio.studio.canvas.view import STEP, View
from otn_studio.studio.canvas.zoom_bar import ZoomBar
from otn_studio.studio.checker import Checker
from otn_studio.studio.document import Document
from otn_studio.studio.selection import Selection
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.words import _

EDGE = 16
NUDGE = 4
ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class Canvas(QWidget):
    """``edit_requested``: somebody wants to write in this block."""

    edit_requested = Signal(str)

    def __init__(
        self, document: Document, selection: Selection, checker: Checker, theme: Theme
    ) -> None:
        super().__init__()
        self._document = document
        self._selection = selection
        self._checker = checker
        self.scene = Scene(theme)
        self.scene.setParent(self)
        self.view = View(self.scene, document, selection, theme, self._choose_what_follows)
        self.editing = Editing(document, selection, self.scene)
        self.quick_add = QuickAdd(self, theme)
        self._waiting: tuple[QPointF, tuple[str, str] | None] | None = None
        self._connecting: tuple[str, str] | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view)
        self._palette = Palette(self, theme)
        self._zoom_bar = ZoomBar(self, self.view)
        self._minimap = Minimap(self, self.view, theme)
        self._empty = QLabel(_("Press / to add the first block, or choose one at the left."), self)
        self._empty.setProperty("look", "quiet")
        self._empty.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._connect()
        self._show_flow()
        self._fitted = False

    def _connect(self) -> None:
        self._document.changed.connect(self._show_flow)
        self._selection.changed.connect(self._show_marks)
        self._selection.shown.connect(self.view.bring_into_view)
        self._checker.changed.connect(self._show_marks)
        self._palette.chosen.connect(self.add_in_the_middle)
        self.quick_add.chosen.connect(self._add_what_follows)
        self.quick_add.closed.connect(self.view.setFocus)
        self.view.opened.connect(self.edit_requested)
        self.view.installEventFilter(self)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._open_menu)

    def add_in_the_middle(self, choice: Choice) -> None:
        """Add something where the person looks, or beside the block that is selected."""
        only = self._selection.only
        at = self.editing.beside(only) if only in self.scene.blocks else self._middle()
        self.editing.add(choice, self.editing.free_place(at))
        self.view.bring_into_view(self._selection.only or "")
        self.view.setFocus()

    def ask_what_to_add(self) -> None:
        """Let the person choose by typing."""
        self._waiting = None
        middle = self.rect().center() - self.quick_add.rect().center()
        self.quick_add.open(middle, choices())

    def showEvent(self, event) -> None:
        super().showEvent(event)
        if not self._fitted:
            self._fitted = True
            self.view.fit()

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self._palette.move(EDGE, EDGE)
        self._zoom_bar.adjustSize()
        self._zoom_bar.move(EDGE, self.height() - self._zoom_bar.height() - EDGE)
        self._minimap.move(
            self.width() - self._minimap.width() - EDGE,
            self.height() - self._minimap.height() - EDGE,
        )
        self._empty.adjustSize()
        self._empty.move(self.rect().center() - self._empty.rect().center())

    def eventFilter(self, watched, event) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and self._is_ours(event):
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress and self._do(event):
            return True
        if event.type() == QEvent.Type.KeyRelease and event.key() == Qt.Key.Key_Space:
            self.view.hold_space(False)
        return super().eventFilter(watched, event)

    def _is_ours(self, event: QKeyEvent) -> bool:
        standard = QKeySequence.StandardKey
        ours = (standard.Copy, standard.Cut, standard.Paste, standard.SelectAll)
        return any(event.matches(key) for key in ours)

    def _do(self, event: QKeyEvent) -> bool:
        """What a key does on the canvas; answers whether it does something."""
        if event.key() in ARROWS:
            self._arrow(event)
            return True
        standard, editing = QKeySequence.StandardKey, self.editing
        for key, act in (
            (standard.Copy, editing.copy),
            (standard.Cut, editing.cut),
            (standard.Paste, lambda: editing.paste(self._mouse())),
            (standard.SelectAll, editing.select_all),
            (standard.Delete, editing.delete),
        ):
            if event.matches(key):
                act()
                return True
        return self._do_letter(event)

    def _do_letter(self, event: QKeyEvent) -> bool:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        match event.key(), control:
            case Qt.Key.Key_Backspace, False:
                self.editing.delete()
            case Qt.Key.Key_D, True:
                self.editing.duplicate()
            case (Qt.Key.Key_K, True) | (Qt.Key.Key_Slash, False):
                self.ask_what_to_add()
            case Qt.Key.Key_C, False:
                self._begin_connecting()
            case ((Qt.Key.Key_Return | Qt.Key.Key_Enter), False):
                self._enter()
            case Qt.Key.Key_Tab, False:
                self.editing.step(1)
            case Qt.Key.Key_Backtab, False:
                self.editing.step(-1)
            case Qt.Key.Key_Escape, False:
                self._escape()
            case Qt.Key.Key_Space, False:
                self.view.hold_space(True)
            case (Qt.Key.Key_F, False) | (Qt.Key.Key_1, True):
                self.view.fit()
            case ((Qt.Key.Key_Plus | Qt.Key.Key_Equal), _):
                self.view.zoom_to(self.view.zoom * STEP)
            case Qt.Key.Key_Minus, _:
                self.view.zoom_to(self.view.zoom / STEP)
            case Qt.Key.Key_0, _:
                self.view.zoom_to(1.0)
            case _:
                return False
        return True

    def _arrow(self, event: QKeyEvent) -> None:
        x, y = ARROWS[event.key()]
        keys = event.modifiers()
        if keys & (Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier):
            far = NUDGE * (8 if keys & Qt.KeyboardModifier.ShiftModifier else 1)
            self.editing.nudge(x * far, y * far)
        else:
            self.editing.go(x, y)

    def _begin_connecting(self) -> None:
        """By keyboard: choose the way out; then go to the block with the arrows and press Enter."""
        only = self._selection.only
        ways = self.scene.blocks[only].look.ways if only else ()
        if only is None or not ways:
            return
        if len(ways) == 1:
            self._connecting = only, ways[0].port
            return
        menu = QMenu(self)
        menu.setObjectName("ways_out")
        for way in ways:
            place = only, way.port
            menu.addAction(way.label, lambda place=place: setattr(self, "_connecting", place))
        menu.aboutToHide.connect(menu.deleteLater)
        item = self.scene.blocks[only]
        corner = self.view.mapFromScene(item.pos() + item.rect.topRight())
        menu.popup(self.view.viewport().mapToGlobal(corner))

    def _enter(self) -> None:
        only = self._selection.only
        if self._connecting is not None and only is not None:
            self.editing.connect(*self._connecting, only)
            self._connecting = None
        elif only is not None:
            self.edit_requested.emit(only)

    def _escape(self) -> None:
        if not self.view.cancel_gesture():
            if self._connecting is None:
                self._selection.select([])
            self._connecting = None

    def _choose_what_follows(self, block: str, port: str, place: QPointF) -> None:
        self._waiting = place, (block, port)
        at = self.view.mapTo(self, self.view.mapFromScene(place))
        self.quick_add.open(at, choices(starts=False))

    def _add_what_follows(self, choice: Choice) -> None:
        if self._waiting is None:
            self.add_in_the_middle(choice)
        else:
            self.editing.add(choice, *self._waiting)
            self._waiting = None
        self.view.setFocus()

    def _open_menu(self, place) -> None:
        at = self.view.mapToScene(place)
        way = self.scene.way_at(at, 10)
        item = self.scene.block_at(at)
        menu = QMenu(self)
        menu.setObjectName("canvas_menu")
        if way is not None and self._document.flow.leads_to(*way):
            menu.addAction(_("Remove connection"), lambda: self.editing.disconnect(*way))
        if item is not None:
            if item.id not in self._selection.blocks:
                self._selection.select([item.id])
            menu.addAction(_("Edit"), lambda: self.edit_requested.emit(item.id))
            menu.addAction(_("Duplicate"), self.editing.duplicate)
            menu.addAction(_("Copy"), self.editing.copy)
            menu.addAction(_("Delete"), self.editing.delete)
        else:
            menu.addAction(_("Add…"), self.ask_what_to_add)
            menu.addAction(_("Paste"), lambda: self.editing.paste(at))
            menu.addAction(_("Select all"), self.editing.select_all)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.view.viewport().mapToGlobal(place))

    def _show_flow(self) -> None:
        self.scene.show_flow(self._document.flow)
        self._empty.setVisible(not self._document.flow.blocks)
        self._show_marks()
        self._minimap.update()

    def _show_marks(self) -> None:
        existing = self._selection.blocks & self.scene.blocks.keys()
        self.scene.show_marks(existing, self._checker.findings)

    def _middle(self) -> QPointF:
        return self.view.mapToScene(self.view.viewport().rect().center()) - QPointF(120, 40)

    def _mouse(self) -> QPointF:
        """Where the mouse points, if it is over the canvas; else the middle."""
        place = self.view.viewport().mapFromGlobal(self.cursor().pos())
        inside = self.view.viewport().rect().contains(place) and self.view.underMouse()
        return self.view.mapToScene(place) if inside else self._middle()
