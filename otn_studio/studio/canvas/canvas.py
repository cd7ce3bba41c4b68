"""The canvas as the studio has it: the view with everything around it, one way for data and changes."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from otn_studio.flow.document import Flow
from otn_studio.studio.canvas import accessible, first_look
from otn_studio.studio.canvas.adding import Adding
from otn_studio.studio.canvas.arranging import Arranging
from otn_studio.studio.canvas.beside import Beside
from otn_studio.studio.canvas.commands import Commands
from otn_studio.studio.canvas.context_menu import ContextMenu
from otn_studio.studio.canvas.editing import Editing
from otn_studio.studio.canvas.floating import Floating
from otn_studio.studio.canvas.fonts import ThemeFonts
from otn_studio.studio.canvas.frame_editor import FrameEditor
from otn_studio.studio.canvas.framing import Framing
from otn_studio.studio.canvas.geometry import Point
from otn_studio.studio.canvas.gestures.gesture import Tools
from otn_studio.studio.canvas.glide import Glide
from otn_studio.studio.canvas.hands import Hands
from otn_studio.studio.canvas.keys import Keys
from otn_studio.studio.canvas.minimap import Minimap
from otn_studio.studio.canvas.notice import Notice
from otn_studio.studio.canvas.offers import offers
from otn_studio.studio.canvas.plan import Plan, Way
from otn_studio.studio.canvas.scene import Scene
from otn_studio.studio.canvas.searching import Searching
from otn_studio.studio.canvas.smoothly import let_go
from otn_studio.studio.canvas.view import SIGN_BELOW, View
from otn_studio.studio.canvas.way_light import WayLight
from otn_studio.studio.canvas.ways import rescues_for
from otn_studio.studio.canvas.zoom_bar import ZoomBar
from otn_studio.studio.document.document import Document
from otn_studio.studio.document.selection import Selection
from otn_studio.studio.theme import sides
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.words import _

if TYPE_CHECKING:
    from otn_studio.studio.canvas.find_bar import FindBar
    from otn_studio.studio.canvas.quick_add import QuickAdd
    from otn_studio.studio.document.checker import Checker

EDGE = 8
"""Between the canvas's edge and what floats on it, whose shadow takes as much again."""
ROOM_FOR_MINIMAP = (560, 360)


class Canvas(QWidget):
    """``edit_requested``: somebody wants to write in this block."""

    edit_requested = Signal(str)
    figures_wanted = Signal()
    """Or no longer."""

    def __init__(
        self, document: Document, selection: Selection, checker: "Checker", theme: Theme
    ) -> None:
        super().__init__()
        self._document = document
        self._selection = selection
        self._checker = checker
        self._looked = False
        self.scene = Scene(Plan(ThemeFonts()), theme)
        self.scene.setParent(self)
        self.view = View(self.scene)
        self.editing = Editing(document, selection, self.scene)
        self.framing = Framing(document, selection, self.scene)
        self._tools = Tools(
            self.view,
            self.scene,
            self.editing,
            self.framing,
            selection,
            self.suggest,
            lambda point, way: self._adding.ask_into(point, way),
        )
        self._notice = Notice(self, theme)
        self.hands = Hands(self._tools)
        self.keys = Keys(self._tools, self.hands, self._notice)
        self.frame_editor = FrameEditor(self.view, self.framing)
        self._glide = Glide(self.view, self.scene)
        arranging = Arranging(document, selection, self.scene, self._glide.show, self)
        self._theme = theme
        self._find_bar: FindBar | None = None
        self.keys.find_requested.connect(lambda: self.find_bar.open())
        self._way_light = WayLight(self.scene, selection)
        commands = Commands(
            self._tools, arranging, self._way_light, self.frame_editor, self.figures_wanted.emit
        )
        self.keys.learn(commands.all(self.keys.place))
        self.menu = ContextMenu(self._tools, self.keys)
        self._adding = Adding(self, self._tools, document, theme)
        self._zoom_bar = ZoomBar(self, self.view, theme)
        self._zoom_bar.offer_figures(self.figures_wanted.emit)
        self._minimap = Minimap(self.view, self.scene, theme)
        self.scene.unfolded.connect(self._minimap.redraw)
        self._minimap_frame = Floating(self, theme, self._minimap)
        self._minimap_frame.adjustSize()
        self._empty = QLabel(_("Press / to add the first block, or choose one at the left."), self)
        self._lay_out()
        self._connect(theme)
        self.destroyed.connect(let_go)
        accessible.install()
        self.scene.plan.beside = self._beside()
        first_look.show(self.scene, document.flow, self.screen().size())
        self._follow_flow()
        self._show_selection()
        self.scene.show_findings(checker.findings)

    @property
    def plan(self) -> Plan:
        """Where everything of the flow is."""
        return self.scene.plan

    @property
    def find_bar(self) -> "FindBar":
        """Looks for words, from when it is first wanted."""
        if self._find_bar is None:
            from otn_studio.studio.canvas.find_bar import FindBar

            searching = Searching(self._document, self.scene)
            self._find_bar = FindBar(self, self._tools, searching, self._theme)
        return self._find_bar

    def placed(self) -> Flow:
        """The flow with a place for every block."""
        return self.plan.placed()

    @property
    def quick_add(self) -> "QuickAdd":
        """The list that asks what to add."""
        return self._adding.quick_add

    def say(self, words: str) -> None:
        """Something to know, on the canvas, for a while."""
        self._notice.say(words)

    @property
    def is_gliding(self) -> bool:
        """Whether blocks are still on their way to new places."""
        return self._glide.is_on_its_way

    def suggest(self, point: Point, after: Way | None = None) -> None:
        """Ask what to put at a place: after a way out, or by itself."""
        self._adding.ask(point, after, offers(starts=after is None))

    def light(
        self, ways: Collection[Way], at: str, role: str, blocks: Collection[str] = ()
    ) -> None:
        """Let one way stand out, and more ``blocks``, with the one that it is about just now."""
        self._way_light.give_way()
        is_new = not self.scene.spotlight.lit
        self.scene.light(ways, at, role, blocks)
        if is_new and (box := self.scene.spotlight.box()) is not None:
            self.view.look_at(box, most=1.0)
        elif at in self.plan.boxes:
            self.view.show_box(self.plan.boxes[at])

    def showEvent(self, event) -> None:
        super().showEvent(event)
        if not self._looked:
            self._looked = True
            first_look.look(self.view, self.scene)

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self._float(self._adding.palette, EDGE, EDGE)
        self._zoom_bar.place()
        corner = self.rect().bottomRight() - self._minimap_frame.rect().bottomRight()
        self._float(self._minimap_frame, *(corner - QPoint(EDGE, EDGE)).toTuple())
        self._show_minimap()
        self._empty.move(self.rect().center() - self._empty.rect().center())
        self._notice.place()
        if self._find_bar is not None:
            self._find_bar.place()

    def eventFilter(self, watched, event) -> bool:
        """The view's keys."""
        kind = event.type()
        if kind == QEvent.Type.ShortcutOverride and self.keys.claims(event):
            event.accept()
            return True
        if kind == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                return self.keys.step(forward=event.key() == Qt.Key.Key_Tab)
            return self.keys.press(event)
        if kind == QEvent.Type.KeyRelease:
            return self.keys.release(event)
        if kind == QEvent.Type.FocusOut:
            self.hands.hold_space(False)
        return False

    def _float(self, tool: QWidget, x: int, y: int) -> None:
        """Above the canvas, at the side where one reads it."""
        tool.move(sides.swapped(QRect(QPoint(x, y), tool.size()), self.rect()).topLeft())

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view)
        self.view.lower()
        self.setFocusProxy(self.view)
        self.view.setObjectName("canvas_view")
        self.view.setAccessibleName(_("Canvas"))
        self.view.mouse = self.hands
        self.view.installEventFilter(self)
        self._empty.setProperty("look", "quiet")
        self._empty.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._empty.adjustSize()

    def _connect(self, theme: Theme) -> None:
        self._document.changed.connect(self._show_flow)
        self._selection.changed.connect(self._show_selection)
        self._selection.shown.connect(self._bring_into_view)
        self._checker.changed.connect(self._show_findings)
        self._checker.others.changed.connect(self._show_findings)
        theme.changed.connect(self._recolor)
        self.hands.edit_requested.connect(self.edit_requested)
        self.hands.frame_edit_requested.connect(self.frame_editor.open)
        self.keys.frame_edit_requested.connect(self.frame_editor.open)
        self.keys.edit_requested.connect(self.edit_requested)
        self.keys.add_requested.connect(lambda point: self._adding.ask(point, None, offers()))
        self.hands.menu_requested.connect(self.menu.open)
        self.keys.menu_requested.connect(self.menu.open)

    def _bring_into_view(self, block: str) -> None:
        if block in self.plan.boxes:
            if self.view.zoom < SIGN_BELOW:
                self.view.look_at(self.plan.boxes[block], most=1.0)
            else:
                self.view.show_box(self.plan.boxes[block])

    def _show_flow(self) -> None:
        self.hands.cancel()
        self._glide.stop()
        self.keys.stop_connecting()
        self.scene.show_flow(self._document.flow)
        self._follow_flow()

    def _follow_flow(self) -> None:
        self._way_light.follow()
        self._empty.setVisible(not self._has_content())
        self._show_minimap()
        self._minimap.show_change()
        if self._find_bar is not None:
            self._find_bar.refresh()

    def _show_minimap(self) -> None:
        """Where there is room for it, and something to show."""
        width, height = ROOM_FOR_MINIMAP
        room = self.width() >= width and self.height() >= height
        self._minimap_frame.setVisible(room and self._has_content())

    def _has_content(self) -> bool:
        return bool(self._document.flow.blocks or self._document.flow.frames)

    def _show_selection(self) -> None:
        self.scene.show_selected(self._selection.blocks)
        self.scene.show_selected_frames(self._selection.frames)
        self._way_light.follow()
        if self._selection.blocks:
            self.scene.hover.choose(None)

    def _show_findings(self) -> None:
        """Badges, and the ways out for trouble that are needed."""
        self.scene.show_beside(self._beside())
        self.scene.show_findings(self._checker.findings)
        self._minimap.show_change()

    def _beside(self) -> Beside:
        others = self._checker.others.all()
        names = {flow.id: flow.name for flow in others}
        return Beside(names, rescues_for(self._checker.findings, self._document.flow))

    def _recolor(self) -> None:
        self.scene.recolor()
        self.view.viewport().update()
