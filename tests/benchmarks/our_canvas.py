"""The figures of our canvas, in a process of its own: ``… our_canvas KIND COUNT``, where the kind is
``checked``, ``unchecked`` or ``busy``.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Iterator

from tests.benchmarks.flows import busy, our_flow
from tests.benchmarks.frames import FRAMES, HEIGHT, ROUNDS, WIDTH, Figures, cpu, memory

BUSY_LINKS = 50


class Ours:
    """Our canvas with a flow of that size."""

    def __init__(self, count: int, checked: bool = True, links: int = 0) -> None:
        from PySide6.QtCore import QEvent
        from PySide6.QtWidgets import QApplication

        from otn_studio.studio.canvas.canvas import Canvas
        from otn_studio.studio.document.document import Document
        from otn_studio.studio.document.selection import Selection
        from otn_studio.studio.theme.theme import Choice, Theme

        self._application = QApplication([])
        self._update = QEvent(QEvent.Type.UpdateRequest)
        theme = Theme(self._application, Choice.LIGHT)
        flow, self._hub = busy(our_flow(count), links) if links else (our_flow(count), "")
        document, selection = Document(flow), Selection()
        checker = self._checking(document) if checked else unchecked(document)
        self.before = memory()
        began = time.process_time()
        self.canvas = Canvas(document, selection, checker, theme)
        self.canvas.plan.lay_on()  # what else would follow in turns
        self.built = time.process_time() - began
        self._keep = document, selection, checker, theme
        self.canvas.resize(WIDTH, HEIGHT)
        self.canvas.show()
        self.view, self.plan = self.canvas.view, self.canvas.plan
        self.flush()

    def _checking(self, document):
        """The live checks, once they know of all problems."""
        from otn_studio.studio.document.checker import Checker

        checker = Checker(document)
        while checker._background.is_busy:
            self._application.processEvents()
        return checker

    def flush(self) -> None:
        """Paint what there is to paint, now."""
        self._application.processEvents()
        self._application.sendEvent(self.canvas, self._update)

    def figures(self) -> Figures:
        found: Figures = {
            "build s": self.built,
            "memory MB before the canvas": self.before,
            "memory MB": memory(),
        }
        hub = min(self.plan.touching, key=lambda id: (abs(len(self.plan.touching[id]) - 6), id))
        self.view.fit()
        found["zoom of all"] = self.view.zoom
        found["one pass"] = cpu(self._one_pass())
        found |= self._at("all", hub)
        for zoom in (0.35, 1.0):
            self.view.zoom_to(zoom)
            self.view.settle()
            self.view.center_on(self.plan.boxes[hub].center)
            found |= self._at(f"{zoom:.0%}", hub)
        found["zoom step"] = self._zoom_step()
        found["memory MB at the end"] = memory()
        return found

    def drags(self) -> Figures:
        """Frames of the drag of the block to which so many connections lead."""
        found: Figures = {"connections": len(self.plan.touching[self._hub])}
        for where, zoom in (("all", 0.0), ("35%", 0.35), ("100%", 1.0)):
            self.view.fit() if not zoom else self.view.zoom_to(zoom)
            self.view.settle()
            self.view.center_on(self.plan.boxes[self._hub].center)
            self.flush()
            found[f"{where} drag"] = cpu(self._begin_drag(self._hub))
            self.view.thaw()
        return found

    def _at(self, where: str, hub: str) -> Iterator[tuple[str, float]]:
        self.flush()
        yield f"{where} redraw", cpu(self._anew)
        yield f"{where} pan", self._pan()
        began = time.process_time()
        drag = self._begin_drag(hub)
        yield f"{where} drag, first frame", (time.process_time() - began) * 1_000
        yield f"{where} drag", cpu(drag)
        self.view.thaw()

    def _anew(self) -> None:
        """A frame of which nothing is known from the last one."""
        self.view.settle()
        self.view.viewport().repaint()

    def _pan(self) -> float:
        ways = iter([(-12, -5), (12, 5)] * (ROUNDS * FRAMES))

        def step() -> None:
            self.view.scroll_by(*next(ways))
            self.flush()

        return cpu(step)

    def _begin_drag(self, hub: str) -> Callable[[], None]:
        from PySide6.QtCore import QPointF

        from otn_studio.studio.canvas.gestures.gesture import Spot
        from otn_studio.studio.canvas.gestures.move import Move

        at = self.plan.boxes[hub].center
        gesture = Move(self.canvas._tools, Spot(at, QPointF()), [hub])
        gesture.start()
        self.flush()
        moved = 0

        def step() -> None:
            nonlocal moved
            moved = (moved + 4) % 240
            gesture.move(Spot(at.plus(moved / self.view.zoom, moved / 3), QPointF()))
            self.flush()

        return step

    def _zoom_step(self) -> float:
        steps = iter([1.15, 1.15, 1 / 1.15, 1 / 1.15, 1 / 1.15, 1.15] * (ROUNDS * FRAMES))

        def step() -> None:
            self.view.zoom_by(next(steps))
            self.flush()

        return cpu(step)

    def _one_pass(self) -> Callable[[], None]:
        """The least that any program could do: the same rectangles and lines at one go."""
        from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
        from PySide6.QtGui import QColor, QImage, QPainter, QPen

        image = QImage(WIDTH, HEIGHT, QImage.Format.Format_ARGB32_Premultiplied)
        rects: dict[str, list[QRectF]] = {}
        for id, box in self.plan.boxes.items():
            group = self.plan.shapes[id].group.value
            rects.setdefault(group, []).append(QRectF(*box))
        lines = [QLineF(QPointF(*r.start), QPointF(*r.end)) for r in self.plan.routes.values()]
        transform, pen = self.view.transform(), QPen(QColor("#888888"), 1)
        pen.setCosmetic(True)

        def step() -> None:
            painter = QPainter(image)
            painter.setClipRect(image.rect())
            painter.fillRect(image.rect(), QColor("#F4F5F8"))
            painter.setWorldTransform(transform)
            painter.setPen(pen)
            painter.drawLines(lines)
            painter.setPen(Qt.PenStyle.NoPen)
            for boxes in rects.values():
                painter.setBrush(QColor("#7C3AED"))
                painter.drawRects(boxes)
            painter.end()

        return step


def unchecked(document):
    """In the checks' place for a canvas by itself, as its peer is."""
    from PySide6.QtCore import QObject, Signal

    from otn_studio.studio.document.other_flows import OtherFlows

    class Nothing(QObject):
        changed = Signal()
        findings = ()
        others = OtherFlows(document)

    return Nothing(document)


def _figures(kind: str, count: int) -> Figures:
    match kind:
        case "checked":
            return Ours(count).figures()
        case "unchecked":
            return Ours(count, checked=False).figures()
        case "busy":
            return Ours(count, checked=False, links=BUSY_LINKS).drags()
    raise SystemExit(f"there is no kind {kind}")


if __name__ == "__main__":
    print(json.dumps(_figures(sys.argv[1], int(sys.argv[2]))), flush=True)
    os._exit(0)
