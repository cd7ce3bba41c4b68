"""A canvas with hands: what a person does with mouse and keyboard, and what comes of it."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from otn_studio import shipped
from otn_studio.flow.document import Flow
from otn_studio.flow.reading import load
from otn_studio.studio.canvas.canvas import Canvas
from otn_studio.studio.canvas.geometry import Point
from otn_studio.studio.document.checker import Checker
from otn_studio.studio.document.document import Document
from otn_studio.studio.document.selection import Selection

LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton
NOTHING = Qt.KeyboardModifier.NoModifier


class Stage:
    """A canvas on a screen; everything around it is real."""

    def __init__(self, qtbot, theme, flow: Flow) -> None:
        self.bot = qtbot
        self.document = Document(flow)
        self.selection = Selection()
        self.checker = Checker(self.document)
        self.canvas = Canvas(self.document, self.selection, self.checker, theme)
        for part in (self.document, self.selection):
            part.setParent(self.canvas)  # they end together, as in the window
        self.canvas.resize(1200, 800)
        qtbot.addWidget(self.canvas)
        self.canvas.show()
        self.canvas.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is self.canvas)
        self.view = self.canvas.view
        self.view.setFocus()

    @property
    def flow(self) -> Flow:
        return self.document.flow

    @property
    def plan(self):
        return self.canvas.plan

    @property
    def undo_words(self) -> str:
        return str(self.document.undo_words())

    def pixel(self, point: Point) -> QPoint:
        return self.view.to_window(point).toPoint()

    def middle(self, block: str) -> Point:
        return self.plan.boxes[block].center

    def head(self, block: str) -> Point:
        return self.plan.boxes[block].corner.plus(120, 19)

    def way_out(self, block: str, port: str = "next") -> Point:
        return self.plan.way_out((block, port))

    def click(self, point: Point, keys=NOTHING) -> None:
        self.bot.mouseClick(self.view.viewport(), LEFT, keys, self.pixel(point))

    def press(self, point: Point, button=LEFT) -> None:
        self.bot.mousePress(self.view.viewport(), button, pos=self.pixel(point))

    def move_to(self, point: Point, keys=NOTHING) -> None:
        place = QPointF(self.pixel(point))
        screen = self.view.viewport().mapToGlobal(place)
        event = QMouseEvent(QEvent.Type.MouseMove, place, screen, LEFT, LEFT, keys)
        QApplication.sendEvent(self.view.viewport(), event)
        QApplication.processEvents()

    def release(self, point: Point, button=LEFT) -> None:
        self.bot.mouseRelease(self.view.viewport(), button, pos=self.pixel(point))
        QApplication.processEvents()

    def drag(self, start: Point, end: Point, keys=NOTHING) -> None:
        self.bot.mousePress(self.view.viewport(), LEFT, keys, self.pixel(start))
        for share in (0.3, 0.7, 1.0):
            x, y = end.x - start.x, end.y - start.y
            self.move_to(start.plus(x * share, y * share), keys)
        self.release(end)

    def key(self, key: Qt.Key, keys=NOTHING) -> None:
        self.bot.keyClick(QApplication.focusWidget() or self.view, key, keys)

    def type(self, text: str) -> None:
        """Letters as a keyboard makes them, also those that have no key of their own."""
        for letter in text:
            event = QKeyEvent(QEvent.Type.KeyPress, ord(letter.upper()), NOTHING, letter)
            listens = QApplication.focusWidget()
            assert listens is not None, "nothing has the keyboard"
            QApplication.sendEvent(listens, event)

    def find(self, name: str) -> QWidget:
        found = self.canvas.findChild(QWidget, name)
        assert found is not None, f"nothing is called {name!r}"
        return found

    def push(self, name: str) -> None:
        self.bot.mouseClick(self.find(name), LEFT)

    def offer_at(self, title: str) -> QPoint:
        """Where the list of what can be added has this."""
        offers = self.canvas.quick_add.list
        (item,) = offers.findItems(title, Qt.MatchFlag.MatchExactly)
        return offers.visualItemRect(item).center()

    def choose(self, title: str) -> None:
        self.bot.mouseClick(self.canvas.quick_add.list.viewport(), LEFT, pos=self.offer_at(title))

    def one_more(self, before: Flow) -> str:
        """The one block that was not there before."""
        (made,) = self.flow.blocks.keys() - before.blocks.keys()
        return made

    def repaint(self) -> None:
        self.view.viewport().repaint()

    def place(self, pixels: QPointF) -> Point:
        return self.view.to_canvas(pixels)


@pytest.fixture
def stage(qtbot, theme) -> Iterator:
    """Makes a stage of a flow."""
    return lambda flow: Stage(qtbot, theme, flow)


@pytest.fixture
def sample(stage) -> Stage:
    """All of it can be seen."""
    made = stage(load(shipped.path("flows/back-in-stock.json")))
    made.key(Qt.Key.Key_F)
    return made


@pytest.fixture
def empty(stage) -> Stage:
    return stage(Flow("empty", "Empty"))
