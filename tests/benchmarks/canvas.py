"""Frames of the canvas at 200 to 10,000 blocks, beside one QPainter pass and NodeGraphQt.

``python -m tests.benchmarks.canvas``; with ``--alone`` without NodeGraphQt, which is fetched
into an environment of its own. Every size runs in a process of its own, offscreen at 1600 × 900. Times
are of the CPU, since the cores may be shared, and the best of several rounds.
"""

import json
import math
import os
import random
import resource
import subprocess
import sys
import time
import venv
from collections.abc import Callable, Iterator
from dataclasses import astuple, replace
from pathlib import Path
from statistics import median
from typing import Any

WIDTH, HEIGHT = 1600, 900
ROUNDS, FRAMES = 5, 12
COLUMN, ROW = 340, 300
SIZES = (200, 1_000, 5_000, 10_000)
THEIR_SIZES = (200, 1_000, 10_000)
FRAME_AIMS = {200: 5.0, 1_000: 5.0, 5_000: 10.0}
BUSY, BUSY_LINKS, BUSY_AIM = 1_000, 50, 8.0
"""A block with so many connections among so many blocks, and the milliseconds of a frame."""
MEMORY_AT, MEMORY_AIM, PASS_AIM = 5_000, 160.0, 1.3
BUILD_AIM, THEIR_MEMORY_AIM = 1 / 50, 1 / 12
PACKAGES = ("NodeGraphQt", "PySide6-Essentials<6.12", "setuptools<81")
PATIENCE_SECONDS = 900
Figures = dict[str, Any]


def graph(count: int) -> tuple[list[tuple[int, int]], list[tuple[int, int, int]]]:
    """Places, and connections (from, way out, to): mostly to the next column, some to anywhere."""
    rnd = random.Random(7)
    rows = max(4, int(math.sqrt(count / 1.8)))
    places = [
        (n // rows * COLUMN + rnd.randint(-10, 10), n % rows * ROW + rnd.randint(-8, 8))
        for n in range(count)
    ]
    links: dict[tuple[int, int], int] = {}
    for n in [*range(count), *range(0, count, 3)]:
        way = 1 if (n, 0) in links else 0
        near = (n // rows + 1) * rows + min(rows - 1, max(0, n % rows + rnd.randint(-2, 2)))
        far = rnd.random() < 0.06 or near >= count
        links[n, way] = rnd.randrange(count) if far else near
    return places, [(n, way, to) for (n, way), to in links.items()]


def our_flow(count: int):
    """The graph as a flow of four kinds of blocks, each with words of its own."""
    from otn_studio.blocks.elements.buttons import Button, Buttons
    from otn_studio.blocks.elements.otn_request import OtnRequest
    from otn_studio.blocks.elements.quick_replies import QuickReplies, QuickReply
    from otn_studio.blocks.elements.text import Text
    from otn_studio.blocks.logic.wait import Wait
    from otn_studio.blocks.message.send_message import SendMessage
    from otn_studio.flow.document import Flow, Position, Topic

    def block(n: int):
        hello = f"Hi {{{{ contact.first_name }}}}, the shoes of shelf {n} are back in your size."
        if n % 4 == 0:
            replies = tuple(QuickReply(id=i, title=t) for i, t in (("a", "Yes"), ("b", "No")))
            asks = QuickReplies(id="q", text="Shall we keep a pair?", replies=replies)
            return SendMessage(title=f"Message {n}", elements=(Text(id="t", text=hello), asks))
        if n % 4 == 1:
            card = OtnRequest(id="o", topic="t", title=f"Get told when shelf {n} is full again")
            return SendMessage(title=f"Ask {n}", elements=(card,))
        if n % 4 == 2:
            buttons = tuple(Button(id=i, title=t) for i, t in (("a", "Show me"), ("b", "Later")))
            offer = Buttons(id="b", text=hello, buttons=buttons)
            return SendMessage(title=f"Offer {n}", elements=(offer,))
        return Wait(title=f"Wait {n}")

    places, links = graph(count)
    blocks = {f"b{n}": block(n) for n in range(count)}
    connections: dict[str, dict[str, str]] = {}
    for n, way, to in links:
        shown = [port.id for port in blocks[f"b{n}"].ports() if port.role.value != "rescue"]
        connections.setdefault(f"b{n}", {})[shown[way % len(shown)]] = f"b{to}"
    layout = {f"b{n}": Position(*place) for n, place in enumerate(places)}
    topics = {"t": Topic("Shoes")}
    return Flow("f", "F", topics=topics, blocks=blocks, connections=connections, layout=layout)


def busy(flow, links: int):
    """The same flow, where as many of the nearest ways lead to the block in the middle; and its id."""
    at = flow.layout
    middle = [median(place[axis] for place in map(astuple, at.values())) for axis in (0, 1)]

    def nearest(to):
        return sorted(at, key=lambda id: math.dist(astuple(at[id]), to))

    hub = nearest(middle)[0]
    near = nearest(astuple(at[hub]))[1 : links + 1]
    led = {id: dict.fromkeys(list(flow.connections[id])[-1:], hub) for id in near}
    connections = {id: {**ways, **led.get(id, {})} for id, ways in flow.connections.items()}
    return replace(flow, connections=connections), hub


def cpu(step: Callable[[], object], rounds: int = ROUNDS, frames: int = FRAMES) -> float:
    """Milliseconds of a frame: the median of some in a row, of the best round."""
    best = math.inf
    for _round in range(rounds):
        took = []
        for _frame in range(frames):
            began = time.process_time()
            step()
            took.append((time.process_time() - began) * 1_000)
        best = min(best, median(took))
    return best


def memory() -> float:
    """Megabytes that the process holds now."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return pages * resource.getpagesize() / 2**20


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


def theirs(count: int) -> Figures:
    """NodeGraphQt with the same graph, by its quick ways: no undo, no search for circles."""
    import warnings

    warnings.filterwarnings("ignore")
    from NodeGraphQt import BaseNode, NodeGraph
    from PySide6.QtWidgets import QApplication

    class Message(BaseNode):
        __identifier__, NODE_NAME = "otn", "Message"

        def __init__(self) -> None:
            super().__init__()
            self.add_input("in", multi_input=True)
            for number in range(3):
                self.add_output(f"way {number}")

    application = QApplication([])
    places, links = graph(count)
    began = time.process_time()
    board = NodeGraph()
    board.register_node(Message)
    board.set_acyclic(False)
    nodes = [
        board.create_node(
            "otn.Message", name=f"Block {n}", pos=[*place], selected=False, push_undo=False
        )
        for n, place in enumerate(places)
    ]
    for start, way, end in links:
        port = nodes[start].output(way)
        port.connect_to(nodes[end].input(0), push_undo=False, emit_signal=False)
    built = time.process_time() - began
    view = board.viewer()
    view.resize(WIDTH, HEIGHT)
    view.show()
    view._scene_range = view.scene().itemsBoundingRect()
    view._update_scene()
    application.processEvents()
    frame = cpu(view.viewport().repaint, rounds=1, frames=2)
    return {"build s": built, "memory MB": memory(), "all redraw": frame}


def in_a_process(python: str, *arguments: str) -> Figures:
    """The figures that this file prints when it is run by another Python."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": "1"}
    command = [python, "-m", "tests.benchmarks.canvas", *arguments]
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=PATIENCE_SECONDS
    )
    if done.returncode:
        raise RuntimeError(done.stderr.strip()[-400:] or f"it ended with {done.returncode}")
    return json.loads(done.stdout.splitlines()[-1])


def their_python(folder: Path) -> str:
    """A new environment with NodeGraphQt."""
    venv.create(folder, with_pip=True)
    python = str(folder / ("Scripts" if os.name == "nt" else "bin") / "python")
    subprocess.run(
        [python, "-m", "pip", "install", "--quiet", *PACKAGES],
        check=True,
        capture_output=True,
        timeout=PATIENCE_SECONDS,
    )
    return python


def compare(ours: dict[int, Figures]) -> None:
    """NodeGraphQt in the same run."""
    from tests.benchmarks.measuring import folder, line, title

    try:
        with folder() as path:
            python = their_python(path)
            for count in THEIR_SIZES:
                title(f"NodeGraphQt, {count:,} blocks")
                found = in_a_process(python, "--theirs", str(count))
                beside(count, ours[count], found)
    except (OSError, subprocess.SubprocessError, RuntimeError) as problem:
        line("skipped", f"it can't be had or run here: {problem}")


def beside(count: int, ours: Figures, found: Figures) -> None:
    """Ours as a share of theirs; the aims are those at the largest size."""
    from tests.benchmarks.measuring import Series, at_most, line

    for name, figure in found.items():
        line(name, f"{figure:,.2f}")
    aims = {"build s": BUILD_AIM, "memory MB": THEIR_MEMORY_AIM} if count == SIZES[-1] else {}
    for name in found:
        share = Series((ours[name] / found[name],))
        if name in aims:
            at_most(f"ours / theirs, {name}", share, aims[name])
        else:
            line(f"ours / theirs, {name}", share)
    alone = ours[ALONE] / found["memory MB"]
    line("the same, without the checks", Series((alone,)))


def report(count: int, found: Figures) -> None:
    from tests.benchmarks.measuring import Series, at_most, line, title

    title(f"Our canvas, {count:,} blocks")
    frames = [f"{where} {what}" for where in ("all", "35%", "100%") for what in FRAME_KINDS]
    for name, figure in found.items():
        if name in (*frames, "zoom step") and count in FRAME_AIMS:
            at_most(f"{name}, ms", Series((figure,)), FRAME_AIMS[count])
        elif name == "memory MB at the end" and count == MEMORY_AT:
            at_most(name, Series((figure,)), MEMORY_AIM)
        else:
            line(name, f"{figure:.3g}")
    if count == SIZES[-1]:
        ratio = Series((found["all redraw"] / found["one pass"],))
        at_most("all redraw / one pass of a painter", ratio, PASS_AIM)


def report_busy(found: Figures) -> None:
    from tests.benchmarks.measuring import Series, at_most, title

    title(f"A block with {found.pop('connections')} connections among {BUSY:,} blocks")
    for name, figure in found.items():
        at_most(f"{name}, ms", Series((figure,)), BUSY_AIM)


FRAME_KINDS = ("redraw", "pan", "drag")
ALONE = "memory MB at the end, without the checks"
"""Beside a peer that checks nothing. The aims are those of the whole process."""


def main() -> None:
    from tests.benchmarks.measuring import folder, machine, title

    title("The machine")
    with folder() as path:
        machine(path)
    ours = {}
    for count in SIZES:
        found = in_a_process(sys.executable, "--ours", str(count))
        found |= in_a_process(sys.executable, "--unchecked", str(count))
        report(count, found)
        ours[count] = found
    report_busy(in_a_process(sys.executable, "--busy", str(BUSY)))
    if "--alone" not in sys.argv:
        compare(ours)


if __name__ == "__main__":
    if "--ours" in sys.argv:
        print(json.dumps(Ours(int(sys.argv[-1])).figures()), flush=True)
        os._exit(0)
    elif "--unchecked" in sys.argv:
        figures = Ours(int(sys.argv[-1]), checked=False).figures()
        print(json.dumps({ALONE: figures["memory MB at the end"]}), flush=True)
        os._exit(0)
    elif "--busy" in sys.argv:
        drags = Ours(int(sys.argv[-1]), checked=False, links=BUSY_LINKS).drags()
        print(json.dumps(drags), flush=True)
        os._exit(0)
    elif "--theirs" in sys.argv:
        print(json.dumps(theirs(int(sys.argv[-1]))), flush=True)
        os._exit(0)
    else:
        main()
