"""A monkey at the flow builder: mouse and keyboard at random, as nobody would plan it."""

from collections import deque
from random import Random

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QKeySequence, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from otn_studio.flow import writing
from otn_studio.studio.canvas import keymap
from tests.studio.desk import Desk

LEFT, NO_KEYS = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
HELD = (NO_KEYS, NO_KEYS, NO_KEYS, Qt.KeyboardModifier.ShiftModifier)
TEXTS = (
    "Hi",
    " there",
    "{{ contact.first_name }}",
    "{{",
    "3",
    "back in stock",
    "\t",
    "otn",
    "x" * 90,
)
KEYS = (
    *keymap.KEYS,
    *("Left", "Right", "Up", "Down", "Ctrl+Right", "Alt+Up", "Tab", "Shift+Tab", "Return", "Esc"),
)
HANDLED = (
    *(QAbstractButton, QLineEdit, QTextEdit, QPlainTextEdit),
    *(QComboBox, QAbstractSpinBox, QAbstractItemView),
)
LEAVES = ("practice", "publish", "file", "choose_file", "learn_more")
"""Parts of the names of what leads out of the builder."""


class Monkey:
    """Does one thing after the other at a desk with an open flow; ``lately`` says what."""

    def __init__(self, desk: Desk, seed: int) -> None:
        self._desk = desk
        self._random = Random(seed)
        self.lately: deque[str] = deque(maxlen=12)
        self._closer = QTimer(interval=20)
        self._closer.timeout.connect(_cancel)
        self._closer.start()

    def act(self) -> None:
        """One thing."""
        acts = (
            *(self._press_key, self._press_key, self._press_key, self._add, self._connect),
            *(self._drag, self._drag, self._click, self._click, self._roll),
            *(self._press_a_widget, self._press_a_widget, self._press_a_widget, self._write),
        )
        act = self._random.choice(acts)
        self.lately.append(act.__name__)
        act()
        self._let_go_of_menus()
        settle()

    def rest(self) -> None:
        """Nothing is open or held any more."""
        self._closer.stop()
        self._let_go_of_menus()
        for _ in range(3):
            self._desk.key(Qt.Key.Key_Escape)

    # What it does

    def _press_key(self) -> None:
        keys = self._random.choice(KEYS)
        self.lately.append(keys)
        QTest.keySequence(self._desk.find("canvas_view"), QKeySequence(keys))

    def _add(self) -> None:
        """By the palette that opens with /: some letters, and Enter or Escape."""
        QTest.keyClick(self._desk.find("canvas_view"), Qt.Key.Key_Slash)
        search = QApplication.focusWidget()
        if isinstance(search, QLineEdit):
            QTest.keyClicks(
                search, self._random.choice(("send", "wait", "cond", "otn", "go", "key"))
            )
            keys = self._random.choice((Qt.Key.Key_Return, Qt.Key.Key_Return, Qt.Key.Key_Escape))
            QTest.keyClick(search, keys)

    def _connect(self) -> None:
        """Drag from some way out to some block."""
        plan, flow = self._desk.canvas.plan, self._desk.flow
        ways = [(id, port.way.port) for id in flow.blocks for port in plan.shapes[id].ports]
        if ways:
            start = plan.way_out(self._random.choice(ways))
            end = plan.boxes[self._random.choice(sorted(plan.boxes))].center
            self._drag_between(self._desk.pixel(start), self._desk.pixel(end))

    def _drag(self) -> None:
        self._drag_between(self._somewhere(), self._somewhere())

    def _drag_between(self, start: QPoint, end: QPoint) -> None:
        view, keys = self._desk.canvas.view.viewport(), self._random.choice(HELD)
        QTest.mousePress(view, LEFT, keys, start)
        for part in (0.2, 0.6, 1.0):
            QTest.mouseMove(view, start + (end - start) * part)
            QApplication.processEvents()
        if self._random.random() < 0.1:
            QTest.keyClick(view, Qt.Key.Key_Escape)
        QTest.mouseRelease(view, LEFT, keys, end)

    def _click(self) -> None:
        view = self._desk.canvas.view.viewport()
        button = self._random.choice((LEFT, LEFT, LEFT, Qt.MouseButton.RightButton))
        click = self._random.choice((QTest.mouseClick, QTest.mouseClick, QTest.mouseDClick))
        click(view, button, self._random.choice(HELD), self._on_a_block())

    def _roll(self) -> None:
        view, at = self._desk.canvas.view.viewport(), QPointF(self._somewhere())
        turn = QPoint(0, self._random.choice((-240, -120, 120, 240)))
        keys = self._random.choice((NO_KEYS, Qt.KeyboardModifier.ControlModifier))
        wheel = QWheelEvent(
            *(at, view.mapToGlobal(at), QPoint(), turn, Qt.MouseButton.NoButton, keys),
            *(Qt.ScrollPhase.NoScrollPhase, False),
        )
        QApplication.sendEvent(view, wheel)

    def _press_a_widget(self) -> None:
        """Something beside the canvas that can be pressed."""
        builder = self._desk.window.builder
        assert builder is not None
        found = [w for w in builder.findChildren(QWidget) if _can_be_pressed(w)]
        if found:
            widget = self._random.choice(found)
            self.lately.append(widget.objectName())
            target = widget.viewport() if isinstance(widget, QAbstractItemView) else widget
            QTest.mouseClick(target, LEFT)

    def _write(self) -> None:
        """Into whatever has the keyboard now."""
        widget = QApplication.focusWidget()
        if widget is not None and not isinstance(widget, QAbstractButton):
            QTest.keyClicks(widget, self._random.choice(TEXTS))

    # Where

    def _somewhere(self) -> QPoint:
        view = self._desk.canvas.view.viewport()
        return QPoint(
            self._random.randrange(1, view.width() - 1),
            self._random.randrange(1, view.height() - 1),
        )

    def _on_a_block(self) -> QPoint:
        boxes = self._desk.canvas.plan.boxes
        if not boxes or self._random.random() < 0.4:
            return self._somewhere()
        return self._desk.pixel(boxes[self._random.choice(sorted(boxes))].center)

    def _let_go_of_menus(self) -> None:
        """Choose something of an open menu, or leave it."""
        for _ in range(5):
            popup = QApplication.activePopupWidget()
            if popup is None:
                return
            if isinstance(popup, QMenu) and self._random.random() < 0.6:
                for _ in range(self._random.randint(1, 6)):
                    QTest.keyClick(popup, Qt.Key.Key_Down)
                QTest.keyClick(popup, Qt.Key.Key_Return)
            else:
                popup.close()
            QApplication.processEvents()


def settle() -> None:
    """Let everything happen that waits to, the end of widgets too, as a loop of events does."""
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def undo_all(desk: Desk) -> list[str]:
    """To the beginning, by keyboard; the flow after each step, as its file would be."""
    texts = [writing.to_text(desk.flow)]
    while (words := desk.document.undo_words()) is not None:
        desk.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        texts.append(writing.to_text(desk.flow))
        assert desk.document.redo_words() == words, f"{words} was not undone"
    return texts


def redo(desk: Desk, steps: int) -> list[str]:
    """So many steps back again, by keyboard; the flow after each."""
    texts = [writing.to_text(desk.flow)]
    for _ in range(steps):
        desk.key(Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
        texts.append(writing.to_text(desk.flow))
    return texts


def _cancel() -> None:
    """Close a question that waits for an answer: nobody is there to give one."""
    modal = QApplication.activeModalWidget()
    if modal is not None:
        modal.close()


def _can_be_pressed(widget: QWidget) -> bool:
    name = widget.objectName().casefold()
    shown = widget.isVisible() and widget.isEnabled() and isinstance(widget, HANDLED)
    return shown and not any(part in name for part in LEAVES)
