"""From the command to a window with a flow of 1,000 blocks, beside one with nothing in it.

Both are processes of their own, taken in turns. Each says so, and is killed, as soon as it has painted
and answers an event after that. On the screen that is there, or offscreen.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

from otn_studio.flow import writing
from tests.benchmarks import measuring
from tests.benchmarks.flows import our_flow
from tests.benchmarks.measuring import Series

REPETITIONS = 7
BLOCKS = 1_000
AIM = 2.0
EMPTY = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

class Window(QWidget):
    def paintEvent(self, event):
        QTimer.singleShot(0, lambda: print("painted", flush=True))

app = QApplication([])
window = Window()
window.resize(1440, 900)
window.show()
app.exec()
"""
STUDIO = """
import sys
from otn_studio.cli.loading import quickly
with quickly():
    from otn_studio.cli.main import main, module
    module("studio")
    from PySide6.QtCore import QTimer
    from otn_studio.studio.canvas.view import View

paint = View.paintEvent
def painted(view, event):
    paint(view, event)
    QTimer.singleShot(0, lambda: print("painted", flush=True))
View.paintEvent = painted
sys.exit(main(sys.argv[1:]))
"""


def main() -> bool:
    measuring.title(f"From the command to a window, {BLOCKS:,} blocks")
    empty, studio = [], []
    with measuring.folder() as folder:
        flow = folder / "large.json"
        writing.save(our_flow(BLOCKS), flow)
        home = {"XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
        _run(STUDIO, home, str(flow))  # makes the database
        for _ in range(REPETITIONS):
            empty.append(_run(EMPTY, home))
            studio.append(_run(STUDIO, home, str(flow)))
        measuring.line("an empty window of PySide6", Series(tuple(empty)), "s")
        measuring.line("otn-studio FILE", Series(tuple(studio)), "s")
        met = measuring.at_most("ratio", measuring.ratios(studio, empty), AIM)
        measuring.machine(Path(folder))
    return met


def _run(program: str, home: dict[str, str], *arguments: str) -> float:
    environment = {"QT_QPA_PLATFORM": "offscreen"} | os.environ | home
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its bytecode
    command = [sys.executable, "-c", program, *arguments]
    began = time.perf_counter()
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        if process.stdout.readline() != "painted\n":
            raise RuntimeError("nothing was painted")
        took = time.perf_counter() - began
        process.kill()
    return took


if __name__ == "__main__":
    main()
