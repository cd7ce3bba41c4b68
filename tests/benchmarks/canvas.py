"""The canvas with many blocks: CPU time of a frame, against one QPainter pass in the same run.

``python -m tests.benchmarks.canvas``. Frames are drawn offscreen at 1600 × 900; CPU time, since the
cores may be shared; the smallest of several runs.
"""

import os
import resource
import time
from collections.abc import Callable

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QLineF, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from otn_studio.blocks.elements.text import Text
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.flow.document import Flow, Position
from otn_studio.studio.canvas.canvas import Canvas
from otn_studio.studio.checker import Checker
from otn_studio.studio.document import Document
from otn_studio.studio.selection import Selection
from otn_studio.studio.theme.theme import Choice, Theme

ROWS = 40
RUNS = 7
AIMS = {1_000: 5.0, 5_000: 10.0}
"""Milliseconds of CPU time for any frame."""


def a_flow(count: int) -> Flow:
    """Columns of messages, each leading to one or two of the next column."""
    blocks, layout, connections = {}, {}, {}
    for n in range(count):
        words = f"Message {n}: the blue sneakers in size {n % 9 + 36} are back. Shall we?"
        blocks[f"b{n}"] = SendMessage(title=f"Block {n}", elements=[Text(id="t", text=words)])
        layout[f"b{n}"] = Position(n // ROWS * 330, n % ROWS * 170)
        ways = {"next": f"b{(n + ROWS + n % 3) % count}"}
        if n % 3 == 0:
            ways["too_late"] = f"b{(n + ROWS + 1) % count}"
        connections[f"b{n}"] = ways
    return Flow("many", "Many", blocks=blocks, layout=layout, connections=connections)


def cpu(step: Callable[[], None]) -> float:
    """Milliseconds of CPU time that a step takes, at best."""
    best = float("inf")
    for _ in range(RUNS):
        began = time.process_time()
        step()
        best = min(best, (time.process_time() - began) * 1_000)
    return best


class Bench:
    """One canvas of so many blocks."""

    def __init__(self, count: int, theme: Theme) -> None:
        self.document = Document(a_flow(count))
        self.selection = Selection()
        self.checker = Checker(self.document)
        began = time.process_time()
        self.canvas = Canvas(self.document, self.selection, self.checker, theme)
        self.canvas.resize(1600, 900)
        self.canvas.show()
        QApplication.processEvents()
        self.built = time.process_time() - began
        self.view = self.canvas.view

    def redraw(self) -> float:
        return cpu(self.view.viewport().repaint)

    def at(self, zoom: float | None) -> None:
        self.view.fit()
        if zoom is not None:
            self.view.zoom_to(zoom)
        self.view.settle()
        QApplication.processEvents()

    def pan(self) -> float:
        across, down = self.view.horizontalScrollBar(), self.view.verticalScrollBar()

        def step() -> None:
            across.setValue(across.value() + 12)
            down.setValue(down.value() + 5)
            self.view.viewport().repaint()

        return cpu(step)

    def drag(self) -> float:
        """By the mouse, from the head of the block that is nearest to the middle."""
        port = self.view.viewport()
        middle = self.view.to_canvas(QPointF(port.rect().center()))
        boxes = self.canvas.plan.boxes.values()
        box = min(boxes, key=lambda box: box.center.distance(middle))
        place = self.view.to_window(box.corner.plus(120, 19)).toPoint()
        QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=place)

        def step() -> None:
            nonlocal place
            place = place + QPoint(7, 3)
            QTest.mouseMove(port, place)
            QApplication.processEvents()
            port.repaint()

        took = cpu(step)
        QTest.keyClick(self.view, Qt.Key.Key_Escape)
        QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=place)
        return took

    def zoom_step(self) -> float:
        def step() -> None:
            self.view.zoom_to(self.view.zoom * 1.15)
            self.view.viewport().repaint()

        return cpu(step)

    def one_pass(self) -> float:
        """The least that any program can do: every rectangle and line, at one go."""
        image = QImage(1600, 900, QImage.Format.Format_ARGB32_Premultiplied)
        plan = self.canvas.plan
        rects = [QRectF(*b) for b in plan.boxes.values()]
        ends = ((route.start, route.end) for route in plan.routes.values())
        lines = [QLineF(a.x, a.y, b.x, b.y) for a, b in ends]
        transform = self.view.viewportTransform()

        def step() -> None:
            painter = QPainter(image)
            painter.setWorldTransform(transform)
            painter.drawLines(lines)
            painter.setBrush(Qt.GlobalColor.blue)
            painter.drawRects(rects)
            painter.end()

        return cpu(step)


def main() -> None:
    application = QApplication.instance() or QApplication([])
    theme = Theme(application, Choice.LIGHT)
    for count in (1_000, 5_000, 10_000):
        bench = Bench(count, theme)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        bench.at(None)
        fit, least = bench.redraw(), bench.one_pass()
        frames = {"fit redraw": fit}
        for zoom in (0.35, 1.0):
            bench.at(zoom)
            frames[f"{zoom:.0%} redraw"] = bench.redraw()
            frames[f"{zoom:.0%} pan"] = bench.pan()
            frames[f"{zoom:.0%} drag"] = bench.drag()
        bench.at(0.6)
        frames["zoom step"] = bench.zoom_step()
        print(f"{count:,} blocks: built in {bench.built:.2f} s, at most {memory:.0f} MB so far")
        for name, took in frames.items():
            aim = AIMS.get(count)
            verdict = "" if aim is None else f"  aim {aim:g}: {'met' if took <= aim else 'MISSED'}"
            print(f"  {name:12} {took:7.1f} ms{verdict}")
        print(f"  fit redraw / one pass: {fit / least:.2f} (one pass {least:.1f} ms), aim 1.3\n")
        bench.canvas.close()
        bench.canvas.deleteLater()
        QApplication.processEvents()


if __name__ == "__main__":
    main()
